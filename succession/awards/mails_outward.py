"""Mails after a decision: they say that there is something to read, and nothing of what it is. Pure."""

from uuid import UUID

from succession.outbox.values import Mail


def result_there(*, title: str, application_id: UUID, number: int) -> Mail:
    """To an applicant: the result on a lot can be read."""
    return Mail(
        "awards/result_there", {"title": title, "path": f"/my-applications/{application_id}/lots/{number}/result"}
    )


def objection_answered(*, title: str, application_id: UUID, number: int) -> Mail:
    """To whoever objected: the answer can be read."""
    path = f"/my-applications/{application_id}/lots/{number}/result"
    return Mail("awards/objection_answered", {"title": title, "path": path})


def decided_anew(*, title: str, application_id: UUID, number: int) -> Mail:
    """To all: no contract came about, the body decides anew."""
    path = f"/my-applications/{application_id}/lots/{number}/result"
    return Mail("awards/decided_anew", {"title": title, "path": path})


def computed_again(*, title: str, application_id: UUID, number: int) -> Mail:
    """To all: an objection was right, it is computed again."""
    path = f"/my-applications/{application_id}/lots/{number}/result"
    return Mail("awards/computed_again", {"title": title, "path": path})
