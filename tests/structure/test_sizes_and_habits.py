import ast
import re

from succession.config import CHECKOUT
from tests.structure.source import TEMPLATES, Function, house, length, modules, templates

ROUTES = {"route", "get", "post", "put", "delete", "patch"}
# Loading by name is how these two find what they cannot know beforehand.
LOADS_BY_NAME = {"succession/cli/__init__.py", "succession/migrations/tables.py"}


def test_no_file_is_longer_than_400_lines():
    assert [m.name for m in house() if m.text.count("\n") > 400] == []


def test_no_function_has_50_lines():
    assert [(m.place(f), f.name, length(f)) for m in house() for f in m.functions if length(f) >= 50] == []


def test_no_view_is_longer_than_25_lines():
    def is_view(function):
        return any(
            isinstance(mark, ast.Call) and isinstance(mark.func, ast.Attribute) and mark.func.attr in ROUTES
            for mark in function.decorator_list
        )

    blueprints = [m for m in house() if "blueprints" in m.path.parts]
    assert [(m.place(f), length(f)) for m in blueprints for f in m.functions if is_view(f) and length(f) > 25] == []


def test_no_template_is_longer_than_150_lines():
    paths = templates()
    assert [str(p.relative_to(TEMPLATES)) for p in paths if p.read_text(encoding="utf-8").count("\n") > 150] == []


def test_nothing_is_imported_late():
    late = [
        module.place(node)
        for module in house()
        for function in module.functions
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert late == []


def test_modules_are_loaded_by_name_in_two_places_only():
    assert {m.name for m in house() if re.search(r"\bimport_module\(|__import__\(", m.text)} <= LOADS_BY_NAME


def test_nobody_catches_everything():
    """`except BaseException` is for cleaning up: it must end with a bare `raise`."""
    found = []
    for module in house():
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.ExceptHandler):
                continue
            names = {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)} if node.type else {"Exception"}
            raises_again = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
            if "Exception" in names or ("BaseException" in names and not raises_again):
                found.append(module.place(node))
    assert found == []


def test_no_task_is_left_in_a_comment():
    mark = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b(?!.*#\d+)")
    places = [p for folder in ("succession", "script", "bench", ".ci") for p in (CHECKOUT / folder).rglob("*")]
    kinds = {".py", ".html", ".js", ".css", ".txt", ""}
    files = [p for p in places if p.is_file() and p.suffix in kinds and "dist" not in p.parts]
    assert [str(p) for p in files if mark.search(p.read_text(encoding="utf-8"))] == []


def test_every_module_says_in_its_first_sentence_what_it_holds():
    def is_empty_package(module):
        return module.path.name == "__init__.py" and not module.text.strip()

    silent = [m.name for m in modules() if not is_empty_package(m) and not ast.get_docstring(m.tree)]
    assert silent == []


def test_every_public_function_of_the_house_has_a_sentence():
    silent = [
        (module.place(node), node.name)
        for module in house()
        for node in module.tree.body
        if isinstance(node, Function) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert silent == []


def test_the_role_is_only_ever_set_for_a_transaction():
    bad = re.compile(r"\bSET\s+(?!LOCAL\b)(SESSION\s+)?ROLE\b", re.IGNORECASE)
    sentence = re.compile(r"^\s*(#|\"\"\")")
    found = [
        f"{module.name}:{number}"
        for module in modules()
        for number, line in enumerate(module.text.splitlines(), start=1)
        if bad.search(line) and not sentence.match(line) and "ALTER" not in line
    ]
    assert found == []


def test_areas_are_never_taken_from_a_bare_projected_geometry():
    """ST_Area in EPSG:25832 is wrong by up to a thousandth: it is taken through EPSG:3035, or of a geography."""
    found = []
    for module in modules():
        for match in re.finditer(r"st_area\s*\(", module.text, re.IGNORECASE):
            what = module.text[match.end() : match.end() + 160]
            if not re.match(r"\s*(func\.)?st_transform\(", what, re.IGNORECASE) and "geography" not in what[:80]:
                line = module.text.count("\n", 0, match.start()) + 1
                found.append(f"{module.name}:{line}")
    assert found == []
