"""Whether the price may be paid bit by bit, and how a seeker wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import Plainly

CRITERION = criterion(
    Side.SEEKER,
    "instalments",
    "instalments",
    Plainly(),
    Sentences(
        fits=Text("You can pay in instalments or as an annuity, as you wish"),
        less=Text("Paying in instalments is not planned. You wish for it"),
        open=Text("Whether you can pay in instalments, is not said. Ask about it"),
        theirs=Text("Paying in instalments or as an annuity"),
    ),
)
