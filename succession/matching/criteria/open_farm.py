"""Whether people shall be welcome to visit, and how the owner of an offer wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import Plainly

CRITERION = criterion(
    Side.LISTING,
    "open_farm",
    "open_farm",
    Plainly(),
    Sentences(
        fits=Text("Wants people to be welcome to visit, as you wish"),
        less=Text("Does not plan an open house or farm. You wish for one"),
        open=Text("Whether people would be welcome to visit, is not said. Ask about it"),
        theirs=Text("A house or farm that is open to people"),
    ),
)
