"""What the seeker has learnt, and how the owner of an offer wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AtLeast

CRITERION = criterion(
    Side.LISTING,
    "training",
    "training",
    AtLeast(),
    Sentences(
        fits=Text("Training: %(stated)s. Your wish: %(wanted)s"),
        less=Text("Training: %(stated)s. Your wish: %(wanted)s"),
        open=Text("The training is not said. Ask about it"),
        theirs=Text("Training: %(wanted)s"),
        nothing=Text("No training in this field. Your wish: %(wanted)s"),
    ),
)
