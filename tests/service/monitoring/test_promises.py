from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from succession.accounts.actor import Actor, Role
from succession.accounts.models import Account
from succession.accounts.queries import actor_of
from succession.errors import Conflict, Forbidden, NotFound, Refused
from succession.monitoring import policy, queries, service, service_findings
from succession.monitoring.models import Finding, PromiseCheck
from succession.monitoring.outcomes import Ending, Outcome
from succession.monitoring.schedule import Standing
from succession.outbox.models import OutboxMail
from tests.factories.accounts import an_account
from tests.factories.files import a_document, a_photo
from tests.factories.monitoring import a_contract, a_watched_contract


def moment(year, month, day):
    return datetime(year, month, day, 10, tzinfo=UTC)


def lessee_of(session, contract):
    return actor_of(session, queries.holder_of(session, contract).account_id)


def checks(session, contract):
    found = queries.held_by(session, contract, today=date(2031, 1, 1))
    return {line.promise.key: [one.check for one in line.checks] for line in found.promises}


def findings(session, actor, check, outcome=Outcome.KEPT, now=None, **values):
    values = {"note": "Angesehen.", "found_on": date(2031, 10, 1), **values}
    return service_findings.record(
        session,
        actor,
        check.public_id,
        outcome=outcome,
        revision=check.revision,
        now=now or moment(2031, 10, 2),
        **values,
    )


def test_a_signed_contract_makes_promises_into_days(session):
    _, contract, _ = a_watched_contract(session)
    days = {key: [check.due_on for check in some] for key, some in checks(session, contract).items()}
    assert days == {
        "hedge": [date(2031, 10, 1)],
        "organic": [date(2031, 4, 1), date(2032, 4, 1), date(2033, 4, 1)],
    }


def test_beginning_again_changes_nothing(session):
    _, contract, now = a_watched_contract(session)
    assert service.begin(session, Actor.system(), contract.id, now=now) == 0
    assert len(session.scalars(select(PromiseCheck)).all()) == 4


def test_who_earned_no_points_on_a_line_has_not_promised_it(session):
    said = {"Anna Ahorn": {"organic": False, "founded_years": "3"}}
    _, contract, _ = a_watched_contract(session, answers=said)
    assert set(checks(session, contract)) == {"hedge"}


def test_only_the_clock_begins_and_reminds(session):
    scene, contract, now = a_contract(session)
    for door in (
        lambda: service.begin(session, scene.clerk, contract.id, now=now),
        lambda: service.remind(session, scene.clerk, now=now),
    ):
        with pytest.raises(Forbidden):
            door()


def mails(session):
    rows = session.scalars(select(OutboxMail).where(OutboxMail.template.startswith("monitoring/")))
    return [row.template.removeprefix("monitoring/") for row in rows]


def test_both_sides_are_reminded_once_before_and_the_office_once_after(session):
    _, _, _ = a_watched_contract(session)
    assert service.remind(session, Actor.system(), now=moment(2031, 3, 1)) == 0
    assert service.remind(session, Actor.system(), now=moment(2031, 3, 5)) == 1
    assert sorted(mails(session)) == ["announced", "to_office"]
    assert service.remind(session, Actor.system(), now=moment(2031, 3, 6)) == 0
    assert service.remind(session, Actor.system(), now=moment(2031, 4, 16)) == 1
    assert service.remind(session, Actor.system(), now=moment(2031, 4, 17)) == 0
    assert sorted(mails(session)) == ["announced", "overdue", "to_office"]


def test_what_was_found_is_not_asked_for_again(session):
    scene, contract, _ = a_watched_contract(session)
    first = checks(session, contract)["organic"][0]
    findings(session, scene.clerk, first, found_on=date(2031, 3, 1), now=moment(2031, 3, 1))
    assert service.remind(session, Actor.system(), now=moment(2031, 4, 20)) == 0
    assert mails(session) == ["found"]


def test_a_finding_stands_with_its_history(session):
    scene, contract, _ = a_watched_contract(session)
    check = checks(session, contract)["hedge"][0]
    findings(
        session,
        scene.clerk,
        check,
        Outcome.PARTLY,
        consequence="Nachpflanzen bis April",
        consequence_due_on=date(2032, 4, 1),
    )
    findings(session, scene.clerk, check, Outcome.KEPT, found_on=date(2032, 4, 2), now=moment(2032, 4, 3))
    one = queries.one_check(session, scene.clerk, check.public_id, today=date(2032, 5, 1))
    assert [finding.outcome for finding in one.line.findings] == [Outcome.KEPT, Outcome.PARTLY]
    assert one.line.standing is Standing.FOUND


def test_a_finding_is_never_rewritten(session):
    scene, contract, _ = a_watched_contract(session)
    findings(session, scene.clerk, checks(session, contract)["hedge"][0])
    session.commit()
    with pytest.raises(DBAPIError), session.begin_nested():
        session.execute(text("UPDATE finding SET outcome = 'broken'"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"note": " "},
        {"note": "x" * 5000},
        {"found_on": date(2040, 1, 1)},
        {"consequence": "Kündigung"},
        {"outcome": Outcome.BROKEN, "consequence": "Kündigung", "consequence_due_on": date(2030, 1, 1)},
    ],
)
def test_a_finding_that_makes_no_sense_is_refused(session, wrong):
    scene, contract, _ = a_watched_contract(session)
    with pytest.raises(Refused):
        findings(session, scene.clerk, checks(session, contract)["hedge"][0], **wrong)


def test_two_people_do_not_overwrite_each_other(session):
    scene, contract, _ = a_watched_contract(session)
    check = checks(session, contract)["hedge"][0]
    seen = check.revision
    findings(session, scene.clerk, check)
    with pytest.raises(Conflict):
        service_findings.record(
            session,
            scene.second,
            check.public_id,
            outcome=Outcome.BROKEN,
            found_on=date(2031, 10, 1),
            note="x",
            revision=seen,
            now=moment(2031, 10, 2),
        )


def test_what_follows_is_settled_once(session):
    scene, contract, _ = a_watched_contract(session)
    check = checks(session, contract)["hedge"][0]
    made = findings(session, scene.clerk, check, Outcome.BROKEN, consequence="Nachpflanzen")
    service_findings.settle(
        session, scene.clerk, check.public_id, made.public_id, date(2031, 10, 1), now=moment(2031, 10, 3)
    )
    assert session.get(Finding, made.id).settled_on == date(2031, 10, 1)
    with pytest.raises(Conflict):
        service_findings.settle(
            session, scene.clerk, check.public_id, made.public_id, date(2031, 10, 2), now=moment(2031, 10, 3)
        )


def test_land_that_was_sold_ends_a_promise_and_later_days_are_dropped(session):
    scene, contract, _ = a_watched_contract(session)
    held = queries.held(session, scene.clerk, contract.public_id, today=date(2031, 5, 1))
    promise = next(line.promise for line in held.promises if line.promise.key == "organic")
    service_findings.end(
        session,
        scene.clerk,
        promise.public_id,
        Ending.LAND_SOLD,
        on=date(2031, 6, 1),
        note="An den Landkreis verkauft.",
        revision=promise.revision,
        now=moment(2031, 6, 2),
    )
    line = next(
        one
        for one in queries.held(session, scene.clerk, contract.public_id, today=date(2031, 7, 1)).promises
        if one.promise.key == "organic"
    )
    assert [one.standing for one in line.checks] == [Standing.OVERDUE, Standing.DROPPED, Standing.DROPPED]
    assert service.remind(session, Actor.system(), now=moment(2032, 3, 20)) > 0
    assert not [
        one
        for one in queries.agenda(session, scene.clerk, today=date(2032, 5, 1), limit=50)
        if one.check.due_on > date(2031, 6, 1) and one.promise.key == "organic"
    ]


def test_after_a_change_of_lessee_the_new_one_keeps_the_promises_and_the_old_one_reads_nothing(session):
    scene, contract, now = a_watched_contract(session)
    before = lessee_of(session, contract)
    account = an_account(session, Role.SEEKER, email="neu@example.org")
    account.confirmed_at = now
    session.commit()
    service_findings.change_lessee(
        session,
        scene.clerk,
        contract.public_id,
        name="Nora Neu",
        email=" NEU@example.org",
        since_on=date(2031, 1, 1),
        note="",
        now=moment(2031, 2, 1),
    )
    session.commit()
    new = actor_of(session, account.id)
    assert [held.holder.name for held in queries.own(session, new, today=date(2031, 3, 1))] == ["Nora Neu"]
    assert queries.own(session, before, today=date(2031, 3, 1)) == []
    with pytest.raises(NotFound):
        queries.held(session, before, contract.public_id, today=date(2031, 3, 1))
    service.remind(session, Actor.system(), now=moment(2031, 3, 5))
    told = session.scalars(
        select(OutboxMail.recipient_account_id).where(OutboxMail.template == "monitoring/announced")
    ).all()
    assert told == [account.id]


def test_strangers_see_nothing_and_lessees_find_nothing(session):
    _, contract, _ = a_watched_contract(session)
    check = checks(session, contract)["hedge"][0]
    stranger = actor_of(session, an_account(session, Role.SEEKER).id)
    for door in (
        lambda: queries.held(session, stranger, contract.public_id, today=date(2031, 1, 1)),
        lambda: queries.one_check(session, stranger, check.public_id, today=date(2031, 1, 1)),
        lambda: findings(session, stranger, check),
        lambda: findings(session, lessee_of(session, contract), check),
    ):
        with pytest.raises(NotFound):
            door()


def test_the_rule_and_the_filter_agree(session):
    scene, contract, _ = a_watched_contract(session)
    others, _, _ = a_watched_contract(session)
    people = [scene.clerk, scene.second, others.clerk, lessee_of(session, contract), Actor.visitor(), Actor.system()]
    people += [actor_of(session, session.scalar(select(Account.id).order_by(Account.id.desc()).limit(1)))]
    parties = queries.held_by(session, contract, today=date(2031, 1, 1)).parties
    for actor in people:
        listed = session.scalar(
            select(type(contract).id).where(type(contract).id == contract.id, policy.visible_contracts(actor))
        )
        assert (listed is not None) == policy.may_read(actor, parties)


def test_a_paper_comes_from_either_side(session, tmp_path):
    scene, contract, now = a_watched_contract(session)
    check = checks(session, contract)["hedge"][0]
    with pytest.raises(Refused):
        service.hand_in(session, scene.clerk, check.public_id, None, "", folder=tmp_path, now=now)
    with pytest.raises(Refused):
        service.hand_in(session, scene.clerk, check.public_id, ("x.svg", b"<svg/>"), "", folder=tmp_path, now=now)
    for actor, file, is_from_lessee in (
        (lessee_of(session, contract), ("hecke.jpg", a_photo()), True),
        (scene.clerk, ("bescheid.pdf", a_document()), False),
    ):
        service.hand_in(session, actor, check.public_id, file, "Hecke", folder=tmp_path, now=now)
        one = queries.one_check(session, actor, check.public_id, today=check.due_on)
        paper, stored = one.evidence[-1]
        assert paper.is_from_lessee == is_from_lessee
        assert queries.evidence_file(session, actor, stored.public_id) is stored
    stranger = actor_of(session, an_account(session, Role.SEEKER).id)
    with pytest.raises(NotFound):
        queries.evidence_file(session, stranger, stored.public_id)
