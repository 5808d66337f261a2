"""How long the owners would share the work, and how a seeker wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AtLeast

CRITERION = criterion(
    Side.SEEKER,
    "transition",
    "transition_months",
    AtLeast(),
    Sentences(
        fits=Text("Shared time: %(stated)s, your wish: %(wanted)s"),
        less=Text("Shared time: %(stated)s, your wish: %(wanted)s"),
        open=Text("How long the owners would share the work, is not said. Ask about it"),
        theirs=Text("Shared time with the previous owners: %(wanted)s"),
        nothing=Text("No shared time is planned. Your wish: %(wanted)s"),
    ),
)
