"""How far the plan is, and how the owner of an offer wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AtLeast

CRITERION = criterion(
    Side.LISTING,
    "concept",
    "concept",
    AtLeast(),
    Sentences(
        fits=Text("Plan: %(stated)s. Your wish: %(wanted)s"),
        less=Text("Plan: %(stated)s. Your wish: %(wanted)s"),
        open=Text("How far the plan is, is not said. Ask about it"),
        theirs=Text("A plan: %(wanted)s"),
    ),
)
