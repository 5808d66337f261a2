"""Whether the land lies together, and how a seeker wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AtLeast

CRITERION = criterion(
    Side.SEEKER,
    "contiguity",
    "contiguity",
    AtLeast(),
    Sentences(
        fits=Text("How the land lies: %(stated)s. Your wish: %(wanted)s"),
        less=Text("How the land lies: %(stated)s. Your wish: %(wanted)s"),
        open=Text("Whether the land lies together, is not said. Ask about it"),
        theirs=Text("How the land should lie: %(wanted)s"),
    ),
)
