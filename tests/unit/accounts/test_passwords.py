from succession.accounts import passwords


def test_a_password_is_known_again_also_when_its_umlauts_come_in_two_parts():
    stored = passwords.hash_password("Grüße vom Deich")
    assert passwords.is_password("Grüße vom Deich", stored)
    assert not passwords.is_password("Grüße vom deich", stored)
    assert "Deich" not in stored


def test_the_hash_of_nobody_costs_what_a_real_one_costs():  # S6
    assert not passwords.is_outdated(passwords.HASH_OF_NOBODY)


def test_a_broken_hash_or_an_endless_password_is_simply_wrong():
    assert not passwords.is_password("x", "no hash at all")
    assert not passwords.is_password("x" * 5000, passwords.HASH_OF_NOBODY)
