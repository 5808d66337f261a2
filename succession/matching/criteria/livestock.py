"""Which animals belong to it, and how a seeker wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AnyOf

CRITERION = criterion(
    Side.SEEKER,
    "livestock",
    "livestock",
    AnyOf(),
    Sentences(
        fits=Text("Animals: %(stated)s. Your wish: %(wanted)s"),
        less=Text("Animals: %(stated)s. Your wish: %(wanted)s"),
        open=Text("Which animals there are, is not said. Ask about it"),
        theirs=Text("Animals: %(wanted)s"),
        nothing=Text("There are no animals. You wish for %(wanted)s"),
    ),
)
