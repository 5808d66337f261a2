"""Whether there is water, and how a seeker wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AtLeast

CRITERION = criterion(
    Side.SEEKER,
    "water",
    "water",
    AtLeast(),
    Sentences(
        fits=Text("Water: %(stated)s. Your wish: %(wanted)s"),
        less=Text("Water: %(stated)s. Your wish: %(wanted)s"),
        open=Text("Whether there is water, is not said. Ask about it"),
        theirs=Text("Water: %(wanted)s"),
        nothing=Text("There is no water. Your wish: %(wanted)s"),
    ),
)
