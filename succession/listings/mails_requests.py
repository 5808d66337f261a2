"""Mails about requests and releases: they say that there is something to read, and nothing of what it is. Pure."""

from uuid import UUID

from succession.outbox.values import Mail


def somebody_asks(*, reference: str, offer_id: UUID) -> Mail:
    """To the owner: somebody would like to get to know the offer."""
    return Mail("listings/request_made", {"reference": reference, "path": f"/my-offers/{offer_id}/requests"})


def answered(*, reference: str) -> Mail:
    """To the one who asked: there is an answer."""
    return Mail("listings/request_answered", {"reference": reference, "path": "/my-requests"})
