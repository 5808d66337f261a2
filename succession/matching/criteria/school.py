"""How far the nearest primary school is, and how a seeker wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AtMost

CRITERION = criterion(
    Side.SEEKER,
    "school",
    "school_km",
    AtMost(),
    Sentences(
        fits=Text("Primary school: %(stated)s away, your wish: %(wanted)s"),
        less=Text("Primary school: %(stated)s away, your wish: %(wanted)s"),
        open=Text("How far the primary school is, is not said. Ask about it"),
        theirs=Text("A primary school nearby: %(wanted)s"),
    ),
)
