"""On whom sets are tried, and within which limits. Pure."""

from enum import StrEnum

from succession.calls.states import CallState
from succession.i18n import Text

FEWEST_SETS = 2
MOST_SETS = 4

FEWEST_IN_PUBLIC = 10
"""With fewer applicants of a real call, people in the room would know who is meant."""

PAST = frozenset({CallState.CONTRACT, CallState.MONITORED})
"""Only where the decision is told, the Wartefrist is over and the approvals are there: no simulation moves it."""


class Basis(StrEnum):
    """Who stands in for the applicants."""

    SAMPLE_FARMS = "sample_farms"
    PAST_CALL = "past_call"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _LABELS[self]


_LABELS = {Basis.SAMPLE_FARMS: Text("twelve sample farms"), Basis.PAST_CALL: Text("applicants of a past call")}
