from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, Role
from succession.accounts.queries import actor_of
from succession.errors import Forbidden, NotFound, Refused
from succession.files import jobs, queries, service, store
from succession.files.models import StoredFile
from succession.files.policy import FileOwner
from succession.files.purposes import Purpose
from succession.files.service import Upload
from succession.listings import queries_files, service_files
from succession.listings.models_files import ListingFile
from tests.factories.accounts import an_account, an_actor
from tests.factories.files import BAD_PHOTOS, a_document, a_photo
from tests.factories.listings import a_listing


def photo(name="hof.jpg", **options):
    return Upload(name, a_photo(**options), Purpose.OFFER_PHOTO, "Scheune")


@pytest.fixture
def owner(session):
    return an_account(session, Role.TRANSFEROR)


@pytest.fixture
def actor(session, owner):
    return actor_of(session, owner.id)


@pytest.fixture
def offer(session, owner):
    return a_listing(session, owner, place=None)


def test_a_photo_is_kept_in_every_size_under_a_name_that_says_nothing(session, actor, tmp_path, now):
    name = "../../etc/Hof Sonnenschein 53.03N 11.15E.jpg"
    kept = service.add_photo(
        session, actor, FileOwner(account_id=actor.account_id), photo(name), folder=tmp_path, now=now
    )
    found = sorted(path.name for path in tmp_path.glob("??/*"))
    assert found == sorted(f"{kept.public_id.hex}.{size}" for size in ("small", "medium", "large"))
    assert kept.name == "Hof Sonnenschein 53.03N 11.15E.jpg"
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.glob("??/*"))


@pytest.mark.parametrize("name", BAD_PHOTOS)
def test_nothing_of_a_bad_file_stays(session, actor, tmp_path, now, name):  # S12
    upload = Upload(name, BAD_PHOTOS[name], Purpose.OFFER_PHOTO, "Scheune")
    with pytest.raises(Refused):
        service.add_photo(session, actor, FileOwner(account_id=actor.account_id), upload, folder=tmp_path, now=now)
    assert list(tmp_path.rglob("*.*")) == []
    assert session.scalar(select(func.count()).select_from(StoredFile)) == 0


def test_a_file_that_is_too_large_is_refused_unread(session, actor, tmp_path, now, monkeypatch):
    monkeypatch.setattr(service, "LARGEST_PHOTO", 1000)
    with pytest.raises(Refused) as refused:
        service.add_photo(session, actor, FileOwner(account_id=actor.account_id), photo(), folder=tmp_path, now=now)
    assert "too large" in refused.value.text.msgid


def test_what_one_owner_may_keep_has_a_limit(session, actor, tmp_path, now, monkeypatch):  # S17
    mine = FileOwner(account_id=actor.account_id)
    service.add_photo(session, actor, mine, photo(), folder=tmp_path, now=now)
    monkeypatch.setattr(service, "MOST_BYTES_OF_AN_OWNER", queries.bytes_of(session, mine) + 100)
    with pytest.raises(Refused):
        service.add_photo(session, actor, mine, photo(size=(300, 300)), folder=tmp_path, now=now)


def test_nobody_adds_files_for_somebody_else(session, owner, tmp_path, now):
    stranger = an_actor(session, Role.TRANSFEROR)
    for wrong in (FileOwner(account_id=owner.id), FileOwner(organisation_id=1), FileOwner()):
        with pytest.raises(Forbidden):
            service.add_photo(session, stranger, wrong, photo(), folder=tmp_path, now=now)


def test_a_foreign_file_does_not_exist(session, actor, tmp_path, now):
    kept = service.add_photo(session, actor, FileOwner(account_id=actor.account_id), photo(), folder=tmp_path, now=now)
    for stranger in (an_actor(session, Role.TRANSFEROR), an_actor(session, Role.COORDINATOR), Actor.visitor()):
        with pytest.raises(NotFound):
            service.remove(session, stranger, kept.public_id, now=now)
        with pytest.raises(NotFound):
            queries.kept(session, stranger, kept.public_id)
    assert queries.kept(session, actor, kept.public_id) is kept


def test_the_same_photo_twice_is_there_once(session, actor, offer, tmp_path, now):
    first = service_files.add_file(session, actor, offer.public_id, photo(), folder=tmp_path, now=now)
    again = service_files.add_file(session, actor, offer.public_id, photo("anders.jpg"), folder=tmp_path, now=now)
    assert again is first
    assert len(queries_files.files_of(session, offer.id, Purpose.OFFER_PHOTO)) == 1


def test_photos_stand_in_the_order_that_their_owner_gives_them(session, actor, offer, tmp_path, now):
    names = ["eins", "zwei", "drei"]
    added = [
        service_files.add_file(
            session, actor, offer.public_id, photo(name, size=(10 + n, 10)), folder=tmp_path, now=now
        )
        for n, name in enumerate(names)
    ]
    service_files.move_file_up(session, actor, offer.public_id, added[2].public_id)
    service_files.move_file_up(session, actor, offer.public_id, added[0].public_id)
    assert [file.name for file in queries_files.files_of(session, offer.id, Purpose.OFFER_PHOTO)] == [
        "eins",
        "drei",
        "zwei",
    ]


def test_a_file_of_another_offer_cannot_be_reached_through_ones_own(session, actor, offer, tmp_path, now):
    other_owner = an_account(session, Role.TRANSFEROR)
    other = a_listing(session, other_owner, place=None)
    theirs = service_files.add_file(
        session, actor_of(session, other_owner.id), other.public_id, photo(), folder=tmp_path, now=now
    )
    for act in (
        lambda: service_files.remove_file(session, actor, offer.public_id, theirs.public_id, now=now),
        lambda: service_files.move_file_up(session, actor, offer.public_id, theirs.public_id),
        lambda: service_files.describe_file(session, actor, offer.public_id, theirs.public_id, "x", now=now),
        lambda: service_files.add_file(session, actor, other.public_id, photo(), folder=tmp_path, now=now),
        lambda: service_files.remove_file(session, actor, offer.public_id, uuid4(), now=now),
    ):
        with pytest.raises(NotFound):
            act()
    assert session.scalar(select(func.count()).select_from(ListingFile)) == 1


def test_an_offer_has_at_most_so_many_photos(session, actor, offer, tmp_path, now, monkeypatch):  # S17
    monkeypatch.setitem(service_files.MOST_OF, Purpose.OFFER_PHOTO, 1)
    service_files.add_file(session, actor, offer.public_id, photo(), folder=tmp_path, now=now)
    with pytest.raises(Refused):
        service_files.add_file(session, actor, offer.public_id, photo(size=(9, 9)), folder=tmp_path, now=now)


def test_a_document_is_no_photo_and_a_photo_no_document(session, actor, tmp_path, now):
    mine = FileOwner(account_id=actor.account_id)
    document = Upload("plan.pdf", a_document(), Purpose.OFFER_DOCUMENT, "Plan")
    assert service.add_document(session, actor, mine, document, folder=tmp_path, now=now).pages == 2
    with pytest.raises(Refused):
        service.add_photo(session, actor, mine, document, folder=tmp_path, now=now)
    with pytest.raises(Refused):
        service.add_document(session, actor, mine, photo(), folder=tmp_path, now=now)


def test_the_sweep_takes_what_no_row_speaks_of_but_nothing_fresh(session, actor, tmp_path, now):
    kept = service.add_photo(session, actor, FileOwner(account_id=actor.account_id), photo(), folder=tmp_path, now=now)
    orphan = uuid4()
    store.write(tmp_path, orphan, {"large": b"x"})
    written = store.place_of(tmp_path, orphan, "large").stat().st_mtime
    moment = now.fromtimestamp(written, tz=now.tzinfo)
    assert store.sweep(tmp_path, queries.public_ids(session), now=moment + timedelta(minutes=5)) == 0
    assert store.sweep(tmp_path, queries.public_ids(session), now=moment + timedelta(hours=2)) == 1
    assert store.read(tmp_path, kept.public_id, "large")


def test_removed_bytes_go_with_the_job_and_only_then(session, actor, tmp_path, now, worker_database):
    settings = worker_database.settings
    kept = service.add_photo(
        session, actor, FileOwner(account_id=actor.account_id), photo(), folder=settings.files, now=now
    )
    jobs.forget(session, settings=settings, public_id=str(kept.public_id), now=now)
    assert store.read(settings.files, kept.public_id, "small"), "a job that comes too early takes nothing"
    service.remove(session, actor, kept.public_id, now=now)
    jobs.forget(session, settings=settings, public_id=str(kept.public_id), now=now)
    assert store.read(settings.files, kept.public_id, "small") is None


def test_many_at_once_cannot_outrun_the_limit(database, now, monkeypatch):
    with Session(database.engine, expire_on_commit=False) as session:
        account = an_account(session, Role.TRANSFEROR)
        offer = a_listing(session, account, place=None)
        actor = actor_of(session, account.id)
    monkeypatch.setitem(service_files.MOST_OF, Purpose.OFFER_PHOTO, 2)

    def add(number):
        with Session(database.engine) as session, session.begin():
            upload = photo(size=(20 + number, 20))
            service_files.add_file(session, actor, offer.public_id, upload, folder=database.settings.files, now=now)

    with ThreadPoolExecutor(6) as pool:
        outcomes = [future.exception() for future in [pool.submit(add, number) for number in range(6)]]
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType"] * 2 + ["Refused"] * 4
