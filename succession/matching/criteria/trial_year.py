"""Whether both can try it for a year, and how a seeker wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import Plainly

CRITERION = criterion(
    Side.SEEKER,
    "trial_year",
    "trial_year",
    Plainly(),
    Sentences(
        fits=Text("A trial year is possible, as you wish"),
        less=Text("A trial year is not planned. You wish for one"),
        open=Text("Whether a trial year is possible, is not said. Ask about it"),
        theirs=Text("A trial year before deciding"),
    ),
)
