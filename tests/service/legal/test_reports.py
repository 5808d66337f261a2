"""Reports: receipt, decision with reasons to both sides, one complaint a side, what follows (Art. 16, 17, 20 DSA)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from succession.accounts.actor import Actor, Role
from succession.errors import Conflict, Forbidden, NotFound, Refused
from succession.legal import queries_reports, service_reports
from succession.legal.models_reports import Report
from succession.legal.reports import AboutKind, Decision, Ground, Reason, Side
from succession.legal.service_reports import Judgement, NewReport
from succession.listings import service as listings
from succession.listings.jobs_decisions import FOLLOW, follow_decision
from succession.listings.states import ListingState
from succession.outbox.models import OutboxMail
from tests.factories.accounts import an_account, an_actor, an_organisation
from tests.factories.listings import a_published_listing
from tests.factories.places import a_small_region

WHY = "Der Text nennt den Namen einer Nachbarin. Das darf er nicht."
REMOVE = Judgement(Decision.REMOVE, Ground.LAW, WHY)
HIDE = Judgement(Decision.HIDE, Ground.TERMS, WHY)
KEEP = Judgement(Decision.KEEP, Ground.NOTHING_WRONG, WHY)


@pytest.fixture
def owner(session):
    return an_account(session, Role.TRANSFEROR)


@pytest.fixture
def coordinator(session):
    return an_actor(session, Role.COORDINATOR)


@pytest.fixture
def listing(session, owner):
    a_small_region(session)
    return a_published_listing(session, owner)


@pytest.fixture
def reported(session, owner, listing, now):
    """A visitor's report of the owner's offer, with an address for the answer."""
    new = NewReport(AboutKind.LISTING, listing.public_id, None, Reason.PERSONAL, "Da steht mein Name.",
                    email="nachbarin@example.org", affected_account_id=owner.id)  # fmt: skip
    receipt = service_reports.report(session, Actor.visitor(), new, language="de", now=now)
    session.commit()
    return receipt


def mails(session):
    rows = session.scalars(select(OutboxMail).where(OutboxMail.template.like("legal/%")).order_by(OutboxMail.id))
    return [(mail.template, mail.recipient_address or mail.recipient_account_id) for mail in rows]


def decide(session, coordinator, reported, judged, now):
    case = service_reports.decide(session, coordinator, reported.report.public_id, judged, now=now)
    session.commit()
    return case


def follow(session, listing, reported, now):
    follow_decision(session, offer_id=str(listing.public_id), report_id=str(reported.report.public_id), now=now)
    session.commit()


def test_who_reports_gets_a_receipt_and_finds_it_only_with_the_key(session, reported):
    case = queries_reports.own_case(session, Actor.visitor(), reported.report.public_id, reported.key)
    assert (case.side, case.is_open) == (Side.REPORTER, True)
    assert mails(session) == [("legal/received", "nachbarin@example.org")]
    for key in (None, "", "falsch"):
        with pytest.raises(NotFound):
            queries_reports.own_case(session, Actor.visitor(), reported.report.public_id, key)
    assert reported.key.encode() not in session.scalars(select(Report.key_hash)).one()


def test_both_sides_learn_the_reasons_and_the_offer_goes(session, coordinator, owner, listing, reported, now):
    case = decide(session, coordinator, reported, HIDE, now)
    assert (case.is_open, case.decision.decision) == (False, Decision.HIDE)
    assert mails(session)[1:] == [("legal/decided", "nachbarin@example.org"), ("legal/decided_for_owner", owner.id)]
    waiting = session.execute(text("SELECT task_name FROM procrastinate_jobs WHERE task_name = :n"), {"n": FOLLOW})
    assert waiting.all()
    follow(session, listing, reported, now)
    follow(session, listing, reported, now)  # jobs are done at least once
    session.refresh(listing)
    assert listing.state is ListingState.WITHDRAWN


def test_the_owner_never_learns_who_reported(session, coordinator, owner, reported, now):
    decide(session, coordinator, reported, HIDE, now)
    mail = session.scalars(select(OutboxMail).where(OutboxMail.template == "legal/decided_for_owner")).one()
    assert "nachbarin" not in str(mail.values)
    assert "Da steht mein Name" not in str(mail.values)


def test_what_is_removed_cannot_be_published_again_until_a_complaint_is_upheld(
    session, coordinator, owner, listing, reported, now
):
    decide(session, coordinator, reported, REMOVE, now)
    follow(session, listing, reported, now)
    actor = an_actor_of(session, owner)
    listings.take_step(session, actor, listing.public_id, listings.Step.REVISE, now=now)
    with pytest.raises(Refused):
        listings.publish(session, actor, listing.public_id, is_confirmed=True, now=now)
    service_reports.complain(session, actor, reported.report.public_id, "Das bin ich selbst.", now=now)
    decide(session, coordinator, reported, KEEP, now)
    assert not queries_reports.is_removed_for_good(session, AboutKind.LISTING, listing.public_id)


def an_actor_of(session, account):
    from succession.accounts.queries import actor_of

    return actor_of(session, account.id)


def test_each_side_may_complain_once_and_within_six_months(session, coordinator, owner, reported, now):
    report_id, actor = reported.report.public_id, an_actor_of(session, owner)
    with pytest.raises(NotFound):  # nothing is decided yet: the owner has nothing to do with it
        service_reports.complain(session, actor, report_id, "Nein", now=now)
    decide(session, coordinator, reported, HIDE, now)
    service_reports.complain(session, actor, report_id, "Nein", now=now)
    decide(session, coordinator, reported, HIDE, now)
    with pytest.raises(Forbidden):
        service_reports.complain(session, actor, report_id, "Doch", now=now)
    late = now + timedelta(days=200)
    with pytest.raises(Forbidden):
        service_reports.complain(session, Actor.visitor(), report_id, "Nein", key=reported.key, now=late)
    service_reports.complain(session, Actor.visitor(), report_id, "Nein", key=reported.key, now=now)
    assert len(queries_reports.case(session, report_id).decisions) == 2


def test_nobody_decides_in_a_matter_of_their_own(session, listing, now):
    both = an_account(session, Role.COORDINATOR, Role.TRANSFEROR)
    new = NewReport(AboutKind.LISTING, listing.public_id, None, Reason.FALSE, "Falsch", affected_account_id=both.id)
    receipt = service_reports.report(session, Actor.visitor(), new, language="de", now=now)
    with pytest.raises(Forbidden):
        service_reports.decide(session, an_actor_of(session, both), receipt.report.public_id, KEEP, now=now)
    with pytest.raises(Forbidden):
        service_reports.decide(session, Actor.system(), receipt.report.public_id, KEEP, now=now)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_only_the_coordination_decides(session, reported, now, role):
    with pytest.raises(Forbidden):
        service_reports.decide(session, an_actor(session, role), reported.report.public_id, KEEP, now=now)


def test_a_decision_needs_reasons_that_fit_and_is_made_once(session, coordinator, reported, now):
    for judged in (Judgement(Decision.KEEP, Ground.LAW, WHY), Judgement(Decision.HIDE, Ground.LAW, "Darum.")):
        with pytest.raises(Refused):
            service_reports.decide(session, coordinator, reported.report.public_id, judged, now=now)
    decide(session, coordinator, reported, KEEP, now)
    with pytest.raises(Conflict):
        service_reports.decide(session, coordinator, reported.report.public_id, HIDE, now=now)


def test_of_an_organisation_those_who_act_for_it_are_told(session, coordinator, now):
    clerk = an_account(session, Role.LANDOWNER)
    office = an_organisation(session, members=(clerk,))
    new = NewReport(AboutKind.LISTING, uuid4(), None, Reason.FALSE, "Falsch", affected_organisation_id=office.id)
    receipt = service_reports.report(session, Actor.visitor(), new, language="de", now=now)
    service_reports.decide(session, coordinator, receipt.report.public_id, KEEP, now=now)
    assert mails(session) == [("legal/decided_for_owner", clerk.id)]
    case = queries_reports.own_case(session, an_actor_of(session, clerk), receipt.report.public_id, None)
    assert case.side is Side.OWNER


def test_the_list_of_the_coordination_begins_with_what_waits_longest(session, coordinator, reported, now):
    later = NewReport(AboutKind.PAGE, None, "/talk", Reason.BARRIER, "Geht nicht")
    second = service_reports.report(session, Actor.visitor(), later, language="de", now=now + timedelta(hours=1))
    waiting = queries_reports.cases(session, only_open=True, offset=0, limit=10)
    assert [case.report.id for case in waiting] == [reported.report.id, second.report.id]
    decide(session, coordinator, reported, KEEP, now)
    assert [case.report.id for case in queries_reports.cases(session, only_open=True, offset=0, limit=10)] == [
        second.report.id
    ]
