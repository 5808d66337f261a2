"""When the handover is to begin, and how a seeker wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import Between

CRITERION = criterion(
    Side.SEEKER,
    "start",
    "available_from",
    Between(),
    Sentences(
        fits=Text("From the %(stated)s, your wish: %(wanted)s"),
        less=Text("From the %(stated)s, your wish: %(wanted)s"),
        open=Text("From when it is to be handed over, is not said. Ask about it"),
        theirs=Text("Time of the takeover: %(wanted)s"),
    ),
)
