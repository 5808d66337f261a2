"""Made-up fields that touch one another, like those of a cadastre."""

import numpy as np
import numpy.typing as npt
import shapely

CELL_M = 150.0
WEST, SOUTH = 640_000.0, 5_840_000.0
SHARES = (0.25, 0.5, 0.75)

Floats = npt.NDArray[np.float64]
Points = tuple[Floats, Floats]


def fields(count: int, seed: int = 1) -> npt.NDArray[np.object_]:
    """So many polygons of seventeen points; neighbours share their crooked border exactly."""
    random = np.random.default_rng(seed)
    side = int(np.ceil(np.sqrt(count)))
    steps = np.arange(side + 1, dtype=float) * CELL_M
    x = steps[:, None] + random.uniform(-40, 40, (side + 1, side + 1))
    y = steps[None, :] + random.uniform(-40, 40, (side + 1, side + 1))
    across = _between((x[:-1], y[:-1]), (x[1:], y[1:]), random)
    along = _between((x[:, :-1], y[:, :-1]), (x[:, 1:], y[:, 1:]), random)
    ring = [
        (x[:-1, :-1], y[:-1, :-1]),
        *((px[:, :-1], py[:, :-1]) for px, py in across),
        (x[1:, :-1], y[1:, :-1]),
        *((px[1:], py[1:]) for px, py in along),
        (x[1:, 1:], y[1:, 1:]),
        *((px[:, 1:], py[:, 1:]) for px, py in reversed(across)),
        (x[:-1, 1:], y[:-1, 1:]),
        *((px[:-1], py[:-1]) for px, py in reversed(along)),
        (x[:-1, :-1], y[:-1, :-1]),
    ]
    corners = np.stack([np.stack([px.ravel() + WEST, py.ravel() + SOUTH], -1) for px, py in ring], 1)
    return np.asarray(shapely.polygons(corners[:count]), dtype=object)


def _between(start: Points, end: Points, random: np.random.Generator) -> list[Points]:
    """Three points on the way from start to end, each a few metres off the straight line."""
    return [
        (
            start[0] + (end[0] - start[0]) * share + random.uniform(-5, 5, start[0].shape),
            start[1] + (end[1] - start[1]) * share + random.uniform(-5, 5, start[1].shape),
        )
        for share in SHARES
    ]
