"""The copy is complete against the register, holds only the person's, and nobody else's address (P1)."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from succession.accounts.actor import Actor
from succession.errors import NotFound, TooMany
from succession.outbox import service as outbox
from succession.outbox.values import Mail
from succession.privacy import queries, service
from succession.privacy.exporting import exported_columns, held
from succession.privacy.models import DataExport
from succession.privacy.personal_data import EXPORT_KEPT
from succession.privacy.register import REGISTER
from tests.conftest import settings_for
from tests.factories.accounts import an_account
from tests.factories.privacy import MARKERS, NOON, NOT_COPIED, a_rich_person, actor_of, as_person


@pytest.fixture
def settings(tmp_path):
    return settings_for("postgresql+psycopg://nowhere", tmp_path)


def copy_of(session, account, settings, *, now=NOON):
    service.request_export(session, actor_of(session, account), now=now)
    record = session.scalars(select(DataExport).order_by(DataExport.id.desc())).first()
    service.make_export(session, Actor.system(), record.public_id, settings, now=now)
    return record, service.note_fetched(session, actor_of(session, account), record.public_id, settings, now=now)


def contents(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name).decode("utf-8") for name in package.namelist()}


def test_every_marker_of_a_person_is_in_their_copy_as_json_and_as_csv(session, settings):
    account = a_rich_person(session)
    files = contents(copy_of(session, account, settings)[1])
    together = {
        kind: "".join(text for name, text in files.items() if name.startswith(kind)) for kind in ("json", "csv")
    }
    for words in together.values():
        assert [marker for marker in MARKERS if marker not in words] == list(NOT_COPIED)


def test_the_copy_holds_exactly_the_rows_and_columns_that_the_register_names(session, settings):
    account = a_rich_person(session)
    tables = {table.name: table for table in held(session, as_person(account))}
    person = as_person(account)
    for marked in REGISTER:
        exported = [concern for concern in marked.concerns if concern.is_exported]
        if not exported or not marked.personal:
            assert marked.table.name not in tables
            continue
        wanted = sum(
            len(session.execute(select(marked.table.c[0]).where(concern.where(person))).all()) for concern in exported
        )
        rows = tables[marked.table.name].rows
        assert len(rows) == wanted, marked.table.name
        for row in rows:
            allowed = [{*exported_columns(marked, concern), "public_id"} for concern in exported]
            assert {*row, "public_id"} in allowed, marked.table.name


def test_no_other_persons_address_is_in_the_copy(session, settings):
    account, others = a_rich_person(session), [an_account(session) for _ in range(3)]
    texts = {"from": f"Frau Muster <{others[0].email}> schreibt", "list": [others[1].email]}
    outbox.enqueue(session, Mail("operations/trial", texts), account_id=account.id, now=NOON)
    outbox.enqueue(session, Mail("operations/trial", {"to": account.email}), account_id=others[2].id, now=NOON)
    everything = "".join(contents(copy_of(session, account, settings)[1]).values())
    contact = settings.contact.email
    assert [other.email for other in others if other.email in everything] == []
    assert account.email in everything
    assert "[…] schreibt" in everything.replace("<", "").replace(">", "")
    assert everything.replace(account.email, "").replace(contact, "").count("@") == 0


def test_secrets_and_numbers_of_ours_are_not_in_the_copy(session, settings):
    account = a_rich_person(session)
    everything = "".join(contents(copy_of(session, account, settings)[1]).values())
    assert account.password_hash not in everything
    assert "_account_id" not in everything


def test_the_page_that_says_what_is_what_is_in_the_persons_language(session, settings):
    account = a_rich_person(session)
    words = contents(copy_of(session, account, settings)[1])["LIESMICH.txt"]
    assert "json/account.json" in words
    for heading in ("IHR KONTO", "Wofür:", "Warum wir das dürfen:", "Wie lange:", "Wer sie bekommt:"):
        assert heading in words


def test_a_table_program_computes_nothing_and_reads_umlauts(session, settings):  # S13
    account = a_rich_person(session)
    account.name = "=HYPERLINK(1)"
    session.commit()
    text = contents(copy_of(session, account, settings)[1])["csv/account.csv"]
    assert text.startswith("\ufeff")
    (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    assert row["name"] == "'=HYPERLINK(1)"
    assert json.loads(contents(copy_of(session, account, settings)[1])["json/account.json"])["account"][0]["name"] == (
        "=HYPERLINK(1)"
    )


def test_the_file_is_readable_by_this_program_only_and_for_that_person_only(session, settings):
    account, stranger = a_rich_person(session), an_account(session)
    record, path = copy_of(session, account, settings)
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(NotFound):
        queries.export(session, actor_of(session, stranger), record.public_id, now=NOON)
    with pytest.raises(NotFound):
        service.note_fetched(session, actor_of(session, stranger), record.public_id, settings, now=NOON)
    with pytest.raises(NotFound):
        queries.export(session, actor_of(session, account), UUID(int=1), now=NOON)


def test_somebody_who_acts_for_a_person_gets_no_copy_of_their_data(session, settings):
    from succession.accounts.actor import Principal
    from succession.errors import Forbidden

    account, helper = a_rich_person(session), actor_of(session, an_account(session))
    acting = replace(helper, acting_for=Principal(account.id, account.public_id, account.name))
    with pytest.raises(Forbidden):
        service.request_export(session, acting, now=NOON)


def test_after_seven_days_the_copy_is_gone(session, settings):
    account = a_rich_person(session)
    record, _ = copy_of(session, account, settings)
    with pytest.raises(NotFound):
        queries.export(session, actor_of(session, account), record.public_id, now=NOON + EXPORT_KEPT)


def test_a_fourth_copy_on_one_day_has_to_wait(session, settings):  # S17
    account = an_account(session)
    for _ in range(3):
        service.request_export(session, actor_of(session, account), now=NOON)
    with pytest.raises(TooMany):
        service.request_export(session, actor_of(session, account), now=NOON)
    service.request_export(session, actor_of(session, account), now=NOON + service.A_DAY)
