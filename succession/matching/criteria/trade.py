"""Which trade it is, and which one a seeker wishes. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AnyOf

CRITERION = criterion(
    Side.SEEKER,
    "trade",
    "trades",
    AnyOf(),
    Sentences(
        fits=Text("Trade: %(stated)s. Your wish: %(wanted)s"),
        less=Text("Trade: %(stated)s. Your wish: %(wanted)s"),
        open=Text("Which trade it is, is not said. Ask about it"),
        theirs=Text("Trade: %(wanted)s"),
        nothing=Text("The trade is not on our list. You wish for %(wanted)s"),
    ),
)
