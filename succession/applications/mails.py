"""Mails to applicants; subjects say nothing of what it is about, because other eyes may read a mailbox. Pure."""

from datetime import date

from succession.applications.models import Application, ApplicationSubmission
from succession.calls.models import Call
from succession.outbox.values import Mail


def received(title: str, owner: str, application: Application, sent: ApplicationSubmission) -> Mail:
    """The receipt: when it came in, under which code, and the hash by which it can be checked."""
    return Mail(
        "applications/received",
        {
            "title": title,
            "owner": owner,
            "code": application.code,
            "number": sent.number,
            "arrived_at": sent.arrived_at,
            "hash": sent.hash,
            "path": f"/my-applications/{application.public_id}/receipt",
        },
    )


def withdrawn(title: str, application: Application) -> Mail:
    """It does not count any more."""
    return Mail(
        "applications/withdrawn",
        {"title": title, "code": application.code, "path": f"/my-applications/{application.public_id}"},
    )


def going_soon(title: str, application: Application, goes_on: date) -> Mail:
    """Two weeks before only the line without the name is left."""
    return Mail(
        "applications/going_soon",
        {"title": title, "goes_on": goes_on, "path": f"/my-applications/{application.public_id}"},
    )


def call_cancelled(call: Call, path: str) -> Mail:
    """There will be no award, and why."""
    return Mail("applications/call_cancelled", {"title": call.title, "reason": call.cancelled_reason, "path": path})


def call_reopened(call: Call, path: str) -> Mail:
    """The call has changed: whoever applied looks at theirs again."""
    return Mail("applications/call_reopened", {"title": call.title, "closes_at": call.closes_at, "path": path})
