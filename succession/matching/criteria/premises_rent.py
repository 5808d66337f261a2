"""What buildings and rooms are to cost in rent, and how a seeker wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AtMost

CRITERION = criterion(
    Side.SEEKER,
    "premises_rent",
    "premises_rent",
    AtMost(),
    Sentences(
        fits=Text("Rent for buildings and rooms: %(stated)s, your wish: %(wanted)s"),
        less=Text("Rent for buildings and rooms: %(stated)s, your wish: %(wanted)s"),
        open=Text("The rent for buildings and rooms is not said. Ask about it"),
        theirs=Text("Rent for buildings and rooms: %(wanted)s"),
    ),
)
