"""Scorecards: per applicant and criterion what was declared, what counted, the step reached and the points. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from succession.allocation.catalogue import Applicant, Catalogue, Criterion, Equivalence, Field, Stage
from succession.allocation.conditions import Facts
from succession.allocation.rounding import exact_sum
from succession.allocation.rules import ONE, ZERO, Declared, Reached, Scorer
from succession.allocation.rules_tenure import GradeFactor

NOTHING = Reached(ZERO, None)
NO_LOT: Facts = {}


class Line(NamedTuple):
    """The working of one criterion. `clause` names the equivalence that counted instead of what was declared.

    A named tuple, because there are as many as applicants times criteria, and it is made three times as fast.
    """

    criterion: str
    kind: str
    declared: Declared | None
    clause: str | None
    step: Fraction | str | bool | None
    points: Fraction
    evidence: tuple[str, ...]
    missing: bool
    applies: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class GroupSum:
    """What the members of a group add up to, and what of it counts."""

    group: str
    sum: Fraction
    counted: Fraction


@dataclass(frozen=True)
class Scorecard:
    """All that was computed for one applicant. `stage_missed` is the stage whose threshold was not reached.

    `wins_factor` is what the sum was multiplied with because of lots won before.
    """

    applicant: Applicant
    lines: tuple[Line, ...]
    groups: tuple[GroupSum, ...]
    total: Fraction
    excluded_because: tuple[str, ...]
    stage_missed: str | None
    wins_factor: Fraction = ONE

    @cached_property
    def points(self) -> Mapping[str, Fraction]:
        """Points by criterion, before group caps."""
        return {line.criterion: line.points for line in self.lines}

    @property
    def missing(self) -> tuple[str, ...]:
        """The criteria that earned nothing because nothing was stated or proven."""
        return tuple(line.criterion for line in self.lines if line.missing)


@dataclass(frozen=True, slots=True)
class Scale:
    """A criterion ready to score: its rule among this field, on this lot."""

    criterion: Criterion
    scorer: Scorer
    factor: Fraction
    applies: bool
    bars: str | None

    def line(self, applicant: Applicant, facts: Facts) -> Line:
        """The working for one applicant; `facts` are what clauses read: proven, with earlier equivalences counted."""
        criterion = self.criterion
        declared = applicant.facts.get(criterion.reads)
        unproven = criterion.identifier in applicant.unproven
        reached = NOTHING if declared is None or unproven or not self.applies else self.scorer(declared)
        clause: str | None = None
        missing = self.applies and (declared is None or unproven)
        if criterion.equivalences and self.applies:
            found = self._best_clause(facts, None if missing else reached)
            if found is not None:
                clause, reached, missing = found[0].clause, found[1], False
        points = reached.points * self.factor if criterion.weight is not None else reached.points
        return Line(
            criterion.identifier,
            criterion.rule.kind,
            declared,
            clause,
            reached.step,
            points,
            criterion.evidence,
            missing,
            self.applies,
            applicant.reasons.get(criterion.reads),
        )

    def _best_clause(self, facts: Facts, reached: Reached | None) -> tuple[Equivalence, Reached] | None:
        """The clause that holds and earns more than what was declared; of equal ones the first."""
        best: tuple[Equivalence, Reached] | None = None
        for clause in self.criterion.equivalences:
            value = counted_as(clause, facts)
            if value is None:
                continue
            other = self.scorer(value)
            if reached is None or other.points > reached.points:
                best, reached = (clause, other), other
        return best


def counted_as(clause: Equivalence, facts: Facts) -> Declared | None:
    """What a clause makes of the facts; None where it does not hold."""
    if not clause.when.holds(facts):
        return None
    return facts.get(clause.counts_as_field) if clause.counts_as_field else clause.counts_as


def scales(catalogue: Catalogue, applicants: Sequence[Applicant], lot: Facts) -> tuple[Scale, ...]:
    """Every criterion among all offers that stay in the field; those of excluded applicants always do."""
    staying = [one for one in applicants if catalogue.field is Field.FROZEN or not one.withdrawn]
    found = []
    for criterion in catalogue.criteria:
        offers: list[Fraction] = []
        if criterion.rule.relative:
            stated = (one.facts.get(criterion.reads) for one in staying)
            offers = [offer for offer in stated if isinstance(offer, Fraction)]
        applies = all(condition.holds(lot) for condition in criterion.only_if)
        found.append(Scale(criterion, criterion.rule.over(offers), criterion.factor, applies, criterion.rule.bars))
    return tuple(found)


def scorecard(catalogue: Catalogue, every: Sequence[Scale], applicant: Applicant, lot: Facts = NO_LOT) -> Scorecard:
    """The full working for one applicant."""
    facts = _with_equivalences(every, applicant)
    lines = tuple(scale.line(applicant, facts) for scale in every)
    if catalogue.has_grades:
        lines = _graded(every, lines)
    groups, total = _sum(catalogue, lines)
    wins = catalogue.earlier_wins.factor(applicant.facts) if catalogue.earlier_wins else ONE
    because = _excluded_because(catalogue, every, lines, applicant, lot)
    return Scorecard(
        applicant, lines, groups, total if wins == ONE else total * wins, because, _stage_missed(catalogue, lines), wins
    )


def _excluded_because(
    catalogue: Catalogue, every: Sequence[Scale], lines: Sequence[Line], applicant: Applicant, lot: Facts
) -> tuple[str, ...]:
    """Exclusions in their order, the limit of land, then criteria with a floor or a step that bars."""
    because = [one.identifier for one in catalogue.exclusions if one.condition.holds(applicant.facts)]
    limit = catalogue.land_limit
    if limit is not None and limit.exceeded(applicant.facts, lot):
        because.append(limit.identifier)
    for scale, line in zip(every, lines, strict=True):
        floor, bars = scale.criterion.at_least, scale.bars
        below = floor is not None and line.points < floor
        if line.applies and (below or (bars is not None and line.step == bars)):
            because.append(line.criterion)
    return tuple(because)


def _graded(every: Sequence[Scale], lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """A grade's points are its share of what the criteria it names have earned."""
    earned = {line.criterion: line.points for line in lines}
    return tuple(
        line._replace(points=line.points * exact_sum(earned[name] for name in scale.criterion.rule.of))
        if isinstance(scale.criterion.rule, GradeFactor)
        else line
        for scale, line in zip(every, lines, strict=True)
    )


def in_order_of_equivalence(criteria: Sequence[Criterion]) -> tuple[Criterion, ...]:
    """Those with equivalences, each after the ones whose outcome it reads; raises ValueError on a circle."""
    waiting = [criterion for criterion in criteria if criterion.equivalences]
    ordered: list[Criterion] = []
    while waiting:
        open_fields = {criterion.reads for criterion in waiting}
        ready = [
            criterion
            for criterion in waiting
            if not any(clause.reads & (open_fields - {criterion.reads}) for clause in criterion.equivalences)
            and not any(criterion.reads in clause.reads for clause in criterion.equivalences)
        ]
        if not ready:
            raise ValueError(waiting[0].identifier)
        ordered += ready
        waiting = [criterion for criterion in waiting if criterion not in ready]
    return tuple(ordered)


def _with_equivalences(every: Sequence[Scale], applicant: Applicant) -> Facts:
    """The facts as clauses read them: what counts by another clause counts there too, what is not proven does not."""
    chained = [scale for scale in every if scale.criterion.equivalences]
    if not chained:
        return applicant.facts
    read = {name for scale in chained for clause in scale.criterion.equivalences for name in clause.reads}
    unproven = {scale.criterion.reads: None for scale in every if scale.criterion.identifier in applicant.unproven}
    facts = {**applicant.facts, **unproven}
    by_identifier = {scale.criterion.identifier: scale for scale in chained}
    for criterion in in_order_of_equivalence([scale.criterion for scale in chained]):
        if criterion.reads not in read:
            continue
        line = by_identifier[criterion.identifier].line(applicant, facts)
        for clause in criterion.equivalences:
            if clause.clause == line.clause:
                facts[criterion.reads] = counted_as(clause, facts)
    return facts


def _sum(catalogue: Catalogue, lines: Sequence[Line]) -> tuple[tuple[GroupSum, ...], Fraction]:
    """Groups up to their caps, and the total; a stage that is not carried on does not count."""
    left_out = {name for stage in catalogue.stages if not stage.carried for name in stage.criteria}
    members: dict[str, list[Fraction]] = {name: [] for name in (*catalogue.group_caps, *catalogue.group_share_caps)}
    counted: list[Fraction] = []
    for criterion, line in zip(catalogue.criteria, lines, strict=True):
        if line.criterion not in left_out:
            (counted if criterion.group is None else members[criterion.group]).append(line.points)
    groups = []
    for name, points in members.items():
        added = exact_sum(points)
        groups.append(GroupSum(name, added, min(added, catalogue.group_caps.get(name, added))))
    if catalogue.group_share_caps:
        groups = _within_share(catalogue, groups, exact_sum(counted))
    counted += [group.counted for group in groups]
    return tuple(groups), exact_sum(counted)


def _within_share(catalogue: Catalogue, groups: list[GroupSum], alone: Fraction) -> list[GroupSum]:
    """A group that is at most a share s of the whole is at most s / (1 − s) of all the rest."""
    ((name, share),) = catalogue.group_share_caps.items()
    rest = alone + exact_sum(group.counted for group in groups if group.group != name)
    most = max(rest, ZERO) * share / (1 - share)
    return [
        GroupSum(group.group, group.sum, min(group.counted, most)) if group.group == name else group for group in groups
    ]


def _stage_missed(catalogue: Catalogue, lines: Sequence[Line]) -> str | None:
    """The first stage whose criteria together stay below its threshold."""
    for stage in catalogue.stages:
        if stage.threshold is not None and stage_points(stage, lines) < stage.threshold:
            return stage.identifier
    return None


def stage_points(stage: Stage, lines: Sequence[Line]) -> Fraction:
    """What the criteria of a stage have earned together, before group caps."""
    return sum((line.points for line in lines if line.criterion in stage.criteria), ZERO)
