"""Whether the owners stay with advice, and how a seeker wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import Plainly

CRITERION = criterion(
    Side.SEEKER,
    "mentoring",
    "mentoring",
    Plainly(),
    Sentences(
        fits=Text("The owners stay with advice, as you wish"),
        less=Text("Advice after the handover is not planned. You wish for it"),
        open=Text("Whether the owners stay with advice, is not said. Ask about it"),
        theirs=Text("Advice from the previous owners"),
    ),
)
