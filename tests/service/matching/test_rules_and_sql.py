"""The rule and the SQL of every criterion say the same on random pairs, every unknown included."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from sqlalchemy import text

from succession.matching.criteria import CRITERIA
from succession.matching.criteria.criterion import KILOMETRES, Side
from succession.matching.finding import run
from succession.matching.shapes import AtLeast, AtMost, Between, Scale, Within
from succession.matching.statement import Bound, Statement
from tests.factories.market import a_code

EVERY = [criterion for side in Side for criterion in CRITERIA[side]]
PAIRS = 1200
UNKNOWN_POINTS = 7
SCALE = Scale("1000", "500", str(UNKNOWN_POINTS))


def some_codes(criterion, seed):
    """Facts and wishes of one criterion, a fifth of the parts unknown; weights count, so one part is always there."""
    random = Random(f"{criterion.key}{seed}")

    def code(name, shape):
        return None if random.random() < 0.2 else a_code(random, name, shape)

    for _ in range(PAIRS):
        fact = random.randrange(70) if criterion.fact == KILOMETRES else code(criterion.fact, criterion.fact_shape)
        yield (
            {criterion.fact: fact},
            {
                column: code(value.name, value.shape)
                for column, value in zip(criterion.wish_columns, criterion.wish.values, strict=True)
            },
        )


def as_columns(session, criterion, pairs):
    """What SQL says where facts and wishes are columns, through one statement."""
    names = [criterion.fact, *criterion.wish_columns]
    arrays = {f"p{place}": [({**facts, **wishes})[name] for facts, wishes in pairs] for place, name in enumerate(names)}
    columns = {name: f"c{place}" for place, name in enumerate(names)}
    given = ", ".join(f"%(p{place})s::smallint[]" for place in range(len(names)))
    listed = ", ".join([*columns.values(), "number"])
    sql = f"""SELECT {criterion.sql(columns.get, columns.get)} AS satisfaction,
        {criterion.met(columns.get, columns.get)} AS met, {criterion.points(columns.get, columns.get, SCALE)} AS points
        FROM unnest({given}) WITH ORDINALITY AS given({listed}) ORDER BY number"""
    return [(row["satisfaction"], row["met"], row["points"]) for row in run(session, Statement(sql, arrays))]


def disagreements(session, criterion, pairs):
    found = []
    for (facts, wishes), (satisfaction, met, points) in zip(pairs, as_columns(session, criterion, pairs), strict=True):
        rule = criterion.rule(facts, wishes)
        if (rule is None) != (satisfaction is None) or (
            rule is not None and abs(Fraction(satisfaction) - rule) > Fraction(1, 10**12)
        ):
            found.append((facts, wishes, rule, satisfaction))
        if met is not (None if rule is None else rule == 1):
            found.append((facts, wishes, rule, met))
        if not agrees(criterion, facts, wishes, points):
            found.append((facts, wishes, rule, points))
    return found


def agrees(criterion, facts, wishes, points):
    """Points are asked for only where the wish has its values, and a distance is always known."""
    fact, rule = facts[criterion.fact], criterion.rule(facts, wishes)
    if rule is None and (fact is not None or criterion.fact == KILOMETRES):
        return True
    if wishes and all(value is None for value in wishes.values()):
        return True
    return points == pytest.approx(UNKNOWN_POINTS if rule is None else float(1000 * rule), abs=1e-9)


@pytest.mark.parametrize("criterion", EVERY, ids=lambda criterion: criterion.key)
def test_rule_and_columns_agree(session, criterion):
    assert disagreements(session, criterion, list(some_codes(criterion, 1))) == []


@pytest.mark.parametrize("criterion", EVERY, ids=lambda criterion: criterion.key)
def test_rule_and_bound_values_agree(session, criterion):
    for facts, wishes in list(some_codes(criterion, 2))[:25]:
        parameters = {}
        fact, wish = Bound(facts, "fact", parameters), Bound(wishes, "wish", parameters)
        sql = f"""SELECT {criterion.sql(fact, wish)} AS satisfaction, {criterion.met(fact, wish)} AS met,
            {criterion.points(fact, wish, SCALE)} AS points"""
        row = run(session, Statement(sql, parameters))[0]
        rule = criterion.rule(facts, wishes)
        assert (row["satisfaction"] is None) == (rule is None)
        assert rule is None or row["satisfaction"] == pytest.approx(float(rule), abs=1e-12)
        assert row["met"] is (None if rule is None else rule == 1)
        assert agrees(criterion, facts, wishes, row["points"])


class SkipsUnknown(Within):
    """Trap 1: GREATEST and LEAST skip NULL."""

    def sql(self, fact, wish):
        return f"greatest(0, least(1, 2 - {fact} / nullif({wish[0]}, 0)::float8))"


class ElseZero(AtLeast):
    """Trap 1 the other way: an unknown falls into ELSE 0."""

    def sql(self, fact, wish):
        return f"CASE WHEN {fact} >= {wish[0]} THEN 1::float8 WHEN {fact} = {wish[0]} - 1 THEN 0.5 ELSE 0 END"


class NotUnknown(AtMost):
    """Trap 2: NOT of an unknown taken for a yes."""

    def met(self, fact, wish):
        return f"({fact} > {wish[0]}) IS NOT TRUE"


class HalfCaught(Between):
    """Trap 1 in a window: GREATEST makes an answer of an unknown fact and one end."""

    def sql(self, fact, wish):
        outside = f"greatest({wish[0]} - {fact}, {fact} - {wish[1]}, 0)"
        return f"CASE WHEN {outside} <= 0 THEN 1::float8 WHEN {outside} = 1 THEN 0.5::float8 ELSE 0::float8 END"


class WholeDivision(Within):
    """Trap 4: whole numbers divided as whole numbers."""

    def sql(self, fact, wish):
        return super().sql(fact, wish).replace("::float8 END", " END").replace(f"/ {wish[0]}", f"/ {wish[0]}::int")


class SilentPoints(AtLeast):
    """Trap 1 once more: points that give an unknown nothing, though silence must not punish."""

    def points(self, fact, wish, scale):
        return super().points(fact, wish, scale).replace(f"WHEN {fact} IS NULL THEN {scale.unknown} ", "")


@pytest.mark.parametrize(
    ("key", "mutant"),
    [
        ("distance", SkipsUnknown()),
        ("soil", ElseZero()),
        ("price", NotUnknown()),
        ("area", HalfCaught()),
        ("distance", WholeDivision()),
        ("training", SilentPoints()),
    ],
)
def test_a_mutant_with_one_of_the_traps_is_found(session, key, mutant):
    criterion = replace(next(each for each in EVERY if each.key == key), shape=mutant)
    assert disagreements(session, criterion, list(some_codes(criterion, 3)))


def test_an_order_by_joint_needs_a_number_for_two_zeros(session):
    """Trap 3: without coalesce two zeros would stand first."""
    joint = "coalesce(2 * a * b / nullif(a + b, 0), 0)"
    rows = session.scalars(text(f"SELECT a FROM (VALUES (0e0, 0e0), (1e0, 1e0)) v(a, b) ORDER BY {joint} DESC")).all()
    assert rows == [1, 0]
