"""What matching holds on a person: nothing. The means are taken over all published pairs and name none."""

from succession.marks import Marked, table_of
from succession.matching.models import PoolMean, PoolMeans

REGISTER: tuple[Marked, ...] = (
    Marked(table=table_of(PoolMean), plain=("pool_means_id", "side", "criterion", "mean", "statements")),
    Marked(table=table_of(PoolMeans), plain=("id", "public_id", "made_at", "seed", "pairs")),
)
