from datetime import UTC, datetime, timedelta

from succession.accounts.sessions import is_alive, is_worth_noting

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


def test_a_session_ends_after_three_idle_hours_and_after_twelve_in_any_case():  # S8
    def alive(*, began, seen):
        return is_alive(created_at=NOW - timedelta(hours=began), last_seen_at=NOW - timedelta(hours=seen), now=NOW)

    assert alive(began=11.9, seen=2.9)
    assert not alive(began=3.1, seen=3)
    assert not alive(began=12, seen=0)


def test_a_sign_of_life_is_written_at_most_once_a_minute():
    assert not is_worth_noting(last_seen_at=NOW - timedelta(seconds=59), now=NOW)
    assert is_worth_noting(last_seen_at=NOW - timedelta(seconds=60), now=NOW)
