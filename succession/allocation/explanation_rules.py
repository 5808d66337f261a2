"""What the rule of a criterion says, and which step of it was reached, in sentences. Pure."""

from fractions import Fraction

from succession.allocation.catalogue import Criterion
from succession.allocation.rounding import Direction, Rounding
from succession.allocation.rules import Rule
from succession.allocation.rules_field import ProportionToBest, RankOfBid, VersusTrimmedMean
from succession.allocation.rules_measures import Ladder, Linear, PerUnit, Steps, UnitsInBands, VersusReference
from succession.allocation.rules_statements import AreaWeighted, Awarded, Boolean, Category, PanelMean
from succession.allocation.rules_tenure import ENDED, GradeFactor, Tenure
from succession.allocation.scorecards import Line
from succession.allocation.wording import Wording, amount, figure, points
from succession.i18n import Text

HUNDRED = 100


def rule_sentences(criterion: Criterion, wording: Wording) -> tuple[Text, ...]:
    """How this criterion brings points, a sentence for each step; weights are counted in."""
    return tuple(_rule(criterion.rule, criterion.factor, wording))


def reached_sentence(line: Line, criterion: Criterion, wording: Wording) -> Text | None:
    """Which step, place, share or count the statement came to; None where the statement says it all."""
    step = line.step
    match criterion.rule:
        case Steps(ladder) | VersusReference(ladder) | VersusTrimmedMean(ladder):
            unit = wording.unit if isinstance(criterion.rule, Steps) else ""
            return _step_reached(step if isinstance(step, Fraction) else None, ladder, unit)
        case Linear(rounding=Rounding()) if isinstance(step, Fraction) and step != line.declared:
            return Text("Rounded as the rule says: %(figure)s.", {"figure": amount(step, wording.unit)})
        case PerUnit(unit=unit) if isinstance(step, Fraction) and unit == 1:
            return Text("Counted: %(count)s.", {"count": amount(step, wording.unit)})
        case PerUnit(unit=unit) if isinstance(step, Fraction):
            return Text("Counted: %(count)s × %(unit)s.", {"count": figure(step), "unit": amount(unit, wording.unit)})
        case Tenure() if step == ENDED:
            return Text("The longest time in a row is over.")
        case GradeFactor(shares) if isinstance(step, str):
            return _grade(step, shares[step], wording)
        case _:
            return _figure_reached(criterion.rule, step) if isinstance(step, Fraction) else None


def _figure_reached(rule: Rule, step: Fraction) -> Text | None:
    """Where the step is a plain figure: a place, a share, a mean, a count."""
    match rule:
        case RankOfBid():
            return Text("Among all offers this is place %(place)s.", {"place": figure(step)})
        case ProportionToBest():
            return Text("Measured by the best offer: %(percent)s percent.", {"percent": figure(step * HUNDRED)})
        case PanelMean():
            return Text("Mean of the marks: %(mean)s.", {"mean": figure(step)})
        case UnitsInBands():
            return Text("Counted: %(count)s.", {"count": figure(step)})
        case _:
            return None


def _rule(rule: Rule, factor: Fraction, wording: Wording) -> list[Text]:
    """By kind."""
    match rule:
        case Steps() | VersusReference() | VersusTrimmedMean() | UnitsInBands():
            return _by_steps(rule, factor, wording)
        case Boolean(points=earned):
            return [_yes(earned * factor)]
        case Linear():
            return _linear(rule, factor, wording)
        case PerUnit(earned, unit, cap):
            values = {"unit": amount(unit, wording.unit), "points": points(earned * factor)}
            each = Text("For each %(unit)s: %(points)s.", values)
            if unit == 1 and wording.unit:
                # "For each 1 measures" reads badly in both languages.
                each = Text("%(unit)s: %(points)s each.", {"unit": wording.unit, "points": points(earned * factor)})
            return [each, _together(cap * factor)]
        case Category() | AreaWeighted():
            return _choices(rule, factor, wording)
        case RankOfBid() | ProportionToBest():
            return _offers(rule, factor)
        case Awarded() | PanelMean():
            return [_body(rule, factor)]
        case _:
            return _further(rule, factor, wording)


def _by_steps(
    rule: Steps | VersusReference | VersusTrimmedMean | UnitsInBands, factor: Fraction, wording: Wording
) -> list[Text]:
    """What is compared with the bounds, the steps, and a cap."""
    match rule:
        case Steps(ladder):
            return _steps(ladder, factor, wording.unit)
        case VersusReference(ladder, reference):
            said = Text("The figure is divided by %(reference)s.", {"reference": amount(reference, wording.unit)})
            return [said, *_steps(ladder, factor, "")]
        case VersusTrimmedMean(ladder):
            said = Text("The offer is divided by the mean of all offers, without the highest and the lowest one.")
            return [said, *_steps(ladder, factor, "")]
        case UnitsInBands(ladder, cap):
            return [*_steps(ladder, factor, wording.unit), _together(cap * factor)]


def _yes(earned: Fraction) -> Text:
    if earned < 0:
        return Text("Yes takes off %(points)s.", {"points": points(-earned)})
    return Text("Yes brings %(points)s.", {"points": points(earned)})


def _together(cap: Fraction) -> Text:
    if cap < 0:
        return Text("Together at most %(points)s are taken off.", {"points": points(-cap)})
    return Text("Together at most %(points)s.", {"points": points(cap)})


def _steps(ladder: Ladder, factor: Fraction, unit: str) -> list[Text]:
    return [
        _step(Fraction(bound, ladder.scale), step.points * factor, unit, upper=ladder.upper)
        for bound, step in zip(ladder.bounds, ladder.steps, strict=True)
    ]


def _step(bound: Fraction, earned: Fraction, unit: str, *, upper: bool) -> Text:
    values = {"bound": amount(bound, unit), "points": points(earned)}
    return Text("Up to %(bound)s: %(points)s.", values) if upper else Text("From %(bound)s on: %(points)s.", values)


def _step_reached(bound: Fraction | None, ladder: Ladder, unit: str) -> Text:
    if bound is None:
        return Text("No step is reached.")
    values = {"bound": amount(bound, unit)}
    return (
        Text("Step reached: up to %(bound)s.", values)
        if ladder.upper
        else Text("Step reached: from %(bound)s on.", values)
    )


def _linear(rule: Linear, factor: Fraction, wording: Wording) -> list[Text]:
    values = {
        "start": amount(rule.start, wording.unit),
        "end": amount(rule.end, wording.unit),
        "points": points(abs(rule.points * factor)),
    }
    if rule.points < 0:
        said = [Text("At %(start)s nothing is taken off, at %(end)s %(points)s, in between evenly more.", values)]
    else:
        said = [Text("At %(start)s there are no points, at %(end)s %(points)s, in between evenly more.", values)]
    if rule.rounding is None:
        return said
    step = {"step": amount(rule.rounding.to, wording.unit)}
    match rule.rounding.direction:
        case Direction.UP:
            return [*said, Text("Before that, the figure is rounded up in steps of %(step)s.", step)]
        case Direction.DOWN:
            return [*said, Text("Before that, the figure is rounded down in steps of %(step)s.", step)]
        case Direction.NEAREST:
            return [*said, Text("Before that, the figure is rounded in steps of %(step)s.", step)]


def _further(rule: Rule, factor: Fraction, wording: Wording) -> list[Text]:
    """Tenure and grades."""
    if isinstance(rule, GradeFactor):
        return [_grade(name, share, wording) for name, share in rule.shares.items()]
    if not isinstance(rule, Tenure):
        return []
    values = {"most": amount(rule.at_most, wording.unit), "points": points(rule.points * factor)}
    if rule.last_term_only:
        return [Text("At most %(most)s in a row. In the last term that is allowed, the lessee has %(points)s.", values)]
    return [Text("At most %(most)s in a row. As long as that lasts, the lessee has %(points)s.", values)]


def _grade(name: str, share: Fraction, wording: Wording) -> Text:
    values = {"grade": wording.choices.get(name, name), "percent": figure(share * HUNDRED)}
    return Text("%(grade)s: %(percent)s percent of the points reached before, on top.", values)


def _choices(rule: Category | AreaWeighted, factor: Fraction, wording: Wording) -> list[Text]:
    """In the order in which the question names them: a document from the database has lost its own."""
    order = {name: place for place, name in enumerate(wording.choices)}
    found = [
        Text("%(choice)s: %(points)s.", {"choice": wording.choices.get(name, name), "points": points(value * factor)})
        for name, value in sorted(rule.points.items(), key=lambda one: order.get(one[0], len(order)))
    ]
    if isinstance(rule, AreaWeighted):
        found.append(Text("Where several apply, they count by their area."))
    return found


def _offers(rule: RankOfBid | ProportionToBest, factor: Fraction) -> list[Text]:
    best = Text("The lowest offer is the best.") if rule.lowest_first else Text("The highest offer is the best.")
    if isinstance(rule, ProportionToBest):
        values = {"points": points(rule.points * factor)}
        return [best, Text("It brings %(points)s, the others in proportion to it.", values)]
    places = [
        Text("Place %(place)s: %(points)s.", {"place": place, "points": points(earned * factor)})
        for place, earned in enumerate(rule.points, start=1)
    ]
    return [best, *places]


def _body(rule: Awarded | PanelMean, factor: Fraction) -> Text:
    if isinstance(rule, Awarded):
        values = {"body": rule.by, "least": figure(rule.least * factor), "most": points(rule.most * factor)}
        return Text("%(body)s gives from %(least)s to %(most)s.", values)
    marks = {
        "body": rule.by,
        "least": figure(rule.least),
        "most": figure(rule.most),
        "points": points(rule.points * factor),
    }
    return Text("%(body)s gives marks from %(least)s to %(most)s; a mean of %(most)s brings %(points)s.", marks)
