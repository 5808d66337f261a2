"""When the seeker can begin, and how the owner of an offer wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AtMost

CRITERION = criterion(
    Side.LISTING,
    "successor_start",
    "start_from",
    AtMost(),
    Sentences(
        fits=Text("Can begin from the %(stated)s, your wish: %(wanted)s"),
        less=Text("Can begin from the %(stated)s, your wish: %(wanted)s"),
        open=Text("When they can begin, is not said. Ask about it"),
        theirs=Text("Begin: %(wanted)s"),
    ),
)
