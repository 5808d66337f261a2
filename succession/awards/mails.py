"""Mails of the office to applicants while it checks; subjects are neutral. Pure."""

from datetime import date
from uuid import UUID

from succession.outbox.values import Mail


def evidence_asked(title: str, number: int, name: str, due_on: date, application_id: UUID) -> Mail:
    """What to bring, until when; which papers stands on the page, after signing in."""
    return Mail(
        "awards/evidence_asked",
        {
            "title": title,
            "number": number,
            "name": name,
            "due_on": due_on,
            "path": f"/my-applications/{application_id}/evidence",
        },
    )
