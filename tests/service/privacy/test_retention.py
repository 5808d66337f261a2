"""What has had its time goes by itself, told before where that is promised (P4)."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from succession.accounts.actor import Actor
from succession.accounts.models import Account, AccountSession
from succession.errors import Forbidden
from succession.jobs import progress
from succession.jobs.models import WorkProgress
from succession.listings.models import Listing
from succession.listings.states import ListingState
from succession.marks import OnExpiry, Retention
from succession.outbox.models import OutboxMail
from succession.privacy import service_retention
from succession.privacy.models import RetentionWarning
from succession.privacy.register import REGISTER
from succession.profiles.models import Search
from tests.conftest import settings_for
from tests.factories.accounts import an_account, an_organisation
from tests.factories.listings import a_listing, a_published_listing
from tests.factories.places import a_small_region
from tests.factories.privacy import NOON, a_rich_person, actor_of
from tests.factories.profiles import a_profile, a_search

DAY = timedelta(days=1)
TWO_YEARS = timedelta(days=730)


@pytest.fixture
def settings(tmp_path):
    return settings_for("postgresql+psycopg://nowhere", tmp_path)


@pytest.fixture
def nightly(session, settings):
    """nightly(moment): the job of that night; nightly.plan(moment): what it would do."""

    def nightly(moment, register=REGISTER):
        outcome = service_retention.run(session, Actor.system(), settings, now=moment, register=register)
        return {(line.table, line.column): line for line in outcome.lines if line.due or line.told}

    return nightly


def count(session, model, *where):
    return session.scalar(select(func.count()).select_from(model).where(*where))


def test_a_draft_that_nobody_touches_is_told_of_and_goes_after_two_years(session, nightly):
    a_small_region(session)
    owner = an_account(session)
    a_listing(session, owner, updated_at=NOON)
    kept = a_published_listing(session, owner, updated_at=NOON)
    nightly(NOON + TWO_YEARS - 15 * DAY)
    assert count(session, OutboxMail, OutboxMail.template == "privacy/going_soon") == 0
    told = nightly(NOON + TWO_YEARS - 14 * DAY)
    assert told[("listing", "updated_at")].told == 1
    assert count(session, OutboxMail, OutboxMail.template == "privacy/going_soon") == 1
    assert nightly(NOON + TWO_YEARS - DAY) == {}, "told once, not every night"
    assert nightly(NOON + TWO_YEARS)[("listing", "updated_at")].due == 1
    assert session.scalars(select(Listing.id)).all() == [kept.id]


def test_a_draft_that_is_touched_after_the_warning_stays_and_is_told_of_anew(session, nightly):
    a_small_region(session)
    draft = a_listing(session, an_account(session), updated_at=NOON)
    nightly(NOON + TWO_YEARS - 14 * DAY)
    draft.updated_at = NOON + TWO_YEARS - 10 * DAY
    session.commit()
    assert ("listing", "updated_at") not in nightly(NOON + TWO_YEARS)
    assert count(session, Listing) == 1
    assert nightly(draft.updated_at + TWO_YEARS)[("listing", "updated_at")].told == 1
    assert session.scalars(select(RetentionWarning.moment)).all() == [draft.updated_at]


def test_after_a_long_standstill_nobody_loses_anything_without_warning(session, nightly):
    a_small_region(session)
    a_listing(session, an_account(session), updated_at=NOON)
    late = NOON + TWO_YEARS + 100 * DAY
    assert nightly(late)[("listing", "updated_at")].told == 1
    assert count(session, Listing) == 1
    nightly(late + 14 * DAY)
    assert count(session, Listing) == 0


def test_one_mail_tells_a_person_of_everything_that_goes(session, nightly):
    a_small_region(session)
    person = an_account(session)
    a_listing(session, person, updated_at=NOON)
    a_listing(session, person, updated_at=NOON)
    a_search(session, a_profile(session, person), updated_at=NOON)
    nightly(NOON + TWO_YEARS - 14 * DAY)
    (mail,) = session.scalars(select(OutboxMail).where(OutboxMail.template == "privacy/going_soon"))
    assert mail.recipient_account_id == person.id
    numbers = {
        line["text"]["values"]["title"]["text"]["msgid"]: line["text"]["values"]["number"]
        for line in mail.values["lines"]
    }
    assert numbers == {"Your offers": 2, "Your profile and your searches": 1}


def test_what_belongs_to_an_organisation_is_left_for_the_archive(session, nightly):
    a_small_region(session)
    parish = an_organisation(session)
    a_listing(session, parish, updated_at=NOON)
    a_listing(session, parish, state=ListingState.WITHDRAWN, ended_at=NOON, updated_at=NOON)
    nightly(NOON + 3 * TWO_YEARS)
    nightly(NOON + 4 * TWO_YEARS)
    assert count(session, Listing) == 2


def test_mails_sessions_and_finished_work_go_in_silence(session, nightly):
    person = a_rich_person(session)
    session.add(AccountSession(account_id=person.id, token_hash=b"old", created_at=NOON, last_seen_at=NOON))
    progress.start(session, "test", account_id=person.id, now=NOON)
    for mail in session.scalars(select(OutboxMail)):
        mail.state = "kept"
    session.commit()
    nightly(NOON + 91 * DAY)
    assert count(session, AccountSession) == count(session, WorkProgress) == 0
    assert count(session, OutboxMail, OutboxMail.template == "operations/trial") == 0
    assert count(session, Listing) == 4
    assert count(session, Search) == 2


def test_a_mail_that_still_waits_for_the_server_stays(session, nightly):
    a_rich_person(session)
    nightly(NOON + 200 * DAY)
    assert count(session, OutboxMail, OutboxMail.template == "operations/trial") == 1


def test_the_last_mail_to_somebody_who_is_gone_goes_a_day_after_it_was_sent(session, nightly, settings):
    from succession.privacy import service
    from succession.privacy.models import ErasureWay
    from tests.factories.privacy import as_person

    person = an_account(session)
    service.erase_person(session, Actor.system(), as_person(person), settings, way=ErasureWay.OPERATOR, now=NOON)
    (mail,) = session.scalars(select(OutboxMail))
    mail.state = "kept"
    session.flush()
    nightly(NOON + DAY)
    assert count(session, OutboxMail) == 0


def test_an_account_whose_time_is_over_goes_with_everything_of_its_person(session, settings):
    """The rule stands on a made-up register: which accounts expire is the accounts room's own mark."""
    person = a_rich_person(session)
    rule = Retention("created_at", 7 * DAY, only=Account.id == person.id, on_expiry=OnExpiry.ERASE_PERSON)
    register = tuple(
        marked
        if marked.table.name != "account"
        else type(marked)(
            marked.table, marked.plain, marked.personal, marked.secret, marked.data_class, marked.concerns, (rule,)
        )
        for marked in REGISTER
    )
    late = person.created_at + 7 * DAY
    outcome = service_retention.run(session, Actor.system(), settings, now=late, register=register)
    assert [erased.erasure.way for erased in outcome.erased] == ["expired"]
    assert count(session, Listing) == 2, "only the parish's and the neighbour's"


def test_a_dry_run_names_the_same_numbers_and_changes_nothing(session, settings):
    a_small_region(session)
    a_listing(session, an_account(session), updated_at=NOON)
    moment = NOON + TWO_YEARS - 14 * DAY
    planned = service_retention.plan(session, Actor.system(), now=moment)
    assert count(session, RetentionWarning) == 0
    assert planned == service_retention.run(session, Actor.system(), settings, now=moment).lines


def test_only_the_clock_and_the_operator_let_things_go(session, settings):
    with pytest.raises(Forbidden):
        service_retention.run(session, actor_of(session, an_account(session)), settings, now=NOON)


def test_copies_are_swept_from_the_disk(settings):
    import os

    folder = settings.instance / "exports"
    folder.mkdir(parents=True)
    old, fresh = folder / "a.zip", folder / "b.zip"
    for path, age in ((old, 8), (fresh, 1)):
        path.write_bytes(b"x")
        os.utime(path, ((NOON - age * DAY).timestamp(),) * 2)
    service_retention.sweep_files(settings, now=NOON)
    assert [path.name for path in folder.iterdir()] == ["b.zip"]


def test_an_address_that_nobody_confirms_is_forgotten_after_seven_days_and_not_written_to(session, nightly):
    an_account(session, created_at=NOON, confirmed_at=None)
    kept = an_account(session, created_at=NOON, confirmed_at=NOON)
    on_paper = an_account(session, email=None, created_at=NOON, confirmed_at=None)
    nightly(NOON + 7 * DAY - timedelta(seconds=1))
    assert count(session, Account) == 3
    nightly(NOON + 7 * DAY)
    assert set(session.scalars(select(Account.id))) == {kept.id, on_paper.id}
    assert count(session, OutboxMail) == 0
