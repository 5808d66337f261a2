"""After an erasure nothing of the person is left but what is declared to stay (P2)."""

import json

import pytest
from sqlalchemy import Text, cast, func, select

from succession.accounts.actor import Actor
from succession.accounts.models import Account, AccountSession
from succession.audit.models import AuditEntry
from succession.errors import Conflict, Forbidden
from succession.listings.models import Listing
from succession.marks import OnErasure
from succession.outbox.models import OutboxMail
from succession.privacy import erasing, ledger, service
from succession.privacy.models import Erasure, ErasureWay
from succession.privacy.register import REGISTER
from tests.conftest import settings_for
from tests.factories.accounts import an_account, an_organisation
from tests.factories.listings import a_listing
from tests.factories.privacy import MARKERS, NOON, a_rich_person, actor_of, as_person


@pytest.fixture
def settings(tmp_path):
    return settings_for("postgresql+psycopg://nowhere", tmp_path)


def erase(session, account, settings, *, way=ErasureWay.OPERATOR):
    return service.erase_person(session, Actor.system(), as_person(account), settings, way=way, now=NOON)


def everything(session):
    """All rows of all tables as one text, but for the last mail to whoever is gone."""
    texts = []
    for marked in REGISTER:
        rows = session.execute(select(cast(func.to_jsonb(marked.table.table_valued()), Text)))
        texts += [row[0] for row in rows if "privacy/erased" not in row[0]]
    return "\n".join(texts)


def test_no_marker_is_left_in_any_table(session, settings):
    account = a_rich_person(session)
    before = everything(session)
    assert [marker for marker in MARKERS if marker not in before] == []
    erase(session, account, settings)
    after = everything(session)
    assert [marker for marker in MARKERS if marker in after] == []


def test_of_the_person_only_what_is_held_stays_and_others_keep_theirs(session, settings):
    account, other = a_rich_person(session), an_account(session)
    kept = a_listing(session, other, title="Bleibt")
    person = as_person(account)
    erased = erase(session, account, settings)
    assert erased.erasure.counts["listing"] == 2
    for marked in REGISTER:
        for concern in marked.concerns:
            left = session.scalar(select(func.count()).select_from(marked.table).where(concern.where(person)))
            is_last_mail = marked.table.name == "outbox_mail" and left == 1
            assert left == 0 or concern.on_erasure is OnErasure.KEEP or is_last_mail, marked.table.name
    session.expire_all()
    assert session.get(Listing, kept.id) is not None
    assert session.scalar(select(func.count()).where(Listing.title == "Pfarrland")) == 1


def test_the_preview_says_what_the_erasure_then_does(session, settings):
    account = a_rich_person(session)
    shares = erasing.shares(session, as_person(account))
    erased = erase(session, account, settings)
    assert sum(share.goes for share in shares) == sum(erased.erasure.counts.values())
    assert all(share.hold is not None for share in shares if share.stays)


def test_the_person_is_told_what_stays_and_why_in_one_last_mail(session, settings):
    account = a_rich_person(session)
    address = account.email
    service.request_erasure(session, actor_of(session, account), now=NOON)
    erasure = session.scalars(select(Erasure)).one()
    service.carry_out(session, Actor.system(), erasure.public_id, settings, now=NOON)
    (mail,) = session.scalars(select(OutboxMail).where(OutboxMail.recipient_address == address))
    assert mail.template == "privacy/erased"
    assert "record of who did what" in json.dumps(mail.values).lower()


def test_whoever_asks_for_it_is_out_at_once_and_asking_twice_erases_once(session, settings):
    account = an_account(session)
    session.add(AccountSession(account_id=account.id, token_hash=b"x", created_at=NOON, last_seen_at=NOON))
    erasure = service.request_erasure(session, actor_of(session, account), now=NOON)
    session.expire_all()
    assert session.get(Account, account.id).blocked_at == NOON
    assert session.scalars(select(AccountSession.ended_at)).all() == [NOON]
    assert service.carry_out(session, Actor.system(), erasure.public_id, settings, now=NOON) is not None
    assert service.carry_out(session, Actor.system(), erasure.public_id, settings, now=NOON) is None
    assert len(ledger.lines(settings.instance)) == 1


def test_the_only_one_who_manages_an_organisation_hands_that_over_first(session):
    account = an_account(session)
    an_organisation(session, name="Gemeinde Muster", members=[account])
    with pytest.raises(Conflict) as refusal:
        service.request_erasure(session, actor_of(session, account), now=NOON)
    assert refusal.value.text.values == {"name": "Gemeinde Muster"}


def test_nobody_erases_somebody_else(session, settings):
    account, other = an_account(session), an_account(session)
    with pytest.raises(Forbidden):
        service.erase_person(
            session, actor_of(session, other), as_person(account), settings, way=ErasureWay.OPERATOR, now=NOON
        )


def test_texts_of_others_that_name_the_person_are_listed_for_the_coordinator(session, settings):
    account, other = a_rich_person(session), an_account(session)
    talks = a_listing(session, other, description=f"Fragen Sie {account.name}.")
    erased = erase(session, account, settings)
    assert ["listing", str(talks.public_id)] in erased.erasure.mentions


def test_the_record_keeps_the_number_and_no_name(session, settings):
    account = a_rich_person(session)
    service.request_export(session, actor_of(session, account), now=NOON)
    public_id = account.public_id
    erase(session, account, settings)
    entries = session.scalars(select(AuditEntry).where(AuditEntry.account_public_id == public_id)).all()
    assert entries


def test_files_of_the_person_are_gone_from_the_disk(session, settings):
    from succession.privacy.models import DataExport

    account = a_rich_person(session)
    service.request_export(session, actor_of(session, account), now=NOON)
    record = session.scalars(select(DataExport)).one()
    service.make_export(session, Actor.system(), record.public_id, settings, now=NOON)
    erased = erase(session, account, settings)
    erased.remove_files()
    assert list((settings.instance / "exports").iterdir()) == []


def test_the_ledger_lies_outside_the_database_and_is_readable_by_this_program_only(session, settings):  # P3
    account = an_account(session)
    public_id, email = account.public_id, account.email
    erase(session, account, settings)
    path = settings.instance / ledger.FILE
    assert path.stat().st_mode & 0o777 == 0o600
    (line,) = ledger.lines(settings.instance)
    assert line.account_public_id == public_id
    assert email not in path.read_text()


def test_a_ledger_that_cannot_be_read_stops_the_replay_with_the_number_of_the_line(session, settings):
    settings.instance.mkdir(exist_ok=True)
    (settings.instance / ledger.FILE).write_text('{"account": "nonsense"}\n')
    with pytest.raises(Conflict) as refusal:
        service.replay_ledger(session, Actor.system(), settings, now=NOON)
    assert refusal.value.text.values["number"] == 1
