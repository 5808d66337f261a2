"""How long the seeker has worked in the field, and how the owner of an offer wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AtLeast

CRITERION = criterion(
    Side.LISTING,
    "experience",
    "experience_years",
    AtLeast(),
    Sentences(
        fits=Text("Experience: %(stated)s, your wish: %(wanted)s"),
        less=Text("Experience: %(stated)s, your wish: %(wanted)s"),
        open=Text("How much experience there is, is not said. Ask about it"),
        theirs=Text("Experience in the field: %(wanted)s"),
    ),
)
