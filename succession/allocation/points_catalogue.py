"""Reads the catalogue of a `points-1` document, strictly: what is misspelt or impossible is refused. Pure."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from succession.allocation.catalogue import (
    Catalogue,
    Criterion,
    Equivalence,
    Exclusion,
    Field,
    Lottery,
    Mode,
    Prefer,
    SingleApplicant,
    Stage,
    Tickets,
    TieBreak,
    TotalRounding,
)
from succession.allocation.households import Joint
from succession.allocation.lottery_format import check_secret
from succession.allocation.naming import name, names
from succession.allocation.points_conditions import condition, conditions, only
from succession.allocation.points_procedures import (
    PROCEDURES,
    auction,
    check_together,
    earlier_wins,
    every_nth,
    land_limit,
    part,
    reserved_places,
    right_to_match,
    share_of_whole,
    virtual_bid,
)
from succession.allocation.points_rules import KINDS, Document, figure, one_of, positive, whole
from succession.allocation.points_statements import declared
from succession.allocation.reachable import check_grades, check_reachable, check_weights
from succession.allocation.rounding import Direction, Rounding
from succession.allocation.rules import ZERO, Rule, Want
from succession.allocation.scorecards import in_order_of_equivalence
from succession.records.documents import DocumentError, mapping, number, required, sequence, text, yes_or_no

_CATALOGUE = frozenset(
    {
        *("criteria", "mode", "field", "group_caps", "weights_total", "threshold", "stages", "exclusions"),
        *("applies_if", "single_applicant", "waves", "rounding", "tie_breaks", "lottery", "price"),
        *("group_share_caps", *PROCEDURES),
    }
)
_CRITERION = frozenset(
    {
        *("id", "kind", "field", "group", "weight", "at_least", "equal_within", "only_if", "equivalences"),
        *("evidence", "joint"),
    }
)
_LOTTERY = frozenset({"seed", "round", "drawn", "secret", "secret_commitment", "public_draw", "tickets"})


def catalogue(document: Document, path: str) -> Catalogue:
    """All that decides."""
    only(document, _CATALOGUE, path)
    criteria = _criteria(document, path)
    identifiers = [criterion.identifier for criterion in criteria]
    read = Catalogue(
        criteria=criteria,
        mode=one_of({mode.value: mode for mode in Mode}, document, "mode", path),
        field=one_of({field.value: field for field in Field}, document, "field", path),
        group_caps=_group_caps(document, criteria, path),
        group_share_caps=_group_share_caps(document, criteria, path),
        applies_if=conditions(document, "applies_if", path),
        exclusions=_exclusions(document, path),
        stages=_stages(document, identifiers, path),
        threshold=figure(document, "threshold", path) if document.get("threshold") is not None else None,
        single_applicant=one_of({one.value: one for one in SingleApplicant}, document, "single_applicant", path),
        waves=conditions(document, "waves", path),
        rounding=_total_rounding(document, path),
        tie_breaks=_tie_breaks(document, identifiers, path),
        lottery=_lottery(document, path),
        earlier_wins=part(document, "earlier_wins", path, earlier_wins),
        land_limit=part(document, "land_limit", path, land_limit),
        virtual_bid=part(document, "virtual_bid", path, virtual_bid),
        every_nth=part(document, "every_nth", path, every_nth),
        reserved_places=part(document, "reserved_places", path, reserved_places),
        auction=part(document, "auction", path, auction),
        right_to_match=part(document, "right_to_match", path, right_to_match),
    )
    check_together(document, path)
    check_grades(criteria, f"{path}.criteria")
    check_weights(criteria, number(document.get("weights_total", 100), f"{path}.weights_total"), f"{path}.criteria")
    check_reachable(read, path)
    return read


def _criteria(document: Document, path: str) -> tuple[Criterion, ...]:
    at = f"{path}.criteria"
    criteria: list[Criterion] = []
    for place, one in enumerate(sequence(required(document, "criteria", path), at)):
        criterion = _criterion(mapping(one, f"{at}[{place}]"), f"{at}[{place}]")
        if any(criterion.identifier == other.identifier for other in criteria):
            raise DocumentError(f"{at}[{place}].id", f"{criterion.identifier} stands in this list twice")
        criteria.append(criterion)
    if not criteria:
        raise DocumentError(at, "at least one criterion is needed")
    try:
        in_order_of_equivalence(criteria)
    except ValueError as circle:
        raise DocumentError(at, f"the equivalences of {circle} lead back to themselves") from circle
    return tuple(criteria)


def _criterion(document: Document, path: str) -> Criterion:
    kind = text(required(document, "kind", path), f"{path}.kind")
    if kind not in KINDS:
        raise DocumentError(f"{path}.kind", f"unknown kind {kind!r}; known are {', '.join(KINDS)}")
    read, fields = KINDS[kind]
    only(document, _CRITERION | fields, path)
    identifier = name(required(document, "id", path), f"{path}.id")
    rule = read(document, path)
    equal_within = number(document.get("equal_within", 0), f"{path}.equal_within")
    if equal_within < 0:
        raise DocumentError(f"{path}.equal_within", "must not be negative")
    return Criterion(
        identifier=identifier,
        rule=rule,
        reads=text(document.get("field", identifier), f"{path}.field"),
        group=text(document["group"], f"{path}.group") if "group" in document else None,
        weight=positive(document, "weight", path) if "weight" in document else None,
        at_least=figure(document, "at_least", path) if "at_least" in document else None,
        equal_within=equal_within,
        only_if=conditions(document, "only_if", path),
        equivalences=_equivalences(document, rule, path),
        evidence=_texts(document, "evidence", path),
        joint=_joint(document, rule, path),
    )


def _joint(document: Document, rule: Rule, path: str) -> Joint:
    """Only numbers add up, and an offer is everybody's together."""
    joint = one_of({each.value: each for each in Joint}, document, "joint", path)
    if "joint" in document and rule.relative:
        raise DocumentError(f"{path}.joint", "an offer is made by all together")
    if joint is Joint.SUM and rule.wants not in {Want.NUMBER, Want.NUMBERS}:
        raise DocumentError(f"{path}.joint", "only numbers add up")
    return joint


def _texts(document: Document, key: str, path: str) -> tuple[str, ...]:
    at = f"{path}.{key}"
    return tuple(text(one, f"{at}[{place}]") for place, one in enumerate(sequence(document.get(key, []), at)))


def _equivalences(document: Document, rule: Rule, path: str) -> tuple[Equivalence, ...]:
    at = f"{path}.equivalences"
    found: list[Equivalence] = []
    for place, one in enumerate(sequence(document.get("equivalences", []), at)):
        here = f"{at}[{place}]"
        clause = mapping(one, here)
        only(clause, frozenset({"id", "when", "counts_as", "counts_as_field"}), here)
        if rule.relative:
            raise DocumentError(here, "a rule that looks at the whole field takes no equivalences")
        if ("counts_as" in clause) == ("counts_as_field" in clause):
            raise DocumentError(here, "needs exactly one of counts_as, counts_as_field")
        when = condition(mapping(required(clause, "when", here), f"{here}.when"), f"{here}.when")
        identifier = name(required(clause, "id", here), f"{here}.id")
        if any(identifier == other.clause for other in found):
            raise DocumentError(f"{here}.id", f"{identifier} stands in this list twice")
        if "counts_as" in clause:
            value = declared(clause["counts_as"], [rule], f"{here}.counts_as")
            found.append(Equivalence(identifier, when, counts_as=value))
        else:
            field = text(clause["counts_as_field"], f"{here}.counts_as_field")
            found.append(Equivalence(identifier, when, counts_as_field=field))
    return tuple(found)


def _group_caps(document: Document, criteria: Sequence[Criterion], path: str) -> Mapping[str, Fraction]:
    """A cap for every group, and a group for every cap."""
    at = f"{path}.group_caps"
    caps = {group: number(cap, f"{at}.{group}") for group, cap in mapping(document.get("group_caps", {}), at).items()}
    groups = {criterion.group for criterion in criteria}
    for group, cap in caps.items():
        if group not in groups:
            raise DocumentError(f"{at}.{group}", "no criterion belongs to this group")
        if cap < ZERO:
            raise DocumentError(f"{at}.{group}", "must not be negative")
    for place, criterion in enumerate(criteria):
        shared = criterion.group in mapping(document.get("group_share_caps", {}), f"{path}.group_share_caps")
        if criterion.group is not None and criterion.group not in caps and not shared:
            raise DocumentError(f"{path}.criteria[{place}].group", f"{at} has no cap for this group")
    return caps


def _group_share_caps(document: Document, criteria: Sequence[Criterion], path: str) -> Mapping[str, Fraction]:
    """One group at the most: two shares of one total would depend on one another."""
    at = f"{path}.group_share_caps"
    stated = mapping(document.get("group_share_caps", {}), at)
    caps = {group: share_of_whole(number(cap, f"{at}.{group}"), f"{at}.{group}") for group, cap in stated.items()}
    for group in list(caps)[1:]:
        raise DocumentError(f"{at}.{group}", "only one group can be capped by a share of the total")
    for group in caps:
        if all(criterion.group != group for criterion in criteria):
            raise DocumentError(f"{at}.{group}", "no criterion belongs to this group")
    return caps


def _exclusions(document: Document, path: str) -> tuple[Exclusion, ...]:
    at = f"{path}.exclusions"
    found = []
    for place, one in enumerate(sequence(document.get("exclusions", []), at)):
        here = f"{at}[{place}]"
        exclusion = mapping(one, here)
        holds = condition(exclusion, here, also=frozenset({"id"}))
        found.append(Exclusion(name(required(exclusion, "id", here), f"{here}.id"), holds))
    return tuple(found)


def _known(identifier: str, identifiers: Sequence[str], path: str) -> str:
    if identifier not in identifiers:
        raise DocumentError(path, f"there is no criterion {identifier}")
    return identifier


def _stages(document: Document, identifiers: Sequence[str], path: str) -> tuple[Stage, ...]:
    at = f"{path}.stages"
    found: list[Stage] = []
    for place, one in enumerate(sequence(document.get("stages", []), at)):
        here = f"{at}[{place}]"
        stage = mapping(one, here)
        only(stage, frozenset({"id", "criteria", "threshold", "carried", "best"}), here)
        members = names(required(stage, "criteria", here), f"{here}.criteria")
        for position, member in enumerate(members):
            _known(member, identifiers, f"{here}.criteria[{position}]")
            if any(member in other.criteria for other in found):
                raise DocumentError(f"{here}.criteria[{position}]", "belongs to an earlier stage")
        identifier = name(required(stage, "id", here), f"{here}.id")
        carried = yes_or_no(stage.get("carried", True), f"{here}.carried")
        best = whole(stage, "best", here) if stage.get("best") is not None else None
        spared = best is not None and stage.get("threshold") is None
        threshold = None if spared else figure(stage, "threshold", here)
        found.append(Stage(identifier, tuple(members), threshold, carried, best))
    return tuple(found)


def _tie_breaks(document: Document, identifiers: Sequence[str], path: str) -> tuple[TieBreak, ...]:
    """A criterion by its id, or `{"field": …, "prefer": …}`."""
    at = f"{path}.tie_breaks"
    found = []
    for place, one in enumerate(sequence(document.get("tie_breaks", []), at)):
        here = f"{at}[{place}]"
        if isinstance(one, str):
            found.append(TieBreak(criterion=_known(one, identifiers, here)))
            continue
        rule = mapping(one, here)
        only(rule, frozenset({"field", "prefer"}), here)
        prefer = one_of({word.value: word for word in Prefer}, rule, "prefer", here)
        found.append(TieBreak(fact=text(required(rule, "field", here), f"{here}.field"), prefer=prefer))
    return tuple(found)


def _total_rounding(document: Document, path: str) -> TotalRounding | None:
    """Digits are whole numbers from 0 to 20."""
    if document.get("rounding") is None:
        return None
    at = f"{path}.rounding"
    rounding = mapping(document["rounding"], at)
    only(rounding, frozenset({"digits", "digits_on_tie", "direction"}), at)
    direction = one_of({one.value: one for one in Direction}, rounding, "direction", at)
    first = _digits(rounding, "digits", at)
    if "digits_on_tie" not in rounding:
        return TotalRounding(Rounding(Fraction(1, 10**first), direction))
    more = _digits(rounding, "digits_on_tie", at)
    if more <= first:
        raise DocumentError(f"{at}.digits_on_tie", "must be more than `digits`")
    return TotalRounding(Rounding(Fraction(1, 10**first), direction), Rounding(Fraction(1, 10**more), direction))


MOST_DIGITS = 20


def _digits(document: Document, key: str, path: str) -> int:
    value = figure(document, key, path)
    if value.denominator != 1 or not 0 <= value <= MOST_DIGITS:
        raise DocumentError(f"{path}.{key}", f"must be a whole number from 0 to {MOST_DIGITS}")
    return int(value)


def _lottery(document: Document, path: str) -> Lottery | None:
    """A seed and a round, or the order of a draw held by hand."""
    if document.get("lottery") is None:
        return None
    at = f"{path}.lottery"
    lottery = mapping(document["lottery"], at)
    only(lottery, _LOTTERY, at)
    if "drawn" in lottery:
        for key in ("seed", "tickets"):
            if key in lottery:
                raise DocumentError(f"{at}.drawn", f"either {key} or a draw held by hand")
        return Lottery(drawn=tuple(names(lottery["drawn"], f"{at}.drawn")))
    seed = name(required(lottery, "seed", at), f"{at}.seed")
    check_secret(lottery, seed, at)
    held = part(lottery, "tickets", at, _tickets)
    return Lottery(seed=seed, round=name(required(lottery, "round", at), f"{at}.round"), tickets=held)


def _tickets(document: Document, path: str) -> Tickets:
    """Bounds keep a draw from becoming a decision."""
    only(document, frozenset({"field", "least", "most"}), path)
    least = whole(document, "least", path) if "least" in document else 1
    field = text(required(document, "field", path), f"{path}.field")
    return Tickets(field, whole(document, "most", path, least=least + 1), least)
