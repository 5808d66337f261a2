"""Ten cases as a whole: what the farms earn, what groups of sheets agree on, and the draft that follows. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from succession.principles import drafting
from succession.principles.drafts import OWN_KEY, Draft
from succession.principles.implied import Implied, Stated, contradiction, implied
from succession.principles.pairs import Pair, Shares
from succession.principles.states import Choice
from succession.principles.trial import Trial

FEWEST_OF_A_GROUP = 2
"""Sheets; a single one is not shown as a group, because then everybody would know whose it is."""

AGREED_PART = Fraction(2, 3)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: of which group, and its choices by the number of the case; `key` is its address."""

    number: int
    faction: str
    choices: Mapping[int, Choice]
    key: UUID | None = None

    @property
    def stated(self) -> tuple[Stated, ...]:
        """The choices in the order of the cases."""
        return tuple(Stated(number, choice) for number, choice in sorted(self.choices.items()))


@dataclass(frozen=True, slots=True)
class Group:
    """What the sheets of one group say together."""

    faction: str
    sheets: int
    implied: Implied


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How one case was decided, over all sheets; `agreed` is what every group's majority says, if it is the same."""

    number: int
    counts: Mapping[Choice, int]
    agreed: Choice | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything that a round says."""

    together: Implied
    groups: tuple[Group, ...]
    cases: tuple[CaseResult, ...]
    contradictions: Mapping[int, tuple[int, ...]]
    """By sheet, the smallest set of its choices that no weighting fulfils."""


def shares_of(trial: Trial) -> dict[str, dict[str, Fraction]]:
    """What each farm earns under each criterion that can earn points, as a share of the most."""
    criteria = [one for one in trial.document.catalogue.criteria if one.rule.greatest > 0]
    return {
        tried.farm.key: {
            one.identifier: min(
                max(tried.card.points[one.identifier] / (one.weight or one.rule.greatest), Fraction(0)), Fraction(1)
            )
            for one in criteria
        }
        for tried in trial.farms
    }


def outcome(pairs: Sequence[Pair], shares: Shares, criteria: Sequence[str], sheets: Sequence[Sheet]) -> Outcome:
    """The weights behind all sheets and behind each group, what is agreed on, and who contradicts themselves."""
    named = _groups(sheets)
    return Outcome(
        together=implied(pairs, shares, criteria, _all(sheets)),
        groups=tuple(
            Group(faction, len(some), implied(pairs, shares, criteria, _all(some))) for faction, some in named.items()
        ),
        cases=tuple(_case(number, sheets, list(named.values())) for number in range(1, len(pairs) + 1)),
        contradictions={
            one.number: found for one in sheets if (found := contradiction(pairs, shares, criteria, one.stated))
        },
    )


def draft_of(base: Mapping[str, Any], weights: Mapping[str, int], title: str) -> Draft:
    """The base set with these weights in percent; criteria without weight are out, and so is what spoke of points."""
    draft: Draft = {**base, "key": OWN_KEY, "name": {"de": title, "en": title}}
    for criterion in base["catalogue"]["criteria"]:
        if not weights.get(criterion["id"]):
            draft = drafting.remove_criterion(draft, criterion["id"])
    criteria = [
        {key: value for key, value in one.items() if key not in _IN_POINTS} | {"weight": weights[one["id"]]}
        for one in draft["catalogue"]["criteria"]
    ]
    catalogue = {key: value for key, value in draft["catalogue"].items() if key not in _OF_POINTS}
    cleared = {key: value for key, value in draft.items() if key not in ("date", "unscored", "completeness", "gaps")}
    return drafting.settled({**cleared, "catalogue": {**catalogue, "mode": "additive", "criteria": criteria}})


_IN_POINTS = frozenset({"at_least", "equal_within", "group", "weight"})
_OF_POINTS = frozenset({"threshold", "stages", "group_caps", "weights_total", "rounding"})


def _groups(sheets: Sequence[Sheet]) -> dict[str, list[Sheet]]:
    """Sheets by group; a group of one goes to those without a group."""
    found: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        found.setdefault(sheet.faction.strip(), []).append(sheet)
    large = {name: some for name, some in found.items() if name and len(some) >= FEWEST_OF_A_GROUP}
    rest = [sheet for sheet in sheets if sheet.faction.strip() not in large]
    if len(rest) >= FEWEST_OF_A_GROUP:
        large[""] = rest
    return large


def _all(sheets: Iterable[Sheet]) -> list[Stated]:
    return [one for sheet in sheets for one in sheet.stated]


def _case(number: int, sheets: Sequence[Sheet], groups: Sequence[Sequence[Sheet]]) -> CaseResult:
    counts = {choice: sum(1 for one in sheets if one.choices.get(number) is choice) for choice in Choice}
    majorities = {_majority(number, some) for some in groups}
    agreed = next(iter(majorities)) if len(majorities) == 1 else None
    return CaseResult(number, counts, agreed)


def _majority(number: int, sheets: Sequence[Sheet]) -> Choice | None:
    """What at least two thirds of a group's answers say."""
    said = [one.choices[number] for one in sheets if number in one.choices]
    for choice in Choice:
        if said and Fraction(said.count(choice), len(said)) >= AGREED_PART:
            return choice
    return None
