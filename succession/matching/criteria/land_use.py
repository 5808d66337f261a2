"""What the land is used for, and how a seeker wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AllOf

CRITERION = criterion(
    Side.SEEKER,
    "land_use",
    "land_uses",
    AllOf(),
    Sentences(
        fits=Text("Use of the land: %(stated)s. Your wish: %(wanted)s"),
        less=Text("Use of the land: %(stated)s. Your wish: %(wanted)s"),
        open=Text("What the land is used for, is not said. Ask about it"),
        theirs=Text("Use of the land: %(wanted)s"),
        nothing=Text("The land is used differently. You wish for %(wanted)s"),
    ),
)
