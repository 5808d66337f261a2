"""Simulations of owners: which sets were tried on whom, by whom and when. Nothing in a row ever changes. No Flask."""

from datetime import datetime
from typing import Any

from sqlalchemy import DDL, CheckConstraint, ForeignKey, event, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from succession.accounts.models import Organisation
from succession.calls.models import Call
from succession.db import Base, PublicIdMixin, TextEnum, one_of
from succession.simulation.kinds import Basis


class Simulation(PublicIdMixin, Base):
    """One comparison of sets. `sets` and `farms` hold what was compared, so that the page shows the same for ever.

    Of applicants nothing is kept here but how many there were.
    """

    __tablename__ = "simulation"
    __table_args__ = (
        one_of("basis", Basis),
        CheckConstraint("(basis = 'past_call') = (call_id IS NOT NULL)", name="call_if_past"),
        CheckConstraint("(call_id IS NULL) = (lot_number IS NULL)", name="lot_of_call"),
        CheckConstraint("(basis = 'sample_farms') = (farms IS NOT NULL)", name="farms_if_sample"),
        CheckConstraint("applicants >= 1", name="tried_on_somebody"),
        CheckConstraint("jsonb_array_length(sets) BETWEEN 2 AND 4", name="two_to_four_sets"),
        CheckConstraint("NOT is_public OR call_id IS NULL OR applicants >= 10", name="ten_in_public"),
    )

    owner_organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id, ondelete="RESTRICT"), index=True)
    made_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    made_at: Mapped[datetime] = mapped_column(server_default=func.now())
    basis: Mapped[Basis] = mapped_column(TextEnum(Basis))
    call_id: Mapped[int | None] = mapped_column(ForeignKey(Call.id, ondelete="RESTRICT"), index=True)
    lot_number: Mapped[int | None]
    is_public: Mapped[bool]
    """Whether it may be shown in a public session."""
    applicants: Mapped[int]
    sets: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    """Of each set its title, identifier, document, and what the sample farms answer to its own questions."""
    farms: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB(none_as_null=True))


KEPT = """
CREATE FUNCTION keep_simulations() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'made_by_account_id' = to_jsonb(NEW) - 'made_by_account_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a simulation stays in the log as it was' USING ERRCODE = 'restrict_violation';
END
$body$;
CREATE TRIGGER simulation_kept BEFORE UPDATE OR DELETE ON simulation
    FOR EACH ROW EXECUTE FUNCTION keep_simulations()
"""
event.listen(Simulation.__table__, "after_create", DDL(KEPT))  # type: ignore[no-untyped-call]
