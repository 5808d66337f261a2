"""Whether the animals stay, and how the owner of an offer wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AtLeast

CRITERION = criterion(
    Side.LISTING,
    "keep_animals",
    "keep_animals",
    AtLeast(),
    Sentences(
        fits=Text("Keeping the animals: %(stated)s. So you wish"),
        less=Text("Keeping the animals: %(stated)s. You wish for more"),
        open=Text("Whether the animals would stay, is not said. Ask about it"),
        theirs=Text("The animals should stay"),
    ),
)
