"""Whether the seeker wants to farm organically, and how the owner of an offer wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AtLeast

CRITERION = criterion(
    Side.LISTING,
    "organic_plan",
    "organic_plan",
    AtLeast(),
    Sentences(
        fits=Text("Working organically: %(stated)s. So you wish"),
        less=Text("Working organically: %(stated)s. You wish for more"),
        open=Text("Whether they want to work organically, is not said. Ask about it"),
        theirs=Text("Organic farming in the future"),
    ),
)
