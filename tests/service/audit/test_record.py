import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from succession.accounts.actor import Actor, Role
from succession.audit import service
from succession.audit.models import ActedAs, AuditEntry
from succession.db import DatabaseRole, make_engine
from tests.factories.accounts import an_actor

CHANGES = [
    "UPDATE audit_entry SET action = 'other.act'",
    "DELETE FROM audit_entry",
    "TRUNCATE audit_entry",
]


def test_an_act_is_on_record_with_codes_and_public_ids_only(session, now):
    actor = an_actor(session, Role.SEEKER, name="Wiebke Muster")
    service.record(session, actor, "offer.published", kind="offer", public_id=actor.account_public_id, now=now)
    service.record(session, Actor.system(), "offer.expired", kind="offer", now=now)
    session.flush()
    person, system = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(2)).all()[::-1]
    assert (person.acted_as, person.account_public_id) == (ActedAs.PERSON, actor.account_public_id)
    assert (system.acted_as, system.account_public_id) == (ActedAs.SYSTEM, None)


def test_an_action_is_a_code_not_a_sentence(session, now):
    service.record(session, Actor.system(), "Wiebke did it", kind="offer", now=now)
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.parametrize("statement", CHANGES)
def test_the_application_has_no_right_to_change_the_record(session, statement):
    with pytest.raises(ProgrammingError, match="permission denied"):
        session.execute(text(statement))


@pytest.mark.parametrize("statement", CHANGES)
def test_even_the_owner_of_the_tables_is_refused(database, statement):
    engine = make_engine(database.admin_url, DatabaseRole.OWNER)
    with engine.connect() as connection, pytest.raises(DBAPIError, match=r"never changed|cannot truncate"):
        connection.execute(text(statement))
    engine.dispose()
