"""Where the seeker would live, and how the owner of an offer wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AtLeast

CRITERION = criterion(
    Side.LISTING,
    "residence",
    "residence",
    AtLeast(),
    Sentences(
        fits=Text("Living: %(stated)s. Your wish: %(wanted)s"),
        less=Text("Living: %(stated)s. Your wish: %(wanted)s"),
        open=Text("Where they would live, is not said. Ask about it"),
        theirs=Text("Living: %(wanted)s"),
    ),
)
