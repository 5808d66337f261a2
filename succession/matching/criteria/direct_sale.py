"""Whether goods shall be sold directly, and how the owner of an offer wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import Plainly

CRITERION = criterion(
    Side.LISTING,
    "direct_sale",
    "direct_sale",
    Plainly(),
    Sentences(
        fits=Text("Wants to sell directly to people, as you wish"),
        less=Text("Does not plan to sell directly. You wish for it"),
        open=Text("Whether they want to sell directly, is not said. Ask about it"),
        theirs=Text("Selling directly to people"),
    ),
)
