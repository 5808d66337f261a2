"""How much land belongs to it, and how a seeker wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import Between

CRITERION = criterion(
    Side.SEEKER,
    "area",
    "area_ha",
    Between(),
    Sentences(
        fits=Text("Area: %(stated)s, your wish: %(wanted)s"),
        less=Text("Area: %(stated)s, your wish: %(wanted)s"),
        open=Text("How much land belongs to it, is not said. Ask about it"),
        theirs=Text("Area: %(wanted)s"),
    ),
)
