"""Whether the seeker may run a licensed craft, and how the owner of an offer wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AtLeast

CRITERION = criterion(
    Side.LISTING,
    "licence",
    "licence",
    AtLeast(),
    Sentences(
        fits=Text("Entry in the craft register: %(stated)s. Your wish: %(wanted)s"),
        less=Text("Entry in the craft register: %(stated)s. Your wish: %(wanted)s"),
        open=Text("Whether the entry in the craft register is possible, is not said. Ask about it"),
        theirs=Text("Entry in the craft register: %(wanted)s"),
        nothing=Text("No entitlement for the craft register yet. Your wish: %(wanted)s"),
    ),
)
