"""From a scorecard to sentences: what was stated, what it earned and why, who is out, what separated two places. Pure.

The words of criteria and bodies come from the catalogue's document in the reader's language (`Wording`); all else is a
message of the product. Sentences about a place never tell another applicant's statements, only totals and points.
"""

from succession.allocation.catalogue import Catalogue, Criterion, Exclusion, Stage
from succession.allocation.explanation_rules import reached_sentence, rule_sentences
from succession.allocation.points import Result, compared_total
from succession.allocation.rules import ONE, ZERO
from succession.allocation.rules_tenure import GradeFactor
from succession.allocation.scorecards import Line, Scorecard
from succession.allocation.wording import Wording, Wordings, figure, listed, named, points, statement
from succession.i18n import Text

HUNDRED = 100

_ANOTHER_GROUP = Text("The principles put another group of applicants first.")
_DECIDED_BY = {
    "wave": _ANOTHER_GROUP,
    "every_nth": _ANOTHER_GROUP,
    "virtual_bid": Text("The place before has the higher offer, counted as the principles say."),
    "auction": Text("The auction decided."),
    "right_to_match": Text("The place before had the right to take the lot at the best offer, and used it."),
    "lot": Text("Equal in everything that counts; the lot decided."),
}

__all__ = [
    "group_sentences",
    "not_ranked_because",
    "points_sentence",
    "rule_sentences",
    "sentences",
    "total_sentence",
    "why_behind",
]


def sentences(line: Line, criterion: Criterion, wording: Wording) -> tuple[Text, ...]:
    """One line of a scorecard, from the statement to the points and what proves it."""
    if not line.applies:
        return (Text("This criterion does not count on this lot."),)
    found = [_stated(line, wording)]
    if line.missing:
        found.append(Text("No points, because nothing is proven.") if line.declared is not None else Text("No points."))
        return (*found, *_evidence(line))
    if line.clause is not None:
        found.append(
            Text("Another rule of the principles counts instead: %(clause)s.", {"clause": _clause_name(line, wording)})
        )
    reached = reached_sentence(line, criterion, wording)
    found += [] if reached is None else [reached]
    found.append(points_sentence(line, criterion))
    if line.reason:
        found.append(Text("Reason of the body: %(reason)s", {"reason": line.reason}))
    return (*found, *_evidence(line))


def _clause_name(line: Line, wording: Wording) -> str:
    """The clause that counted, by its name for people where there is one among the choices."""
    return wording.choices.get(line.clause or "", line.clause or "")


def points_sentence(line: Line, criterion: Criterion) -> Text:
    """So many of so many; deductions are named as such."""
    if isinstance(criterion.rule, GradeFactor):
        return Text("Points: %(points)s.", {"points": figure(line.points)})
    greatest = criterion.rule.greatest if criterion.weight is None else criterion.weight
    if line.points < 0:
        return Text("Taken off: %(points)s.", {"points": points(-line.points)})
    if greatest == ZERO:
        return Text("Nothing is taken off.")
    return Text("Points: %(points)s of at most %(most)s.", {"points": figure(line.points), "most": figure(greatest)})


def group_sentences(card: Scorecard, wordings: Wordings) -> tuple[Text, ...]:
    """For each group whose cap cuts something off."""
    return tuple(
        Text(
            "%(group)s: %(sum)s together, of which %(counted)s count.",
            {"group": named(wordings, one.group), "sum": points(one.sum), "counted": figure(one.counted)},
        )
        for one in card.groups
        if one.counted != one.sum
    )


def total_sentence(catalogue: Catalogue, card: Scorecard) -> Text:
    """The sum, and where the catalogue rounds it, the figure that is compared."""
    compared = compared_total(catalogue, card)
    if card.wins_factor != ONE:
        less = {"percent": figure(card.wins_factor * HUNDRED), "points": points(compared)}
        return Text("Lots were won before, so the sum counts %(percent)s percent: %(points)s.", less)
    if compared == card.total:
        return Text("Total: %(points)s.", {"points": points(card.total)})
    values = {"points": points(card.total), "rounded": figure(compared)}
    return Text("Total: %(points)s, rounded to %(rounded)s.", values)


def not_ranked_because(catalogue: Catalogue, result: Result, card: Scorecard, wordings: Wordings) -> tuple[Text, ...]:
    """Why somebody has no place; empty for those who have one."""
    identifier = card.applicant.identifier
    if card.excluded_because:
        return tuple(_excluded(catalogue, card, one, wordings) for one in card.excluded_because)
    if identifier in result.left_behind:
        stage = {"stage": named(wordings, result.left_behind[identifier])}
        return (Text("%(stage)s: others reached more, and only the best go on.", stage),)
    if card.stage_missed is not None:
        return (_missed(next(one for one in catalogue.stages if one.identifier == card.stage_missed), card, wordings),)
    if identifier in result.below_threshold and catalogue.threshold is not None:
        values = {"total": figure(compared_total(catalogue, card)), "needed": points(catalogue.threshold)}
        return (Text("The total is %(total)s; the principles ask for at least %(needed)s.", values),)
    return ()


def why_behind(catalogue: Catalogue, result: Result, identifier: str, wordings: Wordings) -> tuple[Text, ...]:
    """What put this applicant behind the one before; for the first, and for equals, what holds there."""
    place = result.ranking.index(identifier)
    cards = {card.applicant.identifier: card for card in result.cards}
    if place == 0:
        return (Text("First place of the ranking."),)
    reason = result.separated_by[place]
    if reason is None:
        return (Text("Equal to the place before: nothing in the principles separates them."),)
    own, before = cards[identifier], cards[result.ranking[place - 1]]
    return (_separated(catalogue, reason, own, before, wordings),)


def _stated(line: Line, wording: Wording) -> Text:
    if line.declared is None:
        return Text("Nothing was stated.")
    return Text("Stated: %(statement)s.", {"statement": statement(line.declared, wording)})


def _evidence(line: Line) -> tuple[Text, ...]:
    if not line.evidence:
        return ()
    papers = listed(list(line.evidence))
    if line.missing and line.declared is not None:
        return (Text("What would have proven it: %(papers)s.", {"papers": papers}),)
    return (Text("What proves it: %(papers)s.", {"papers": papers}),)


def _excluded(catalogue: Catalogue, card: Scorecard, identifier: str, wordings: Wordings) -> Text:
    """By an exclusion, or by a criterion's own floor."""
    exclusions: dict[str, Exclusion] = {one.identifier: one for one in catalogue.exclusions}
    if identifier in exclusions:
        return Text("Excluded by the principles: %(because)s.", {"because": named(wordings, identifier)})
    criterion = next((one for one in catalogue.criteria if one.identifier == identifier), None)
    if criterion is None:
        return Text("Too much of the owner's land in one hand: %(because)s.", {"because": named(wordings, identifier)})
    if criterion.rule.bars is not None and criterion.at_least is None:
        return Text("%(criterion)s: the longest time in a row is over.", {"criterion": named(wordings, identifier)})
    floor = criterion.at_least or ZERO
    values = {
        "criterion": named(wordings, identifier),
        "points": figure(card.points[identifier]),
        "needed": points(floor),
    }
    return Text("%(criterion)s: %(points)s, and fewer than %(needed)s exclude.", values)


def _missed(stage: Stage, card: Scorecard, wordings: Wordings) -> Text:
    reached = sum((card.points[one] for one in stage.criteria), ZERO)
    values = {
        "stage": named(wordings, stage.identifier),
        "points": figure(reached),
        "needed": points(stage.threshold or ZERO),
    }
    return Text("%(stage)s: %(points)s; this step asks for at least %(needed)s.", values)


def _separated(catalogue: Catalogue, reason: str, own: Scorecard, before: Scorecard, wordings: Wordings) -> Text:
    """By the comparison's name (`points.comparisons`)."""
    kind, _, identifier = reason.partition(":")

    match kind:
        case "total":
            values = {
                "own": figure(compared_total(catalogue, own)),
                "before": figure(compared_total(catalogue, before)),
            }
            return Text("The place before has a total of %(before)s, this one of %(own)s.", values)
        case "total_with_more_digits":
            values = {"own": figure(own.total), "before": figure(before.total)}
            return Text(
                "Rounded, both are equal; more exactly the place before has %(before)s, this one %(own)s.", values
            )
        case "criterion":
            values = {
                "criterion": named(wordings, identifier),
                "own": figure(own.points[identifier]),
                "before": figure(before.points[identifier]),
            }
            return Text("Equal until here; “%(criterion)s” decides: %(before)s against %(own)s points.", values)
        case "fact":
            return Text("Equal until here; “%(fact)s” decides.", {"fact": named(wordings, identifier)})
        case _:
            return _DECIDED_BY.get(kind, _DECIDED_BY["lot"])
