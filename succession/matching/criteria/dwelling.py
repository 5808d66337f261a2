"""Whether one can live there, and how a seeker wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import Sentences, Side, criterion
from succession.matching.shapes import AtLeast

CRITERION = criterion(
    Side.SEEKER,
    "dwelling",
    "dwelling_rooms",
    AtLeast(),
    Sentences(
        fits=Text("A dwelling is free: %(stated)s. Your wish: %(wanted)s"),
        less=Text("A dwelling is free: %(stated)s. Your wish: %(wanted)s"),
        open=Text("Whether a dwelling is free, is not said. Ask about it"),
        theirs=Text("A dwelling: %(wanted)s"),
        nothing=Text("No dwelling is free. Your wish: %(wanted)s"),
    ),
)
