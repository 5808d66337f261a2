"""Ten cases: a round of pairs of sample farms, the sheets that came in, and what each sheet chose. No Flask."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CHAR, CheckConstraint, ForeignKey, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from succession.db import Base, PublicIdMixin, TextEnum, one_of
from succession.principles.models import PrincipleSet
from succession.principles.states import LONGEST_LABEL, LONGEST_TITLE, MOST_PAIRS, Choice, RoundState, SheetWay


class PairRound(PublicIdMixin, Base):
    """One round: criteria and farms as they were when it began, the pairs, and the seed they were chosen with."""

    __tablename__ = "pair_round"
    __table_args__ = (
        one_of("state", RoundState),
        UniqueConstraint("created_by_account_id", "idempotency_key"),
        CheckConstraint(f"length(btrim(title)) BETWEEN 1 AND {LONGEST_TITLE}", name="title_given"),
        CheckConstraint("jsonb_typeof(pairs) = 'array'", name="pairs_listed"),
        CheckConstraint("seed ~ '^[0-9a-f]{64}$'", name="seed_is_hash"),
    )

    owner_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="RESTRICT"), index=True)
    created_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    idempotency_key: Mapped[UUID | None]
    title: Mapped[str]
    state: Mapped[RoundState] = mapped_column(TextEnum(RoundState), server_default=RoundState.OPEN.value)
    document: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """The principle document whose criteria are weighed."""
    farms: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    """The sample farms with what they earn per criterion, from 0 to 1 as text."""
    pairs: Mapped[list[list[str]]] = mapped_column(JSONB)
    seed: Mapped[str] = mapped_column(CHAR(64))
    result_set_id: Mapped[int | None] = mapped_column(ForeignKey(PrincipleSet.id, ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    closed_at: Mapped[datetime | None]


class PairSheet(Base):
    """One councillor's sheet: of which group, never of whom."""

    __tablename__ = "pair_sheet"
    __table_args__ = (
        one_of("way", SheetWay),
        UniqueConstraint("round_id", "number"),
        UniqueConstraint("round_id", "idempotency_key"),
        CheckConstraint(f"length(faction) <= {LONGEST_LABEL}", name="faction_short"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey(PairRound.id, ondelete="CASCADE"))
    idempotency_key: Mapped[UUID | None]
    number: Mapped[int]
    faction: Mapped[str] = mapped_column(server_default=text("''"))
    way: Mapped[SheetWay] = mapped_column(TextEnum(SheetWay))


class PairAnswer(Base):
    """What one sheet chose in one case."""

    __tablename__ = "pair_answer"
    __table_args__ = (
        one_of("choice", Choice),
        CheckConstraint(f"pair_number BETWEEN 1 AND {MOST_PAIRS}", name="pair_number_known"),
    )

    sheet_id: Mapped[int] = mapped_column(ForeignKey(PairSheet.id, ondelete="CASCADE"), primary_key=True)
    pair_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    choice: Mapped[Choice] = mapped_column(TextEnum(Choice))
