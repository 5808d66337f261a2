"""Scoring ten thousand applicants by twenty criteria, with the working of every line."""

from fractions import Fraction
from random import Random
from time import perf_counter

from bench.table import Line
from succession.allocation.catalogue import Applicant, Catalogue, Criterion, Exclusion, Lottery, TieBreak
from succession.allocation.conditions import Condition, Test
from succession.allocation.points import evaluate
from succession.allocation.rounding import Rounding
from succession.allocation.rules import Declared, Rule
from succession.allocation.rules_field import RankOfBid, VersusTrimmedMean
from succession.allocation.rules_measures import Ladder, Linear, PerUnit, Steps
from succession.allocation.rules_statements import Boolean, Category

APPLICANTS = 10_000
LIMIT_SECONDS = 2.0
ROUNDS = 3


def measure(*, quick: bool) -> list[Line]:
    """The best of three rounds."""
    count = APPLICANTS // 10 if quick else APPLICANTS
    catalogue, field = made_up(count)
    seconds = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        result = evaluate(catalogue, field)
        seconds.append(perf_counter() - begun)
    what = f"scoring {count:,} × {len(catalogue.criteria)} with working"
    return [
        Line(what, min(seconds), "s", LIMIT_SECONDS, f"{len(result.ranking):,} ranked, slowest {max(seconds):.2f} s")
    ]


def made_up(count: int) -> tuple[Catalogue, list[Applicant]]:
    """Twenty criteria of seven kinds; one statement in ten is missing, figures have two decimals."""
    distance = Linear(Fraction(40), Fraction(0), Fraction(10), Rounding(Fraction(5)))
    ladder = Ladder.of([(Fraction(k, 2), Fraction(k)) for k in range(1, 9)])
    mean = Ladder.of([(Fraction(k, 10), Fraction(k - 5, 3)) for k in range(6, 14)])
    kinds: list[Rule] = [
        *[Boolean(Fraction(points)) for points in (10, 5, 5, 4, 3, 2, 1)],
        *[Steps(ladder)] * 4,
        *[distance] * 3,
        *[PerUnit(Fraction(1, 2), Fraction(3), Fraction(5))] * 2,
        *[Category({"none": Fraction(0), "conversion": Fraction(3), "certified": Fraction(5)})] * 2,
        RankOfBid((Fraction(3), Fraction(2), Fraction(1))),
        VersusTrimmedMean(mean),
    ]
    groups = {0: "nature", 1: "nature", 7: "nature", 14: "social", 15: "social"}
    criteria = [Criterion(f"c{k}", rule, f"c{k}", groups.get(k)) for k, rule in enumerate(kinds)]
    catalogue = Catalogue(
        criteria=tuple(criteria),
        group_caps={"nature": Fraction(12), "social": Fraction(6)},
        exclusions=(Exclusion("lie", Condition("lie", Test.EQUALS, value=True)),),
        threshold=Fraction(20),
        tie_breaks=(TieBreak("c0"), TieBreak("c7")),
        lottery=Lottery("seed", "bench"),
    )
    random = Random(1)
    return catalogue, [Applicant(f"a{n}", _facts(criteria, random)) for n in range(count)]


def _facts(criteria: list[Criterion], random: Random) -> dict[str, Declared | None]:
    facts: dict[str, Declared | None] = {"lie": random.random() < 0.01}
    for criterion in criteria:
        stated: Declared
        if isinstance(criterion.rule, Boolean):
            stated = random.random() < 0.5
        elif isinstance(criterion.rule, Category):
            stated = random.choice(list(criterion.rule.points))
        else:
            stated = Fraction(random.randrange(5000), 100)
        facts[criterion.reads] = None if random.random() < 0.1 else stated
    return facts
