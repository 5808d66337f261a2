"""What the worker does for rounds: finds out what the rule of a run costs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.allocation import parcels_format
from succession.records.documents import rational
from succession.rounds.models import RoundPrice, RoundRun
from succession.rounds.price import Extreme, fewest_passed_over, most_land, most_placed


def price(session: Session, *, run_id: str, now: datetime) -> None:
    """The figures stand beside the run; a run that was emptied meanwhile has none."""
    run = session.scalar(select(RoundRun).where(RoundRun.public_id == UUID(run_id)))
    if run is None or not run.document or session.get(RoundPrice, run.id) is not None:
        return
    case = run.document["cases"][0]
    figures: dict[str, Any]
    if run.document["format"] == parcels_format.FORMAT:
        figures = {"largest_area": _told(most_land(case)), "fewest_passed_over": _told(fewest_passed_over(case))}
    else:
        figures = {"most_placed": _told(most_placed(case))}
    session.add(RoundPrice(run_id=run.id, figures=figures, made_at=now))


def _told(found: Extreme | None) -> dict[str, str | None] | None:
    return None if found is None else {"found": rational(found.found), "bound": rational(found.bound)}
