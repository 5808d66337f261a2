"""Mails about promises; subjects tell nothing of what was promised. Pure."""

from datetime import date
from uuid import UUID

from succession.outbox.values import Mail


def announced(*, title: str, number: int, due_on: date, check_id: UUID) -> Mail:
    """To the lessee: a day comes on which a promise is looked at."""
    path = f"/promises/checks/{check_id}"
    return Mail("monitoring/announced", {"title": title, "number": number, "due_on": due_on, "path": path})


def to_office(*, title: str, number: int, due_on: date, check_id: UUID, is_on_paper: bool) -> Mail:
    """To the office: the same, and whether the lessee has to be written to by hand."""
    path = f"/promises/checks/{check_id}"
    values = {"title": title, "number": number, "due_on": due_on, "path": path, "is_on_paper": is_on_paper}
    return Mail("monitoring/to_office", values)


def overdue(*, title: str, number: int, due_on: date, check_id: UUID) -> Mail:
    """To the office: nobody has looked."""
    path = f"/promises/checks/{check_id}"
    return Mail("monitoring/overdue", {"title": title, "number": number, "due_on": due_on, "path": path})


def found(*, title: str, number: int, check_id: UUID) -> Mail:
    """To the lessee: the office has written down what it found."""
    return Mail("monitoring/found", {"title": title, "number": number, "path": f"/promises/checks/{check_id}"})
