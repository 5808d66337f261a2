"""How one gets to the land, and how a seeker wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AtLeast

CRITERION = criterion(
    Side.SEEKER,
    "access",
    "access",
    AtLeast(),
    Sentences(
        fits=Text("Way to the land: %(stated)s. Your wish: %(wanted)s"),
        less=Text("Way to the land: %(stated)s. Your wish: %(wanted)s"),
        open=Text("How one gets to the land, is not said. Ask about it"),
        theirs=Text("Way to the land: %(wanted)s"),
        nothing=Text("The land has no way of its own. Your wish: %(wanted)s"),
    ),
)
