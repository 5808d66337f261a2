"""What it is to cost, and how a seeker wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AtMost

CRITERION = criterion(
    Side.SEEKER,
    "price",
    "price",
    AtMost(),
    Sentences(
        fits=Text("Asking price: %(stated)s, your wish: %(wanted)s"),
        less=Text("Asking price: %(stated)s, your wish: %(wanted)s"),
        open=Text("The price is not said. Ask about it"),
        theirs=Text("Price: %(wanted)s"),
    ),
)
