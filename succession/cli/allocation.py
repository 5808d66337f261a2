"""`succession allocation`: the engine alone, for offices that bring their own documents; no database."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from succession.allocation import report
from succession.allocation.catalogue import Applicant, Catalogue
from succession.allocation.comparing import Comparison, compare
from succession.allocation.points import NO_FACTS, evaluate
from succession.allocation.points_catalogue import catalogue as read_catalogue
from succession.allocation.points_values import applicants as read_applicants
from succession.allocation.points_values import facts
from succession.cli.exits import REFUSED, WRONG_USE
from succession.cli.recompute import FORMATS
from succession.i18n import AnyText, Text, load_translations, render
from succession.principles import shipped
from succession.records.documents import DocumentError, each_case, mapping, rational, read
from succession.records.documents import recompute as recompute_document

Document = Mapping[str, Any]
Say = Callable[[AnyText], str]
Command = Callable[..., None]
Found = TypeVar("Found")


@click.group()
def allocation() -> None:
    """Score, draw, match, divide and compare with documents of one's own. Formats: docs/formats.md."""


def _options(command: Command) -> Command:
    """What every command on a file takes."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Print one JSON document."),
        click.option("--language", type=click.Choice(["de", "en"]), default="de", show_default=True),
        click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
    ):
        command = option(command)
    return command


@allocation.command()
@_options
def score(file: Path, language: str, *, as_json: bool) -> None:
    """Points and ranking of a points-1 FILE, every line with its reason."""
    document, computed = _answered(file, "points-1")
    if as_json:
        _print_json(computed)
        return
    say = _in(language)
    for path, case in each_case(document):
        catalogue, applicants, lot = _case(case, path)
        words = report.wordings(case["catalogue"], language)
        click.echo(str(case["id"]))
        _print(report.scored(catalogue, evaluate(catalogue, applicants, lot), words), say)


@allocation.command()
@_options
def draw(file: Path, language: str, *, as_json: bool) -> None:
    """The order of a lottery-1 FILE, or who chooses what in a choosing-1 FILE."""
    _print_answers(_answered(file, "lottery-1", "choosing-1")[1], _in(language), as_json=as_json)


@allocation.command()
@_options
def match(file: Path, language: str, *, as_json: bool) -> None:
    """One lot each: a two-sided-1 FILE, or the chances in a ties-1 FILE."""
    _print_answers(_answered(file, "two-sided-1", "ties-1")[1], _in(language), as_json=as_json)


@allocation.command()
@_options
def divide(file: Path, language: str, *, as_json: bool) -> None:
    """Many parcels under a limit of area: a parcels-area-1 FILE."""
    _print_answers(_answered(file, "parcels-area-1")[1], _in(language), as_json=as_json)


@allocation.command()
@_options
def sensitivity(file: Path, language: str, *, as_json: bool) -> None:
    """How far weights may move: a sensitivity-1 or smaa-1 FILE."""
    _print_answers(_answered(file, "sensitivity-1", "smaa-1")[1], _in(language), as_json=as_json)


@allocation.command("compare")
@_options
def compare_sets(file: Path, language: str, *, as_json: bool) -> None:
    """Two sets on the same people: the first two cases of a points-1 FILE."""
    document, _ = _answered(file, "points-1")
    (first_path, first), (second_path, second) = _two_cases(file, document)
    found = _or_exit(file, lambda: _compared(first, first_path, second, second_path))
    if not found.moves:
        click.echo(_in(language)(Text("No applicant stands in both cases.")), err=True)
        sys.exit(REFUSED)
    if as_json:
        _print_json(_comparison(found))
        return
    words = {**report.wordings(second["catalogue"], language), **report.wordings(first["catalogue"], language)}
    _print(report.compared(found, (str(first["id"]), str(second["id"])), words), _in(language))


@allocation.command()
@click.argument("name")
@click.option("--json", "_as_json", is_flag=True, help="The set is one JSON document in any case.")
def catalogue(name: str, *, _as_json: bool) -> None:
    """Print the shipped principle set NAME as it stands in the product."""
    if name not in shipped.names():
        raise click.BadParameter(f"{name!r} is none of {', '.join(shipped.names())}.", param_hint="NAME")
    click.echo((shipped.FOLDER / f"{name}.json").read_text(encoding="utf-8").rstrip())


def _answered(file: Path, *formats: str) -> tuple[Document, dict[str, Any]]:
    """The document and its answers; one of another format, or one that cannot be read, ends the command with 2."""

    def work() -> tuple[Document, dict[str, Any]]:
        document = read(file.read_text(encoding="utf-8-sig"))
        return document, recompute_document(document, {name: FORMATS[name] for name in formats})

    return _or_exit(file, work)


def _or_exit(file: Path, work: Callable[[], Found]) -> Found:
    try:
        return work()
    except (DocumentError, OSError) as error:
        click.echo(f"{file}: {error}", err=True)
    except UnicodeDecodeError as error:
        click.echo(f"{file}: byte {error.start}: this is not UTF-8", err=True)
    sys.exit(WRONG_USE)


def _case(case: Document, path: str) -> tuple[Catalogue, list[Applicant], Mapping[str, Any]]:
    found = read_catalogue(case["catalogue"], f"{path}.catalogue")
    lot = facts(mapping(case.get("lot", NO_FACTS), f"{path}.lot"), {}, f"{path}.lot")
    return found, read_applicants(case, found, path), lot


def _two_cases(file: Path, document: Document) -> tuple[tuple[str, Document], tuple[str, Document]]:
    cases = list(each_case(document))
    if len(cases) < 2:
        click.echo(f"{file}: $.cases: two cases are needed, one for each set", err=True)
        sys.exit(WRONG_USE)
    return cases[0], cases[1]


def _compared(first: Document, first_path: str, second: Document, second_path: str) -> Comparison:
    one, applicants, lot = _case(first, first_path)
    other, same, _ = _case(second, second_path)
    return compare((one, applicants), (other, same), lot)


def _comparison(found: Comparison) -> dict[str, Any]:
    """The comparison as data, rationals as text."""
    sides = [
        {"winner": side.winner, "lead": rational(side.lead), "ranking": list(side.result.ranking)}
        for side in (found.first, found.second)
    ]
    moves = [
        {
            "applicant": move.applicant,
            "before": move.before,
            "after": move.after,
            "because": {criterion: rational(share) for criterion, share in move.because},
        }
        for move in found.moves
    ]
    turns = None if found.turns is None else [{"at": rational(turn.at), "winner": turn.winner} for turn in found.turns]
    return {"sets": sides, "moves": moves, "turns": turns}


def _in(language: str) -> Say:
    return partial(_say, language)


def _say(language: str, text: AnyText) -> str:
    return render(text, load_translations(language), language)


def _print(lines: Iterable[tuple[int, AnyText]], say: Say) -> None:
    for depth, text in lines:
        click.echo(f"{'  ' * depth}{say(text)}")


def _print_json(found: Mapping[str, Any]) -> None:
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


KEYS: dict[str, Text] = {
    "order": Text("Order"),
    "chosen": Text("Chosen"),
    "refused": Text("Did not want a lot"),
    "left": Text("Left over"),
    "applicant_optimal": Text("Placement by the rule for awards"),
    "placement_probability": Text("Chances"),
    "serial": Text("Parcels by picking in turn"),
    "max_area": Text("Greatest area that can be given out"),
    "fewest_blocking_pairs": Text("Fewest blocking pairs"),
    "winner": Text("First (counted from 0)"),
    "scores": Text("Scores"),
    "weight_interval_keeping_winner": Text("Weights that keep the first first"),
    "smallest_relative_change": Text("Smallest change that takes the first place"),
    "as_decimal": Text("Shares of all weights, by rank"),
}
"""What people read of an answer; everything else stands in the JSON."""


def _print_answers(computed: Mapping[str, Any], say: Say, *, as_json: bool) -> None:
    if as_json:
        _print_json(computed)
        return
    for case in computed["cases"]:
        click.echo(str(case["id"]))
        for key, title in KEYS.items():
            if key in case["answer"]:
                _print_value(say(title), case["answer"][key], depth=1)


def _print_value(title: str, value: Any, depth: int) -> None:
    """One thing a line, parts set in."""
    margin = "  " * depth
    if isinstance(value, dict) and value:
        click.echo(f"{margin}{title}")
        for key, part in value.items():
            _print_value(str(key), part, depth + 1)
    elif isinstance(value, list):
        click.echo(f"{margin}{title}: {', '.join('–' if one is None else str(one) for one in value) or '–'}")
    else:
        click.echo(f"{margin}{title}: {'–' if value is None or value == {} else value}")
