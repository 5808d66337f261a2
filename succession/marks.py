"""How tables are marked: which columns are personal data, what for, on what ground, how long, and what an erasure does.

Each room lists its tables in `personal_data.REGISTER`, in the order in which an erasure goes through them. Everything
else follows from that one register: export, erasure, retention, the register of processing and the privacy page.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute

from succession.i18n import Text


class LegalGround(StrEnum):
    """Why data may be kept (Art. 6(1) DSGVO; church law has the same grounds under other numbers)."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_DUTY = "legal_duty"
    PUBLIC_TASK = "public_task"
    LEGITIMATE_INTEREST = "legitimate_interest"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _GROUNDS[self]


_GROUNDS = {
    LegalGround.CONSENT: Text("your consent (Art. 6(1)(a) GDPR)"),
    LegalGround.CONTRACT: Text("to do what you signed up for (Art. 6(1)(b) GDPR)"),
    LegalGround.LEGAL_DUTY: Text("because a law demands it (Art. 6(1)(c) GDPR)"),
    LegalGround.PUBLIC_TASK: Text("for a task in the public interest (Art. 6(1)(e) GDPR)"),
    LegalGround.LEGITIMATE_INTEREST: Text("for a legitimate interest (Art. 6(1)(f) GDPR)"),
}


class OnErasure(StrEnum):
    """What happens to the rows that concern a person when they are erased."""

    DELETE = "delete"
    CLEAR = "clear"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Hold:
    """Why something stays in spite of an erasure (Art. 17(3) DSGVO), and how long."""

    reason: Text
    until: Text


class OnExpiry(StrEnum):
    """What happens to a row when its time is over: an account goes with everything that concerns its person."""

    DELETE = "delete"
    ERASE_PERSON = "erase_person"


@dataclass(frozen=True, slots=True)
class Retention:
    """When rows go by themselves: `period` after the moment in `column`, told in advance if `warns`.

    `only` narrows it to some rows, such as drafts. A column that is empty has no moment: the row stays. Where it
    warns, `whom` is the account of whoever the row belongs to.
    """

    column: str
    period: timedelta
    warns: bool = False
    only: ColumnElement[bool] | None = field(default=None, compare=False)
    whom: Any = field(default=None, compare=False)
    on_expiry: OnExpiry = OnExpiry.DELETE


@dataclass(frozen=True, slots=True)
class DataClass:
    """One line of the register of processing: what kind of data, what for, on what ground, who gets it, how long."""

    key: str
    title: Text
    purpose: Text
    ground: LegalGround
    keeping: Text
    recipients: Text = Text("nobody outside this network")


@dataclass(frozen=True, slots=True)
class Person:
    """Whose data are exported or erased."""

    account_id: int
    public_id: UUID
    email: str | None
    """None for somebody who takes part on paper only."""
    name: str


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file that belongs to a person: where it lies, and its name in the copy that they get.

    Smaller pictures of the same and the like are erased too, but not copied.
    """

    path: Path
    name: str
    is_exported: bool = True


@dataclass(frozen=True, slots=True)
class Concern:
    """Which rows of a table concern a person, and what becomes of them.

    `clears` holds the new values by column for `CLEAR`; `hold` says why for `KEEP`. Rows that concern somebody else
    too are exported without the columns in `hides`.
    """

    where: Callable[[Person], ColumnElement[bool]]
    on_erasure: OnErasure
    clears: Mapping[str, Any] = field(default_factory=dict)
    hold: Hold | None = None
    is_exported: bool = True
    hides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """One table: every column stands in exactly one of `personal`, `secret` and `plain`.

    `secret` columns are personal but never exported (hashes of passwords and tokens). A table without anything
    personal has neither concerns nor a data class.
    """

    table: Table
    plain: tuple[str, ...]
    personal: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    data_class: DataClass | None = None
    concerns: tuple[Concern, ...] = ()
    retention: tuple[Retention, ...] = ()


def table_of(model: type[DeclarativeBase]) -> Table:
    """The table of a model."""
    assert isinstance(model.__table__, Table)
    return model.__table__


def names(column: InstrumentedAttribute[Any]) -> Callable[[Person], ColumnElement[bool]]:
    """The rows whose `column` is the person's account."""
    return lambda person: column == person.account_id


def under(
    column: InstrumentedAttribute[Any], key: InstrumentedAttribute[Any], names_person: InstrumentedAttribute[Any]
) -> Callable[[Person], ColumnElement[bool]]:
    """The rows that hang by `column` on rows (`key`) of another table whose `names_person` is the person's account."""
    return lambda person: column.in_(select(key).where(names_person == person.account_id))
