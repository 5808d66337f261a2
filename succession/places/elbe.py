"""The Elbe between Magdeburg and Geesthacht, drawn by ourselves: smooth through points set by eye from memory. Pure.

It is a drawing for orientation, not a survey: bends are simplified, and it is good to a few hundred metres.
"""

_STEPS = 6

# Longitude and latitude, downstream.
_POINTS = (
    (11.648, 52.112),
    (11.672, 52.152),
    (11.702, 52.185),
    (11.702, 52.222),
    (11.722, 52.256),
    (11.760, 52.288),
    (11.789, 52.330),
    (11.826, 52.366),
    (11.868, 52.402),
    (11.872, 52.438),
    (11.902, 52.470),
    (11.948, 52.489),
    (11.975, 52.515),
    (11.982, 52.543),
    (12.012, 52.566),
    (12.028, 52.590),
    (12.008, 52.618),
    (12.014, 52.652),
    (12.022, 52.680),
    (12.048, 52.708),
    (12.058, 52.738),
    (12.032, 52.764),
    (12.026, 52.791),
    (12.042, 52.818),
    (12.028, 52.845),
    (11.999, 52.866),
    (11.985, 52.887),
    (11.940, 52.896),
    (11.893, 52.898),
    (11.868, 52.909),
    (11.842, 52.923),
    (11.826, 52.944),
    (11.796, 52.955),
    (11.770, 52.966),
    (11.757, 52.982),
    (11.728, 52.988),
    (11.698, 52.992),
    (11.673, 53.000),
    (11.650, 53.016),
    (11.622, 53.026),
    (11.590, 53.035),
    (11.568, 53.042),
    (11.547, 53.051),
    (11.524, 53.047),
    (11.503, 53.050),
    (11.482, 53.062),
    (11.462, 53.075),
    (11.438, 53.081),
    (11.412, 53.081),
    (11.385, 53.070),
    (11.362, 53.060),
    (11.338, 53.066),
    (11.312, 53.083),
    (11.290, 53.100),
    (11.262, 53.118),
    (11.243, 53.134),
    (11.214, 53.147),
    (11.190, 53.148),
    (11.166, 53.143),
    (11.140, 53.150),
    (11.108, 53.151),
    (11.074, 53.152),
    (11.052, 53.159),
    (11.030, 53.170),
    (11.005, 53.186),
    (10.972, 53.198),
    (10.938, 53.213),
    (10.905, 53.233),
    (10.877, 53.238),
    (10.848, 53.243),
    (10.826, 53.256),
    (10.796, 53.262),
    (10.772, 53.278),
    (10.748, 53.294),
    (10.738, 53.318),
    (10.727, 53.345),
    (10.712, 53.367),
    (10.676, 53.371),
    (10.640, 53.366),
    (10.605, 53.364),
    (10.560, 53.366),
    (10.515, 53.374),
    (10.475, 53.383),
    (10.440, 53.403),
    (10.405, 53.422),
    (10.365, 53.425),
    (10.315, 53.412),
    (10.262, 53.400),
    (10.205, 53.397),
)

Position = tuple[float, float]


def course() -> list[Position]:
    """The river as one line of longitudes and latitudes, downstream, rounded to about a metre."""
    padded = (_POINTS[0], *_POINTS, _POINTS[-1])
    line: list[Position] = []
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        line += [_between(before, start, end, after, step / _STEPS) for step in range(_STEPS)]
    return [*line, _POINTS[-1]]


def _between(before: Position, start: Position, end: Position, after: Position, share: float) -> Position:
    """A point of the Catmull-Rom curve from `start` to `end`."""
    return (
        round(_blend(before[0], start[0], end[0], after[0], share), 5),
        round(_blend(before[1], start[1], end[1], after[1], share), 5),
    )


def _blend(before: float, start: float, end: float, after: float, share: float) -> float:
    """One coordinate of it."""
    return 0.5 * (
        2 * start
        + (end - before) * share
        + (2 * before - 5 * start + 4 * end - after) * share**2
        + (3 * start - before - 3 * end + after) * share**3
    )
