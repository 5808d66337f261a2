"""How the land is farmed today, and how a seeker wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AtLeast

CRITERION = criterion(
    Side.SEEKER,
    "organic",
    "organic",
    AtLeast(),
    Sentences(
        fits=Text("Farmed today: %(stated)s. Your wish: %(wanted)s"),
        less=Text("Farmed today: %(stated)s. Your wish: %(wanted)s"),
        open=Text("How it is farmed, is not said. Ask about it"),
        theirs=Text("Way of farming: %(wanted)s"),
        nothing=Text("Not organic yet. Your wish: %(wanted)s"),
    ),
)
