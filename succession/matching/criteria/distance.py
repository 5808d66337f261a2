"""How far away the offer is, and how a seeker wishes it. Pure."""

from succession.i18n import Text
from succession.matching.criteria.criterion import KILOMETRES, Sentences, Side, criterion
from succession.matching.shapes import Within

CRITERION = criterion(
    Side.SEEKER,
    "distance",
    KILOMETRES,
    Within(),
    Sentences(
        fits=Text("%(stated)s away, your wish: up to %(wanted)s"),
        less=Text("%(stated)s away, your wish: up to %(wanted)s"),
        open=Text("How far away it is, is open"),
        theirs=Text("No farther away than %(wanted)s"),
        nothing=Text("In the same area as your place"),
    ),
)
