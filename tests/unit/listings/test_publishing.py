"""What is published holds codes only: nothing exact, whatever was stated."""

import json
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from succession.facts.coding import StatedWish, comparable, counting, is_code
from succession.facts.importance import Importance
from succession.facts.kinds import Kind
from succession.facts.limits import DECIMALS, FIRST_DAY, GREATEST, LAST_DAY, is_allowed
from succession.facts.offer import OFFER_FIELDS
from succession.facts.shapes import Banded, Choice, HalfYear, Several, YesNo
from succession.facts.wishes import OFFER_WISHES
from succession.listings.models import Listing
from succession.listings.models_published import published_offer
from succession.listings.publishing import OfferStatements, publish_offer, published_facts, published_wishes


def exact(shape):
    match shape:
        case Choice():
            return st.sampled_from(shape.keys())
        case Several(terms=terms):
            return st.lists(st.sampled_from([term.key for term in terms]), unique=True)
        case YesNo():
            return st.booleans()
        case HalfYear():
            return st.dates(FIRST_DAY, LAST_DAY)
        case Banded(unit=unit):
            return st.decimals(0, GREATEST[unit], places=DECIMALS[unit])


FACTS = st.fixed_dictionaries({}, optional={field.name: st.none() | exact(field.shape) for field in OFFER_FIELDS})
WISHES = st.lists(
    st.builds(
        StatedWish,
        st.sampled_from([wish.criterion for wish in OFFER_WISHES]),
        st.sampled_from(Importance),
        st.dictionaries(
            st.sampled_from([value.name for wish in OFFER_WISHES for value in wish.values]), st.integers(0, 3)
        ),
    )
)
STATEMENTS = st.builds(OfferStatements, st.sampled_from(Kind), FACTS, WISHES.map(tuple))


@given(STATEMENTS)
def test_every_published_code_belongs_to_its_fact(statements):
    fields = {field.name: field for field in OFFER_FIELDS}
    codes = published_facts(statements)
    for name, code in codes.items():
        assert is_code(fields[name], code)
        assert statements.kind in fields[name].kinds
        assert is_allowed(fields[name], statements.facts[name])
    stated = {name for name, value in statements.facts.items() if value is not None}
    assert codes.keys() == {name for name in stated if statements.kind in fields[name].kinds}


@given(STATEMENTS)
def test_two_figures_of_one_band_are_published_alike(statements):
    """Replace every exact figure by the lower end of its band: nothing published changes, so nothing more is in it."""
    coarse = {}
    for field in OFFER_FIELDS:
        value = statements.facts.get(field.name)
        if value is None:
            continue
        match field.shape:
            case Banded() as shape:
                coarse[field.name] = shape.interval(shape.code(value))[0]
            case HalfYear() as shape:
                coarse[field.name] = shape.first_day(shape.code(value))
            case _:
                coarse[field.name] = value
    blurred = OfferStatements(statements.kind, coarse, statements.wishes)
    assert publish_offer(blurred) == publish_offer(statements)
    assert published_facts(blurred) == published_facts(statements)


def test_no_exact_figure_stands_in_what_is_published():
    facts = {
        "price": Decimal(123_456),
        "area_ha": Decimal("47.1234"),
        "turnover": Decimal(777_777),
        "available_from": date(2027, 3, 17),
        "soil_points": Decimal("38.5"),
    }
    written = json.dumps(published_facts(OfferStatements(Kind.FARM, facts)))
    assert all(figure not in written for figure in ("123456", "47", "777", "2027", "38"))


@given(STATEMENTS)
def test_the_narrow_row_has_exactly_the_columns_of_its_table(statements):
    columns = {column.name for column in published_offer.columns} - {"id", "place", "published"}
    row = publish_offer(statements)
    assert row.keys() == columns
    assert all(value is None or -32768 <= value < 1 << 31 for value in row.values())


@given(STATEMENTS)
def test_weights_and_must_haves_add_up(statements):
    row = publish_offer(statements)
    weights = [row[f"weight_{wish.criterion}"] for wish in OFFER_WISHES]
    assert row["weight_sum"] == sum(weights)
    assert [bool(row["must"] >> place & 1) for place in range(len(OFFER_WISHES))] == [
        criterion in published_wishes(statements) and published_wishes(statements)[criterion]["must"]
        for criterion in (wish.criterion for wish in OFFER_WISHES)
    ]


@given(STATEMENTS)
def test_published_wishes_say_no_weight(statements):
    for wish in published_wishes(statements).values():
        assert wish.keys() == {"must", "values"}
        assert isinstance(wish["must"], bool)


@given(STATEMENTS)
def test_counting_twice_changes_nothing(statements):
    kinds = frozenset({statements.kind})
    once = counting(OFFER_WISHES, statements.wishes, kinds)
    assert comparable(counting(OFFER_WISHES, once.values(), kinds).values()) == comparable(once.values())


def test_the_columns_of_the_offer_are_the_catalogue():
    columns = {column.name for column in Listing.__table__.columns}
    assert {field.name for field in OFFER_FIELDS} <= columns
