"""How good the soil is, and how a seeker wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AtLeast

CRITERION = criterion(
    Side.SEEKER,
    "soil",
    "soil_points",
    AtLeast(),
    Sentences(
        fits=Text("On average %(stated)s, your wish: %(wanted)s"),
        less=Text("On average %(stated)s, your wish: %(wanted)s"),
        open=Text("How many soil points the land has, is not said. Ask about it"),
        theirs=Text("Soil: %(wanted)s"),
    ),
)
