"""Whether the seeker would try it for a year, and how the owner of an offer wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import Plainly

CRITERION = criterion(
    Side.LISTING,
    "trial_ready",
    "trial_ready",
    Plainly(),
    Sentences(
        fits=Text("Would do a trial year, as you wish"),
        less=Text("Does not plan a trial year. You wish for one"),
        open=Text("Whether a trial year would suit, is not said. Ask about it"),
        theirs=Text("Somebody who does a trial year"),
    ),
)
