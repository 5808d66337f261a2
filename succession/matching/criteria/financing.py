"""How far the financing is, and how the owner of an offer wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AtLeast

CRITERION = criterion(
    Side.LISTING,
    "financing",
    "financing",
    AtLeast(),
    Sentences(
        fits=Text("Financing: %(stated)s. Your wish: %(wanted)s"),
        less=Text("Financing: %(stated)s. Your wish: %(wanted)s"),
        open=Text("How far the financing is, is not said. Ask about it"),
        theirs=Text("Financing: %(wanted)s"),
    ),
)
