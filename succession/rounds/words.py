"""What became of a wish, in a sentence that tells how to check it. Pure."""

from decimal import Decimal
from fractions import Fraction

from succession.i18n import Text
from succession.rounds.certificates import Line, Outcome

HUNDRED = 100
SQUARE_METRES = 10_000


def line_sentence(line: Line) -> Text:
    """For the applicant whose wish it is."""
    both = {"own": line.place, "other": line.holders_place}
    match line.outcome:
        case Outcome.HELD:
            return Text("By the rule this lot falls to this application.")
        case Outcome.BETTER_PLACED:
            return Text("It falls to place %(other)s of this lot's ranking; this application has place %(own)s.", both)
        case Outcome.LIKED_LESS:
            return Text("A lot higher among the wishes falls to this application, so this one is not needed.")
        case Outcome.TAKEN:
            return Text("It was taken in turn %(other)s; this application had turn %(own)s.", both)
        case Outcome.NOT_ELIGIBLE:
            return Text("This application has no place in the ranking of this lot.")
        case Outcome.TOO_LARGE:
            return Text("Together with what it likes better and has, it would be more than the greatest area.")
        case Outcome.NOT_CONNECTED:
            return Text("No connected set within the greatest area holds it and what it likes better and has.")


RULES = {
    "applicant_optimal": Text("The rule of this round: nobody is passed over, wishes are safe to state"),
    "object_optimal": Text("Lots ask instead of people"),
    "immediate_acceptance": Text("First wishes at once and for good"),
    "top_trading_cycles": Text("Trading in circles"),
}
"""The rule of the round, and those it is compared with."""


def hectares(square_metres: Fraction) -> Text:
    """An area as people here say it, to the hundredth."""
    rounded = round(square_metres * HUNDRED / SQUARE_METRES)
    return Text("%(area)s ha", {"area": Decimal(rounded) / HUNDRED})
