from datetime import timedelta

import pytest

from succession.accounts.browsers import family_of
from succession.accounts.limits import RESETS_OF_AN_ADDRESS, key_of, network_of
from succession.accounts.sessions import ends_at, is_alive

AGENTS = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0": "Firefox/Windows",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15": "Safari/Mac",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 CriOS/120.0 Safari/604.1": "Chrome/iPhone",
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36": "Chrome/Android",
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0": "Edge/Windows",
    "curl/8.0": None,
    "": None,
}


@pytest.mark.parametrize(("agent", "family"), AGENTS.items())
def test_of_a_browser_two_words_are_kept(agent, family):
    assert family_of(agent) == family


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("nonsense", ""),
        ("", ""),
    ],
)
def test_of_an_address_only_its_network_is_kept(address, network):
    assert network_of(address) == network


def test_the_key_of_a_count_says_nothing_and_folds_case():
    assert key_of(RESETS_OF_AN_ADDRESS, "A@b.de ") == key_of(RESETS_OF_AN_ADDRESS, "a@b.de")
    assert b"a@b.de" not in key_of(RESETS_OF_AN_ADDRESS, "a@b.de")


@pytest.mark.parametrize(
    ("hours", "idle", "is_lasting", "alive"),
    [
        (2, 2, False, True),
        (3, 3, False, False),
        (11, 2, False, True),
        (12, 0, False, False),
        (24 * 29, 24 * 20, True, True),
        (24 * 30, 0, True, False),
    ],
)
def test_a_session_ends_by_rest_and_by_age_and_lasts_only_by_choice(now, hours, idle, is_lasting, alive):  # S8
    times = {
        "created_at": now - timedelta(hours=hours),
        "last_seen_at": now - timedelta(hours=idle),
        "is_lasting": is_lasting,
    }
    assert is_alive(**times, now=now) is alive
    assert (now < ends_at(**times)) is alive
