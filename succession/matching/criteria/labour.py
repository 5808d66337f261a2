"""Whether it is to be the main work, and how the owner of an offer wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AtLeast

CRITERION = criterion(
    Side.LISTING,
    "labour",
    "labour",
    AtLeast(),
    Sentences(
        fits=Text("Planned: %(stated)s. Your wish: %(wanted)s"),
        less=Text("Planned: %(stated)s. Your wish: %(wanted)s"),
        open=Text("Whether it is to be full-time, is not said. Ask about it"),
        theirs=Text("Working time: %(wanted)s"),
    ),
)
