"""The writing door of matching: the means of the pool."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.db import public_reading
from succession.matching import policy
from succession.matching.criteria import CRITERIA
from succession.matching.criteria.criterion import Side
from succession.matching.finding import run
from succession.matching.models import PoolMean, PoolMeans
from succession.matching.statement_pool import pool_sample

FEWEST_STATEMENTS = 20
"""A mean over fewer says little about the pool, and much about these few."""
HALF = Decimal("0.5")
THOUSANDTH = Decimal("0.001")


def renew_means(session: Session, actor: Actor, *, seed: int, now: datetime, public_id: UUID | None = None) -> UUID:
    """A new sample stands beside the old ones and counts from now on; returns its public id."""
    authorize(policy.may_renew_means, actor, None)
    with public_reading(session) as reader:
        row = run(reader, pool_sample(seed))[0]
    means = PoolMeans(public_id=public_id or uuid4(), made_at=now, seed=seed, pairs=row["pairs"])
    session.add(means)
    session.flush()
    session.add_all(
        PoolMean(
            pool_means_id=means.id,
            side=side,
            criterion=each.key,
            mean=_mean(row[f"mean_{side}_{each.key}"], row[f"statements_{side}_{each.key}"]),
            statements=row[f"statements_{side}_{each.key}"],
        )
        for side in Side
        for each in CRITERIA[side]
    )
    session.flush()
    return means.public_id


def _mean(mean: float | None, statements: int) -> Decimal:
    """Rounded to thousandths, so that exact scores stay short."""
    if mean is None or statements < FEWEST_STATEMENTS:
        return HALF
    return Decimal(repr(mean)).quantize(THOUSANDTH)
