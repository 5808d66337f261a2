from datetime import UTC, datetime
from fractions import Fraction
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from succession.matching.scoring import Line, Place, harmonic, score

SHARES = st.fractions(0, 1, max_denominator=12)
LINES = st.lists(st.builds(Line, st.just("k"), st.integers(0, 9).map(Fraction), st.none() | SHARES, SHARES), max_size=8)


@given(LINES, LINES)
def test_contributions_add_up_exactly_to_the_rank_score(seeker, listing):
    pair = score(seeker, listing)
    for side in (pair.seeker, pair.listing):
        if side.lines:
            assert sum(side.contributions) == side.rank


@given(LINES, LINES)
def test_the_joint_score_lies_within_its_band_and_the_band_closes_when_all_is_known(seeker, listing):
    pair = score(seeker, listing)
    assert 0 <= pair.low <= pair.joint <= pair.high <= 1
    if pair.seeker.coverage == pair.listing.coverage == 1:
        assert pair.low == pair.joint == pair.high


@given(LINES)
def test_silence_counts_as_the_mean_of_the_pool(lines):
    spoken = [Line(line.criterion, line.weight, line.counted) for line in lines]
    assert score(lines, []).seeker.rank == score(spoken, []).seeker.rank


def test_who_asks_for_nothing_is_content_with_everything():
    side = score([Line("k", Fraction(0), Fraction(0))], []).seeker
    assert (side.known, side.coverage, side.low, side.high, side.rank) == (1, 1, 1, 1, 1)


def test_nothing_known_has_no_known_score_and_the_whole_band():
    side = score([Line("k", Fraction(3), None)], []).seeker
    assert (side.known, side.coverage, side.low, side.high, side.rank) == (None, 0, 0, 1, Fraction(1, 2))


def test_the_joint_score_of_two_zeros_is_zero():
    assert harmonic(Fraction(0), Fraction(0)) == 0


def test_the_order_asks_for_joint_then_low_then_age_then_id():
    early, late = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    low, high = Fraction(1, 3), Fraction(1, 2)
    first, second = UUID(int=1), UUID(int=2)
    ordered = [
        Place(high, low, late, second),
        Place(low, high, late, second),
        Place(low, low, early, second),
        Place(low, low, late, first),
        Place(low, low, late, second),
    ]
    mixed = [ordered[place] for place in (3, 1, 4, 0, 2)]
    assert sorted(mixed, key=lambda place: place.key) == ordered
