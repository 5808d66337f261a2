"""How long the seeker would share the work, and how the owner of an offer wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AtLeast

CRITERION = criterion(
    Side.LISTING,
    "shared_time",
    "shared_months",
    AtLeast(),
    Sentences(
        fits=Text("Shared time at the beginning: %(stated)s, your wish: %(wanted)s"),
        less=Text("Shared time at the beginning: %(stated)s, your wish: %(wanted)s"),
        open=Text("How long they would share the work, is not said. Ask about it"),
        theirs=Text("Shared time at the beginning: %(wanted)s"),
        nothing=Text("Wants to begin without shared time. Your wish: %(wanted)s"),
    ),
)
