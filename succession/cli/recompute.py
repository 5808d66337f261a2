"""`succession recompute`: answers every case of an open document again, without any database."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import click

from succession.allocation import (
    acceptability_format,
    choosing_format,
    lottery_format,
    parcels_format,
    points_format,
    sensitivity_format,
    ties_format,
    two_sided_format,
)
from succession.awards import award_format
from succession.cli.exits import REFUSED, WRONG_USE
from succession.matching import score_format
from succession.records.documents import Answer, DocumentError, differences, read
from succession.records.documents import recompute as recompute_document

FORMATS: dict[str, Answer] = {
    score_format.FORMAT: score_format.answer,
    points_format.FORMAT: points_format.answer,
    sensitivity_format.FORMAT: sensitivity_format.answer,
    lottery_format.FORMAT: lottery_format.answer,
    two_sided_format.FORMAT: two_sided_format.answer,
    ties_format.FORMAT: ties_format.answer,
    acceptability_format.FORMAT: acceptability_format.answer,
    parcels_format.FORMAT: parcels_format.answer,
    choosing_format.FORMAT: choosing_format.answer,
    award_format.FORMAT: award_format.answer,
}
"""The formats that can be recomputed; documented in `docs/formats.md`."""

LINE_BY_LINE: dict[str, Callable[[str], list[str]]] = {award_format.FORMAT: award_format.problems}
"""Records say of themselves what came out, so every line of the file is held against the others."""


def _nothing(_: str) -> list[str]:
    return []


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def recompute(file: Path) -> None:
    """Compute every case of FILE again and compare it with what the file expects.

    A record of a decision (`award-1`) is checked line by line. Prints one JSON document. Ends with 1 if an answer
    differs from `expected` or a line does not hold, with 2 if FILE cannot be read.
    """
    try:
        written = file.read_bytes().decode("utf-8-sig")
        document = read(written)
        computed = recompute_document(document, FORMATS)
        different = differences(document, computed) + LINE_BY_LINE.get(computed["format"], _nothing)(written)
    except (DocumentError, OSError) as error:
        click.echo(f"{file}: {error}", err=True)
        sys.exit(WRONG_USE)
    except UnicodeDecodeError as error:
        click.echo(f"{file}: byte {error.start}: this is not UTF-8", err=True)
        sys.exit(WRONG_USE)
    click.echo(json.dumps(computed, ensure_ascii=False, indent=2))
    for place in different:
        click.echo(place, err=True)
    if different:
        sys.exit(REFUSED)
