"""How much money of their own the seeker brings, and how the owner of an offer wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AtLeast

CRITERION = criterion(
    Side.LISTING,
    "equity",
    "equity",
    AtLeast(),
    Sentences(
        fits=Text("Own money: %(stated)s, your wish: %(wanted)s"),
        less=Text("Own money: %(stated)s, your wish: %(wanted)s"),
        open=Text("How much own money there is, is not said. Ask about it"),
        theirs=Text("Own money: %(wanted)s"),
    ),
)
