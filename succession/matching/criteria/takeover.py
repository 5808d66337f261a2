"""In which form the business or land can be taken over, and how a seeker wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AnyOf

CRITERION = criterion(
    Side.SEEKER,
    "takeover",
    "takeover_models",
    AnyOf(),
    Sentences(
        fits=Text("Possible: %(stated)s. Your wish: %(wanted)s"),
        less=Text("Possible so far: %(stated)s. You wish for %(wanted)s"),
        open=Text("In which form it could be handed over, is not said. Ask about it"),
        theirs=Text("Form of the takeover: %(wanted)s"),
        nothing=Text("The form of the handover is not decided. You wish for %(wanted)s"),
    ),
)
