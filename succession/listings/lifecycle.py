"""The states of an offer and the steps between them. Pure."""

from enum import StrEnum

from succession.errors import Conflict
from succession.i18n import Text
from succession.listings.states import ListingState


class Step(StrEnum):
    """What an owner can do with an offer as a whole."""

    PUBLISH = "publish"
    RESERVE = "reserve"
    RELEASE = "release"
    HAND_OVER = "hand_over"
    WITHDRAW = "withdraw"
    REVISE = "revise"

    @property
    def label(self) -> Text:
        """The words on the button."""
        return _LABELS[self]

    @property
    def address(self) -> str:
        """The step in the address of a page."""
        return self.value.replace("_", "-")

    @classmethod
    def at(cls, address: str) -> "Step":
        """The step of an address."""
        return cls(address.replace("-", "_"))

    @property
    def explanation(self) -> Text:
        """What will be true afterwards."""
        return _EXPLANATIONS[self]


ALLOWED: dict[tuple[ListingState, Step], ListingState] = {
    (ListingState.DRAFT, Step.PUBLISH): ListingState.PUBLISHED,
    (ListingState.PUBLISHED, Step.RESERVE): ListingState.RESERVED,
    (ListingState.PUBLISHED, Step.HAND_OVER): ListingState.HANDED_OVER,
    (ListingState.PUBLISHED, Step.WITHDRAW): ListingState.WITHDRAWN,
    (ListingState.RESERVED, Step.RELEASE): ListingState.PUBLISHED,
    (ListingState.RESERVED, Step.HAND_OVER): ListingState.HANDED_OVER,
    (ListingState.RESERVED, Step.WITHDRAW): ListingState.WITHDRAWN,
    (ListingState.WITHDRAWN, Step.REVISE): ListingState.DRAFT,
}
"""Every step that exists; what is not here is refused."""

EDITABLE = frozenset({ListingState.DRAFT, ListingState.PUBLISHED, ListingState.RESERVED})
SHOWN = frozenset({ListingState.PUBLISHED, ListingState.RESERVED})


def after(state: ListingState, step: Step) -> ListingState:
    """The state that `step` leads to; Conflict if it is not possible from here."""
    if (state, step) not in ALLOWED:
        raise Conflict(
            Text(
                "This is not possible while the offer is: %(state)s. Please load the page again.",
                {"state": state.label},
            )
        )
    return ALLOWED[state, step]


def is_done(state: ListingState, step: Step) -> bool:
    """Whether the step has been taken already, so that a second click changes nothing and is no mistake."""
    return (state, step) not in ALLOWED and state in {target for (_, one), target in ALLOWED.items() if one is step}


def possible(state: ListingState) -> tuple[Step, ...]:
    """The steps from here, in the order of `Step`."""
    return tuple(step for step in Step if (state, step) in ALLOWED)


_LABELS = {
    Step.PUBLISH: Text("Publish"),
    Step.RESERVE: Text("Mark as reserved"),
    Step.RELEASE: Text("Offer it again"),
    Step.HAND_OVER: Text("It is handed over"),
    Step.WITHDRAW: Text("Withdraw the offer"),
    Step.REVISE: Text("Make a draft of it again"),
}

_EXPLANATIONS = {
    Step.PUBLISH: Text("Everybody can read the offer, without your name and without the exact place."),
    Step.RESERVE: Text("The offer stays readable and says that you are talking to somebody. New matches stop."),
    Step.RELEASE: Text("The offer can be found and matched again."),
    Step.HAND_OVER: Text("The offer disappears from the search. You keep it here as a record."),
    Step.WITHDRAW: Text("The offer disappears at once. You can make a draft of it again later."),
    Step.REVISE: Text("You can change everything and publish it again when you like."),
}
