"""What everybody reads: the published sets, each in plain language, tried on the sample farms, and as a file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from succession.allocation.catalogue import Mode
from succession.allocation.wording import figure
from succession.blueprints.principles.blueprint import bp
from succession.errors import NotFound
from succession.i18n import Text
from succession.principles import shipped
from succession.principles.document import Completeness, PrincipleDocument
from succession.principles.gazette import gazette
from succession.principles.sample_farms import Farm, farms
from succession.principles.texts import in_language
from succession.principles.trial import Tried, try_out
from succession.principles.warnings import Caution, warnings
from succession.web.errors import say
from succession.web.filters import number
from succession.web.gate import public
from succession.web.language import current_language


@dataclass(frozen=True, slots=True)
class SetLine:
    """One set in the list."""

    key: str
    name: str
    summary: str
    date: str | None
    is_partial: bool
    is_for_churches: bool
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FarmLine:
    """One sample farm under one set; `points` stands in the order of the criteria."""

    name: str
    summary: str
    place: int | None
    shares_place: bool
    total: str
    share: int
    points: tuple[str, ...]
    out_because: tuple[str, ...]


@bp.get("/principles")
@public
def published() -> ResponseReturnValue:
    """All shipped sets, our recommendation first."""
    lines = [_line(shipped.document(key)) for key in shipped.names()]
    return render_template("principles/published.html", recommended=lines[0], others=lines[1:])


@bp.get("/principles/<key>")
@public
def published_set(key: str) -> ResponseReturnValue:
    """One set, with what it would mean for twelve invented farms."""
    document = _document(key)
    language = current_language()
    return render_template(
        "principles/published_set.html",
        line=_line(document),
        document=document,
        sections=gazette(document, language),
        cautions=_worded(document, warnings(document, farms())),
        criteria=[in_language(words.label, language) for words in document.words.values()],
        farm_lines=farm_lines(document, farms()),
        is_order=document.catalogue.mode is Mode.LEXICOGRAPHIC,
    )


@bp.get("/principles/<key>/document.json")
@public
def published_document(key: str) -> ResponseReturnValue:
    """The set as a file of the open format, to be taken into another installation or read by a program."""
    document = _document(key)
    written = json.dumps(document.raw, ensure_ascii=False, indent=1)
    headers = {"Content-Disposition": f"attachment; filename={key}.json"}
    return Response(written + "\n", mimetype="application/json", headers=headers)


def farm_lines(document: PrincipleDocument, tried_on: tuple[Farm, ...]) -> list[FarmLine]:
    """The farms as a table shows them, best first."""
    trial = try_out(document, tried_on)
    return [farm_line(document, one, trial.most) for one in trial.farms]


def farm_line(document: PrincipleDocument, tried: Tried, most: Fraction) -> FarmLine:
    """One farm as a table shows it."""
    language = current_language()
    card = tried.card
    points = card.points
    return FarmLine(
        name=in_language(tried.farm.name, language),
        summary=in_language(tried.farm.summary, language),
        place=tried.place,
        shares_place=tried.shares_place,
        total=shown(tried.total),
        share=round(tried.total / most * 100) if most else 0,
        points=tuple(shown(points[one.identifier]) for one in document.catalogue.criteria),
        out_because=tuple(in_language(document.exclusion_words[one], language) for one in card.excluded_because),
    )


def shown(value: Fraction) -> str:
    """A figure in a cell."""
    written = figure(value)
    return say(written) if isinstance(written, Text) else number(written)  # type: ignore[arg-type]


def _worded(document: PrincipleDocument, cautions: tuple[Caution, ...]) -> list[tuple[str, str]]:
    """Each caution with the name of what it is about."""
    names: Mapping[str | None, Any] = {
        **{identifier: words.label for identifier, words in document.words.items()},
        **{one.identifier: one.label for one in document.unscored},
    }
    language = current_language()
    return [
        (in_language(names[one.criterion], language) if one.criterion in names else "", say(one.text))
        for one in cautions
    ]


def _line(document: PrincipleDocument) -> SetLine:
    language = current_language()
    return SetLine(
        key=document.key,
        name=in_language(document.name, language),
        summary=in_language(document.summary, language),
        date=document.date,
        is_partial=document.completeness is Completeness.PARTIAL,
        is_for_churches=document.owners.value == "church",
        sources=tuple(one.text for one in document.sources),
    )


def _document(key: str) -> PrincipleDocument:
    if key not in shipped.names():
        raise NotFound
    return shipped.document(key)
