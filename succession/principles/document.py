"""A principle set as a document of the open format `principles-1`, read strictly. Pure.

It holds all that is fixed before a call opens: what is asked, how it is scored, what is promised, and in which words
it is published. `docs/formats.md` describes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from succession.allocation.catalogue import Catalogue
from succession.allocation.naming import name
from succession.allocation.points_catalogue import catalogue as read_catalogue
from succession.allocation.points_conditions import only
from succession.allocation.points_rules import one_of
from succession.allocation.principles import identifier
from succession.principles.consistency import check
from succession.principles.figures import refuse_absurd
from succession.principles.promises import Promise, promises, whole
from succession.principles.questions import Question, questions
from succession.principles.texts import Wording, optional, wording, wordings
from succession.records.documents import DocumentError, mapping, required, sequence, text

Word = TypeVar("Word", bound=StrEnum)

FORMAT = "principles-1"

DEFAULT_STANDSTILL_DAYS = 14


class Completeness(StrEnum):
    """Whether every part of the source was seen."""

    COMPLETE = "complete"
    PARTIAL = "partial"


class Owners(StrEnum):
    """Who may use it: only a church may ask about membership in a church."""

    ANY = "any"
    CHURCH = "church"


class PriceKind(StrEnum):
    """What the price does: it is fixed, offers below a floor are out, or offers count."""

    FIXED = "fixed"
    FLOOR = "floor"
    BID = "bid"


class Incomplete(StrEnum):
    """What happens to an application with a mandatory answer missing."""

    SCORED_AS_STATED = "scored_as_stated"
    EXCLUDED = "excluded"


class EvidenceFrom(StrEnum):
    """Who is asked for papers."""

    FIRST_PLACED = "first_placed"
    ALL = "all"


class Draw(StrEnum):
    """How the last equals are separated: by a committed seed, by a draw held by hand, or not at all."""

    COMMITTED = "committed"
    BY_HAND = "by_hand"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Reference:
    """Where the set was read."""

    text: str
    address: str | None = None
    seen_on: str | None = None


@dataclass(frozen=True, slots=True)
class Unscored:
    """A criterion that is known to exist while its points are not; it is never scored."""

    identifier: str
    label: Wording
    note: Wording


@dataclass(frozen=True, slots=True)
class CriterionWords:
    """How a criterion is called, and why it is there."""

    label: Wording
    reason: Wording


@dataclass(frozen=True, slots=True)
class PrincipleDocument:
    """A principle set. `raw` is the document itself, in which nothing may be changed."""

    raw: Mapping[str, Any]
    identifier: str
    key: str
    name: Wording
    summary: Wording
    catalogue: Catalogue
    words: Mapping[str, CriterionWords]
    exclusion_words: Mapping[str, Wording]
    group_words: Mapping[str, Wording]
    questions: tuple[Question, ...]
    sources: tuple[Reference, ...]
    date: str | None
    completeness: Completeness
    gaps: tuple[Wording, ...]
    owners: Owners
    price: PriceKind
    price_note: Wording
    incomplete: Incomplete
    evidence_from: EvidenceFrom
    draw: Draw
    promises: tuple[Promise, ...]
    unscored: tuple[Unscored, ...]
    body: Wording | None = None
    term_years: int | None = None
    standstill_days: int = DEFAULT_STANDSTILL_DAYS

    @property
    def is_complete(self) -> bool:
        """Whether nothing that decides is still without points."""
        return not self.unscored

    def question(self, field: str) -> Question | None:
        """The question behind a field of the catalogue."""
        return next((one for one in self.questions if one.identifier == field), None)

    def points_catalogue(self, lottery: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The catalogue of a `points-1` case, with the lottery of a call."""
        catalogue = dict(self.raw["catalogue"])
        return catalogue if lottery is None else {**catalogue, "lottery": dict(lottery)}


_KNOWN = frozenset(
    {
        *("format", "key", "name", "summary", "sources", "date", "completeness", "gaps", "owners", "price"),
        *("incomplete", "questions", "promises", "evidence_from", "body", "term_years", "standstill_days"),
        *("unscored", "draw", "groups", "catalogue"),
    }
)


def read(document: Mapping[str, Any]) -> PrincipleDocument:
    """The set; a DocumentError with the place where something is missing, misspelt or contradictory."""
    only(document, _KNOWN, "$")
    if required(document, "format", "$") != FORMAT:
        raise DocumentError("$.format", f"must be {FORMAT}")
    catalogue_document = mapping(required(document, "catalogue", "$"), "$.catalogue")
    catalogue = read_catalogue(catalogue_document, "$.catalogue")
    refuse_absurd(catalogue_document, "$.catalogue")
    if catalogue.lottery is not None:
        raise DocumentError("$.catalogue.lottery", "the draw belongs to a call, not to its principles")
    price = mapping(required(document, "price", "$"), "$.price")
    only(price, frozenset({"kind"}), "$.price")
    criteria = frozenset(criterion.identifier for criterion in catalogue.criteria)
    found = PrincipleDocument(
        raw=document,
        identifier=identifier(document),
        key=name(required(document, "key", "$"), "$.key"),
        name=wording(required(document, "name", "$"), "$.name"),
        summary=wording(required(document, "summary", "$"), "$.summary"),
        catalogue=catalogue,
        words=_criterion_words(catalogue_document),
        exclusion_words=_exclusion_words(catalogue_document),
        group_words=_group_words(document, frozenset({*catalogue.group_caps, *catalogue.group_share_caps})),
        questions=questions(document, "$"),
        sources=_sources(document),
        date=text(document["date"], "$.date") if document.get("date") is not None else None,
        completeness=_word(Completeness, document, "completeness"),
        gaps=wordings(document.get("gaps", []), "$.gaps"),
        owners=_word(Owners, document, "owners"),
        price=one_of({one.value: one for one in PriceKind}, price, "kind", "$.price"),
        price_note=wording(required(price, "note", "$.price"), "$.price.note"),
        incomplete=_word(Incomplete, document, "incomplete"),
        evidence_from=_word(EvidenceFrom, document, "evidence_from"),
        draw=_word(Draw, document, "draw"),
        promises=promises(document, criteria, "$"),
        unscored=_unscored(document),
        body=optional(document, "body", "$"),
        term_years=whole(document, "term_years", "$", least=1, most=99),
        standstill_days=whole(document, "standstill_days", "$", least=0, most=365) or DEFAULT_STANDSTILL_DAYS,
    )
    _check_gaps(found)
    check(
        found.catalogue,
        found.questions,
        for_church=found.owners is Owners.CHURCH,
        takes_bids=found.price is not PriceKind.FIXED,
    )
    return found


def _word(words: type[Word], document: Mapping[str, Any], key: str) -> Word:
    """One of a few words; the first of them where the field is absent."""
    return one_of({one.value: one for one in words}, document, key, "$")


def _check_gaps(document: PrincipleDocument) -> None:
    """Whoever ships less than the source has says what is missing."""
    partial = document.completeness is Completeness.PARTIAL
    if partial and not (document.gaps or document.unscored):
        raise DocumentError("$.gaps", "a partial set says what is missing")
    if document.unscored and not partial:
        raise DocumentError("$.completeness", "a set with criteria that are not scored is partial")


def _criterion_words(catalogue: Mapping[str, Any]) -> dict[str, CriterionWords]:
    """Every criterion has a name and a reason in both languages."""
    found = {}
    for place, criterion in enumerate(catalogue["criteria"]):
        here = f"$.catalogue.criteria[{place}]"
        found[criterion["id"]] = CriterionWords(
            label=wording(required(criterion, "label", here), f"{here}.label"),
            reason=wording(required(criterion, "reason", here), f"{here}.reason"),
        )
    return found


def _exclusion_words(catalogue: Mapping[str, Any]) -> dict[str, Wording]:
    """Every exclusion has a name."""
    found = {}
    for place, exclusion in enumerate(catalogue.get("exclusions", [])):
        here = f"$.catalogue.exclusions[{place}]"
        found[exclusion["id"]] = wording(required(exclusion, "label", here), f"{here}.label")
    return found


def _group_words(document: Mapping[str, Any], groups: frozenset[str]) -> dict[str, Wording]:
    """What the groups with a cap are called, where the set says so."""
    found = {}
    for place, one in enumerate(sequence(document.get("groups", []), "$.groups")):
        here = f"$.groups[{place}]"
        group = mapping(one, here)
        only(group, frozenset({"id"}), here)
        identifier = name(required(group, "id", here), f"{here}.id")
        if identifier not in groups:
            raise DocumentError(f"{here}.id", f"there is no group {identifier}")
        found[identifier] = wording(required(group, "label", here), f"{here}.label")
    return found


def _sources(document: Mapping[str, Any]) -> tuple[Reference, ...]:
    found = []
    for place, one in enumerate(sequence(required(document, "sources", "$"), "$.sources")):
        here = f"$.sources[{place}]"
        source = mapping(one, here)
        for key in source:
            if key not in ("text", "address", "seen_on"):
                raise DocumentError(f"{here}.{key}", "is not a field that is known here")
        read_texts = {key: text(value, f"{here}.{key}") for key, value in source.items()}
        found.append(
            Reference(required(read_texts, "text", here), read_texts.get("address"), read_texts.get("seen_on"))
        )
    return tuple(found)


def _unscored(document: Mapping[str, Any]) -> tuple[Unscored, ...]:
    found = []
    for place, one in enumerate(sequence(document.get("unscored", []), "$.unscored")):
        here = f"$.unscored[{place}]"
        criterion = mapping(one, here)
        only(criterion, frozenset({"id"}), here)
        found.append(
            Unscored(
                identifier=name(required(criterion, "id", here), f"{here}.id"),
                label=wording(required(criterion, "label", here), f"{here}.label"),
                note=wording(required(criterion, "note", here), f"{here}.note"),
            )
        )
    return tuple(found)
