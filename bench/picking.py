"""Serial picking of 2,000 parcels by 2,000 applicants who all ask for connected land."""

import random
from fractions import Fraction
from itertools import product
from time import perf_counter

from bench.table import Line
from succession.allocation.parcels import Applicant, Division, Parcel, faults
from succession.allocation.picking import MOST_CONNECTED, pick

PARCELS, APPLICANTS, WIDTH = 2_000, 2_000, 50
MOST_SECONDS = 10.0
ROUNDS = 3


def measure(*, quick: bool) -> list[Line]:
    """Time of one division; a result that breaks a limit or a connection stops the benchmark."""
    people = APPLICANTS // 10 if quick else APPLICANTS
    division = valley(PARCELS, people)
    order = sorted(division.applicants)
    seconds = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        picked = pick(division, order)
        seconds.append(perf_counter() - begun)
        if faults(division, picked.allocation):
            raise SystemExit("somebody holds what they may not hold")
    name = f"serial picking, {PARCELS:,} parcels, {people:,} applicants, connected"
    return [Line(name, min(seconds), "s", MOST_SECONDS)]


def valley(parcels: int, people: int, seed: int = 1) -> Division:
    """Fields in a grid with diagonals; everybody ranks 25 near one place, in an order of their own."""
    numbers = random.Random(seed)
    names = [f"p{place}" for place in range(parcels)]
    pairs = set()
    for place, (down, across) in product(range(parcels), product((-1, 0, 1), (-1, 0, 1))):
        other = place + down * WIDTH + across
        if other != place and 0 <= other < parcels and 0 <= place % WIDTH + across < WIDTH:
            pairs.add((names[place], names[other]))
    applicants = {}
    for number in range(people):
        centre = numbers.randrange(parcels)
        away = [abs(p % WIDTH - centre % WIDTH) + abs(p // WIDTH - centre // WIDTH) for p in range(parcels)]
        near = sorted(range(parcels), key=away.__getitem__)[:MOST_CONNECTED]
        numbers.shuffle(near)
        ranking = tuple(names[p] for p in near)
        applicants[f"a{number:04}"] = Applicant(Fraction(numbers.randint(3, 20)), ranking, contiguous=True)
    everybody = tuple(applicants)
    areas = [Fraction(numbers.randint(1, 80), 10) for _ in names]
    given = {name: Parcel(area, everybody) for name, area in zip(names, areas, strict=True)}
    return Division(applicants, given, frozenset(pairs))
