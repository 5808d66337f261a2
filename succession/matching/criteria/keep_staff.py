"""Whether the staff stays, and how the owner of an offer wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AtLeast

CRITERION = criterion(
    Side.LISTING,
    "keep_staff",
    "keep_staff",
    AtLeast(),
    Sentences(
        fits=Text("Keeping the staff: %(stated)s. So you wish"),
        less=Text("Keeping the staff: %(stated)s. You wish for more"),
        open=Text("Whether the staff would stay, is not said. Ask about it"),
        theirs=Text("The staff should stay"),
    ),
)
