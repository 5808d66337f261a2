"""Sets side by side on the same people: who would be first under each, how close it is, and what would change it. Pure.

Nothing here is an award, and no name of an applicant is known here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from succession.allocation.catalogue import Applicant
from succession.allocation.comparing import Comparison, Under, compare
from succession.allocation.conditions import Facts
from succession.allocation.nearest import Way, nearest
from succession.allocation.points_statements import facts
from succession.allocation.points_values import rules_by_field
from succession.allocation.rules import Declared
from succession.principles.document import PrincipleDocument
from succession.principles.sample_farms import sample_lot
from succession.principles.texts import Wording
from succession.principles.trial import fits

MOST_NEAREST = 20
"""Among more people the nearest change is not looked for: it would take long."""


@dataclass(frozen=True, slots=True)
class Contender:
    """Somebody on whom sets are tried: a sample farm, or an applicant under a letter."""

    identifier: str
    name: Wording
    summary: Wording


@dataclass(frozen=True, slots=True)
class Trial:
    """One set with the answers of everybody: by contender, by question."""

    title: Wording
    document: PrincipleDocument
    answers: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Standing:
    """One contender under one set; `place` None: out. `share` is of the greatest total, None where none decides."""

    contender: Contender
    place: int | None
    share: Fraction | None
    out_because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One set and what it would lead to. `firsts` are several where only the lot would separate them."""

    title: Wording
    document: PrincipleDocument
    standings: tuple[Standing, ...]
    firsts: tuple[Contender, ...]
    second: Contender | None
    lead: Fraction | None
    ways: tuple[Way, ...] | None
    """What would have to change for the second to be first; None: nobody may be told, or it was not looked for."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """All sets, and the first one compared with each of the others."""

    contenders: tuple[Contender, ...]
    outcomes: tuple[Outcome, ...]
    comparisons: tuple[Comparison, ...]

    @property
    def agree(self) -> bool:
        """Whether all sets put the same one first."""
        return len({tuple(one.identifier for one in outcome.firsts) for outcome in self.outcomes}) == 1


def outlook(
    contenders: Sequence[Contender], trials: Sequence[Trial], lot: Facts | None = None, *, tells_ways: bool = True
) -> Outlook:
    """What the sets would lead to; without a lot on the sample lot.

    A way to the first place tells what somebody stated, so it is left out where real applicants are shown in public.
    """
    there = sample_lots(trials) if lot is None else lot
    people = [applicants(trial, contenders) for trial in trials]
    first = (trials[0].document.catalogue, people[0])
    others = list(zip(trials[1:], people[1:], strict=True))
    comparisons = tuple(compare(first, (trial.document.catalogue, those), there) for trial, those in others)
    unders = [comparisons[0].first, *(one.second for one in comparisons)]
    outcomes = tuple(
        _outcome(trial, those, contenders, _Tried(under, there, tells_ways))
        for trial, those, under in zip(trials, people, unders, strict=True)
    )
    return Outlook(tuple(contenders), outcomes, comparisons)


def sample_lots(trials: Sequence[Trial]) -> dict[str, Declared | None]:
    """The sample lot as all sets need it."""
    found: dict[str, Declared | None] = {}
    for trial in trials:
        found.update(sample_lot(trial.document.catalogue))
    return found


def applicants(trial: Trial, contenders: Sequence[Contender]) -> list[Applicant]:
    """Everybody as the engine reads them; an answer that does not fit its question is left out."""
    rules = rules_by_field(trial.document.catalogue)
    found = []
    for one in contenders:
        said = trial.answers.get(one.identifier, {})
        asked = [question.identifier for question in trial.document.questions]
        fitting = {field: said[field] for field in asked if fits(field, said.get(field), rules)}
        found.append(Applicant(one.identifier, facts(fitting, rules, "$")))
    return found


@dataclass(frozen=True, slots=True)
class _Tried:
    """One set as the engine answered it, and on which lot."""

    under: Under
    lot: Facts
    tells_ways: bool


def _outcome(trial: Trial, people: Sequence[Applicant], contenders: Sequence[Contender], tried: _Tried) -> Outcome:
    under = tried.under
    result = under.result
    by_name = {one.identifier: one for one in contenders}
    order = [*result.ranking, *(one.identifier for one in contenders if one.identifier not in result.ranking)]
    tied = next((group for group in result.undecided if set(group) & set(result.ranking[:1])), ())
    firsts = tied or result.ranking[:1]
    rest = [name for name in result.ranking if name not in firsts]
    second = rest[0] if rest else None
    looks = tried.tells_ways and len(people) <= MOST_NEAREST
    return Outcome(
        title=trial.title,
        document=trial.document,
        standings=tuple(
            Standing(
                by_name[name],
                _place(result.undecided, result.ranking, name),
                under.share(name) if _has_share(under) else None,
                result.excluded_because.get(name, ()),
            )
            for name in order
        ),
        firsts=tuple(by_name[name] for name in firsts),
        second=by_name[second] if second else None,
        lead=_lead(under.lead, firsts) if _has_share(under) else None,
        ways=nearest(trial.document.catalogue, people, second, tried.lot)[:2] if looks and second else None,
    )


def _has_share(under: Under) -> bool:
    """Whether a share of the greatest total says anything: not in an order, and not where one offer is the best."""
    criteria = under.catalogue.criteria
    only_bids = len(criteria) == 1 and criteria[0].rule.relative
    return under.by_total and under.result.applies and not only_bids


def _lead(lead: Fraction | None, firsts: Sequence[str]) -> Fraction | None:
    return Fraction(0) if lead is not None and len(firsts) > 1 else lead


def _place(undecided: Sequence[Sequence[str]], ranking: Sequence[str], name: str) -> int | None:
    """Whom only the lot would separate share the better place."""
    if name not in ranking:
        return None
    together = next((group for group in undecided if name in group), (name,))
    return min(ranking.index(one) for one in together) + 1
