"""What the land is to cost in rent, and how a seeker wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AtMost

CRITERION = criterion(
    Side.SEEKER,
    "land_rent",
    "land_rent",
    AtMost(),
    Sentences(
        fits=Text("Rent for the land: %(stated)s, your wish: %(wanted)s"),
        less=Text("Rent for the land: %(stated)s, your wish: %(wanted)s"),
        open=Text("The rent for the land is not said. Ask about it"),
        theirs=Text("Rent for the land: %(wanted)s"),
    ),
)
