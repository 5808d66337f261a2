from importlinter.cli import lint_imports

from succession.config import CHECKOUT


def test_every_room_imports_only_from_rooms_below_it(capsys):
    failed = lint_imports(config_filename=str(CHECKOUT / "pyproject.toml"), no_cache=True)
    assert not failed, capsys.readouterr().out
