from succession.accounts import personal_data
from succession.accounts.actor import Role
from succession.accounts.models import Account
from succession.jobs import personal_data as jobs_personal_data
from succession.jobs import progress
from succession.outbox import personal_data as outbox_personal_data
from succession.outbox import service as outbox
from succession.outbox.values import Mail
from tests.factories.accounts import an_account, an_organisation


def test_a_person_is_told_everything_but_the_hash_of_the_password(session, now):
    person = an_account(session, Role.LANDOWNER, name="Wiebke Muster")
    an_organisation(session, name="Gemeinde Muster", members=[person])
    told = personal_data.export(session, person.id)
    assert told["name"] == "Wiebke Muster"
    assert told["roles"] == ["landowner"]
    assert [row["organisation"] for row in told["memberships"]] == ["Gemeinde Muster"]
    assert person.password_hash not in str(told)


def test_after_erasing_nothing_points_at_the_person(session, now):
    person, other = an_account(session, Role.SEEKER), an_account(session, Role.SEEKER)
    for account in (person, other):
        outbox.enqueue(session, Mail("tests/nothing"), account_id=account.id, now=now)
        progress.start(session, "test", account_id=account.id, now=now)
    for room in (outbox_personal_data, jobs_personal_data, personal_data):
        room.erase(session, person.id)
    assert session.get(Account, person.id, populate_existing=True) is None
    assert len(outbox_personal_data.export(session, other.id)) == 1
    assert len(jobs_personal_data.export(session, other.id)) == 1
