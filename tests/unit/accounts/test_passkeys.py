import pytest

from succession.accounts import passkeys
from succession.accounts.passkeys import Answer, Site
from tests.factories.device import Device

SITE = Site(host="nachfolge.example", origin="https://nachfolge.example", name="Nachfolge")
QUESTION = b"q" * 32


@pytest.fixture
def device():
    return Device(SITE)


@pytest.fixture
def key(device):
    return passkeys.new_key(Answer(SITE, device.made(QUESTION), QUESTION))


def count_of(answer, key, *, question=QUESTION, last=0):
    return passkeys.next_count(Answer(SITE, answer, question), public_key=key.public_key, sign_count=last)


def test_a_device_is_known_again(device, key):
    answer = device.used(QUESTION)
    assert Answer(SITE, answer, QUESTION).credential_id == key.credential_id
    assert count_of(answer, key) == 1


def test_an_answer_to_another_question_for_another_site_or_by_another_device_is_wrong(device, key):  # S9
    assert count_of(device.used(QUESTION), key, question=b"x" * 32) is None
    assert count_of(device.used(QUESTION), key, question=b"") is None
    assert count_of(device.used(QUESTION, origin="https://nachfolge.example.evil"), key) is None
    assert count_of(device.used(QUESTION, host="evil.example"), key) is None
    assert count_of(Device(SITE).used(QUESTION), key) is None


def test_a_counter_that_does_not_grow_shows_a_copied_key(device, key):
    for _ in range(3):
        answer = device.used(QUESTION)
    assert count_of(answer, key, last=2) == 3
    assert count_of(answer, key, last=3) is None
    assert count_of(answer, key, last=9) is None


def test_a_new_key_for_another_question_or_site_is_refused(device):
    assert passkeys.new_key(Answer(SITE, device.made(QUESTION), b"x" * 32)) is None
    assert passkeys.new_key(Answer(SITE, device.made(QUESTION, origin="https://evil.example"), QUESTION)) is None


@pytest.mark.parametrize("answer", ["", "null", "[]", "{}", "nonsense", '{"id": 7}', '{"response": {}}', "x" * 30_000])
def test_nonsense_is_a_wrong_answer_and_no_fault(answer, key):
    assert Answer(SITE, answer, QUESTION).credential_id is None
    assert passkeys.new_key(Answer(SITE, answer, QUESTION)) is None
    assert count_of(answer, key) is None


def test_the_question_names_the_devices_that_are_known(key):
    asked = passkeys.question(SITE, known=[key.credential_id], challenge=QUESTION)
    assert asked["rpId"] == SITE.host
    assert asked["userVerification"] == "preferred"
    assert len(asked["allowCredentials"]) == 1
