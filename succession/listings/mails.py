"""Mails to the owner of an offer; subjects are neutral, because other eyes may read a mailbox. Pure."""

from uuid import UUID

from succession.i18n import Text
from succession.listings.lifecycle import Step
from succession.outbox.values import Mail


def step_taken(step: Step, *, reference: str, title: str, public_id: UUID, doer: str = "") -> Mail:
    """What has just happened to the offer, and what can be done next; `doer` where several work for the owner."""
    return Mail(
        "listings/step_taken",
        {
            "reference": reference,
            "title": title,
            "happened": _HAPPENED[step],
            "explanation": step.explanation,
            "path": f"/my-offers/{public_id}",
            "doer": doer,
        },
    )


_HAPPENED = {
    Step.PUBLISH: Text("Your offer is published."),
    Step.RESERVE: Text("Your offer is marked as reserved."),
    Step.RELEASE: Text("Your offer can be found again."),
    Step.HAND_OVER: Text("Your offer is marked as handed over."),
    Step.WITHDRAW: Text("Your offer is withdrawn."),
    Step.REVISE: Text("Your offer is a draft again."),
}
