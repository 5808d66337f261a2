"""What an applicant was asked to prove, the papers they handed in, and what the office found. No Flask."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from succession.awards.limits import LONGEST_NAME, LONGEST_REASON
from succession.awards.models import ScoringRun
from succession.db import Base, PublicIdMixin, TextEnum, one_of
from succession.i18n import Text


class WhyAsked(StrEnum):
    """Evidence is asked of as few as possible."""

    FIRST_PLACED = "first_placed"
    MOVES_OTHERS = "moves_others"
    EVERYBODY = "everybody"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _WHY[self]


_WHY = {
    WhyAsked.FIRST_PLACED: Text("comes first in the scoring"),
    WhyAsked.MOVES_OTHERS: Text("the figure counts in the points of others"),
    WhyAsked.EVERYBODY: Text("the principles ask everybody for evidence"),
}


class ItemState(StrEnum):
    """How far one piece of evidence is."""

    ASKED = "asked"
    HANDED_IN = "handed_in"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _STATES[self]

    @property
    def is_judged(self) -> bool:
        """Whether the office has said yes or no."""
        return self in (ItemState.ACCEPTED, ItemState.NOT_ACCEPTED)


_STATES = {
    ItemState.ASKED: Text("asked for"),
    ItemState.HANDED_IN: Text("handed in"),
    ItemState.ACCEPTED: Text("accepted as proof"),
    ItemState.NOT_ACCEPTED: Text("not accepted as proof"),
}


class EvidenceRequest(PublicIdMixin, Base):
    """One applicant is asked, for one lot, to prove what they have declared."""

    __tablename__ = "evidence_request"
    __table_args__ = (
        UniqueConstraint("lot_id", "application_id"),
        one_of("why", WhyAsked),
    )

    lot_id: Mapped[int] = mapped_column(ForeignKey("call_lot.id", ondelete="RESTRICT"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="RESTRICT"), index=True)
    run_id: Mapped[int] = mapped_column(ForeignKey(ScoringRun.id, ondelete="RESTRICT"), index=True)
    """The run from which it followed that this applicant is asked."""
    why: Mapped[WhyAsked] = mapped_column(TextEnum(WhyAsked))
    due_on: Mapped[date]
    """The last day, until midnight in Berlin."""
    is_by_letter: Mapped[bool]
    asked_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    asked_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(server_default=text("1"))

    items: Mapped[list["EvidenceItem"]] = relationship(
        back_populates="request", lazy="raise", order_by="EvidenceItem.position"
    )


class EvidenceItem(PublicIdMixin, Base):
    """The evidence for one criterion."""

    __tablename__ = "evidence_item"
    __table_args__ = (
        UniqueConstraint("request_id", "criterion"),
        one_of("state", ItemState),
        CheckConstraint("state <> 'not_accepted' OR length(reason) >= 1", name="refused_with_reason"),
        CheckConstraint("(state IN ('accepted', 'not_accepted')) = (judged_at IS NOT NULL)", name="judged"),
    )

    request_id: Mapped[int] = mapped_column(ForeignKey(EvidenceRequest.id, ondelete="RESTRICT"))
    position: Mapped[int]
    criterion: Mapped[str] = mapped_column(String(LONGEST_NAME))
    """Its id in the catalogue."""
    papers: Mapped[list[dict[str, str]]] = mapped_column(JSONB)
    """Which papers prove it, in the words of the principles, by language."""
    state: Mapped[ItemState] = mapped_column(TextEnum(ItemState), server_default=text("'asked'"))
    came_by_post: Mapped[bool] = mapped_column(server_default=text("false"))
    note: Mapped[str] = mapped_column(String(LONGEST_REASON), server_default=text("''"))
    """What the applicant says to it, or what the office saw of a paper that came by post."""
    handed_in_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON), server_default=text("''"))
    judged_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    judged_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(server_default=text("1"))

    request: Mapped[EvidenceRequest] = relationship(back_populates="items", lazy="raise")


class EvidenceFile(Base):
    """One document of one piece of evidence; it belongs to the office from the moment it is handed in."""

    __tablename__ = "evidence_file"

    item_id: Mapped[int] = mapped_column(ForeignKey(EvidenceItem.id, ondelete="CASCADE"), primary_key=True)
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id", ondelete="CASCADE"), primary_key=True)
