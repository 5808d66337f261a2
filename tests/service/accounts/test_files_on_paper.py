"""Files for people without e-mail: opened, agreed by letter or phone, let rest, handed over. U13"""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from succession.accounts import queries, service_file, service_representation
from succession.accounts import queries_representation as reading
from succession.accounts.actor import Role, Scope
from succession.accounts.letter_codes import WrongCode
from succession.accounts.models import Account
from succession.accounts.models_representation import LetterCode
from succession.accounts.paper_codes import MOST_TRIES, VALID_FOR
from succession.accounts.passwords import is_password
from succession.accounts.representation import AgreedBy, FreezeReason, RepresentationKind, RepresentationState, day_of
from succession.accounts.service_file import Call, OwnHands
from succession.accounts.service_representation import NewHelper
from succession.accounts.tokens import link_for, new_token
from succession.audit.models import AuditEntry
from succession.errors import Conflict, Forbidden, NotFound, Refused
from succession.outbox import service as outbox
from succession.outbox.models import MailState
from succession.outbox.values import Mail
from tests.factories.accounts import an_account
from tests.factories.acting import a_file, an_agent, an_agreed_file

KEY = "only-for-tests-" * 3
OWN = OwnHands("herta@example.org", "warmer regen auf dem acker", "Nachfolge Elbtal", keeps_help=False)


@pytest.fixture
def advisor(session):
    return an_account(session, Role.ADVISOR, name="Nele Winter")


def actor(session, account):
    return queries.actor_of(session, account.id)


def printed(session, advisor, row, now):
    return service_file.print_mandate(session, actor(session, advisor), row.public_id, now=now)


def state(session, row, now):
    return reading.helping(session, row.public_id, now=now).state


def person_of(session, row):
    return reading.account(session, row.principal_account_id)


def test_a_person_on_paper_has_no_address_and_nobody_can_sign_in_as_them(session, advisor, now):
    person = person_of(session, a_file(session, advisor, now=now))
    assert person.email is None
    assert not is_password("", person.password_hash)
    assert person.postal_address == "Dorfstraße 7\n29462 Wustrow (Wendland)"


def test_nobody_acts_before_the_person_has_said_yes(session, advisor, now):
    row = a_file(session, advisor, now=now)
    assert state(session, row, now) is RepresentationState.UNCONFIRMED
    with pytest.raises(Conflict):
        service_representation.start_acting(session, actor(session, advisor), row.public_id, new_token(), now=now)
    with pytest.raises(NotFound):
        reading.in_the_name_of(session, actor(session, advisor), row.principal_account_id, now=now)


@pytest.mark.parametrize(
    "change", [str.lower, lambda code: code.replace(" ", ""), lambda code: f" {code.replace(' ', '-')} "]
)
def test_the_code_of_the_letter_makes_it_count(session, advisor, now, change):
    row = a_file(session, advisor, now=now)
    fresh = printed(session, advisor, row, now)
    service_file.agree_by_code(session, actor(session, advisor), row.public_id, change(fresh.code), now=now)
    assert state(session, row, now) is RepresentationState.ACTIVE
    assert row.agreed_by is AgreedBy.LETTER


def test_the_code_itself_is_stored_nowhere(session, advisor, now):
    row = a_file(session, advisor, now=now)
    fresh = printed(session, advisor, row, now)
    stored = session.execute(select(LetterCode.__table__)).one()
    assert fresh.code.replace(" ", "") not in str(stored)
    assert fresh.code not in repr(fresh)


def test_a_code_works_once(session, advisor, now):
    row = a_file(session, advisor, now=now)
    fresh = printed(session, advisor, row, now)
    service_file.agree_by_code(session, actor(session, advisor), row.public_id, fresh.code, now=now)
    with pytest.raises(WrongCode):
        service_file.agree_by_code(session, actor(session, advisor), row.public_id, fresh.code, now=now)


def test_a_code_runs_out_after_thirty_days(session, advisor, now):
    row = a_file(session, advisor, now=now)
    fresh = printed(session, advisor, row, now)
    late = now + VALID_FOR
    with pytest.raises(Refused):
        service_file.reserve_mandate_try(session, actor(session, advisor), row.public_id, now=late)
    with pytest.raises(WrongCode):
        service_file.agree_by_code(session, actor(session, advisor), row.public_id, fresh.code, now=late)


def test_a_new_letter_makes_the_one_before_worthless(session, advisor, now):
    row = a_file(session, advisor, now=now)
    first = printed(session, advisor, row, now)
    second = printed(session, advisor, row, now)
    with pytest.raises(WrongCode):
        service_file.agree_by_code(session, actor(session, advisor), row.public_id, first.code, now=now)
    service_file.agree_by_code(session, actor(session, advisor), row.public_id, second.code, now=now)


def test_the_letter_is_worthless_after_five_tries_even_with_the_right_code(session, advisor, now):
    row = a_file(session, advisor, now=now)
    printed(session, advisor, row, now)
    for _ in range(MOST_TRIES):
        service_file.reserve_mandate_try(session, actor(session, advisor), row.public_id, now=now)
        with pytest.raises(WrongCode):
            service_file.agree_by_code(session, actor(session, advisor), row.public_id, "AAAA AAAA AAAA", now=now)
    with pytest.raises(Refused, match="too often"):
        service_file.reserve_mandate_try(session, actor(session, advisor), row.public_id, now=now)


def test_the_code_of_one_letter_does_not_open_another(session, advisor, now):
    first, second = a_file(session, advisor, now=now), a_file(session, advisor, now=now)
    fresh = printed(session, advisor, first, now)
    printed(session, advisor, second, now)
    with pytest.raises(WrongCode):
        service_file.agree_by_code(session, actor(session, advisor), second.public_id, fresh.code, now=now)


def test_a_yes_on_the_phone_needs_who_when_and_which_number(session, advisor, now):
    row = a_file(session, advisor, now=now)
    doing = actor(session, advisor)
    for call in (Call("", now, "05843 1"), Call("Herta", now, " "), Call("Herta", now + timedelta(hours=1), "05843 1")):
        with pytest.raises(Refused):
            service_file.agree_by_phone(session, doing, row.public_id, call, now=now)
    service_file.agree_by_phone(session, doing, row.public_id, Call("Herta Lüdemann", now, "05843 1234"), now=now)
    assert row.note == "Herta Lüdemann · 02.11.2026, 10:00 · 05843 1234"
    assert state(session, row, now) is RepresentationState.ACTIVE


@pytest.mark.parametrize("roles", [(), (Role.SEEKER,), (Role.ADVISOR,), (Role.OPERATOR,)])
def test_a_stranger_does_not_find_the_file(session, advisor, now, roles):
    row = an_agreed_file(session, advisor, now=now)
    person = person_of(session, row).public_id
    stranger = actor(session, an_account(session, *roles))
    for act in (
        lambda: service_file.print_mandate(session, stranger, row.public_id, now=now),
        lambda: service_file.agree_by_code(session, stranger, row.public_id, "x", now=now),
        lambda: service_file.agree_by_phone(session, stranger, row.public_id, Call("a", now, "1"), now=now),
        lambda: service_file.print_take_over(session, stranger, person, now=now),
        lambda: service_file.freeze(session, stranger, person, FreezeReason.DEATH, "", now=now),
        lambda: service_file.lift(session, stranger, person, now=now),
        lambda: service_file.renew(session, stranger, row.public_id, day_of(now) + timedelta(days=9), now=now),
        lambda: service_file.note_record_printed(session, stranger, person, now=now),
    ):
        with pytest.raises(NotFound):
            act()


def test_only_advisors_open_files_and_nobody_while_acting(session, advisor, now):
    with pytest.raises(Forbidden):
        a_file(session, an_account(session, Role.COORDINATOR), now=now)
    acting = an_agent(session, an_account(session, Role.SEEKER), kind=RepresentationKind.ADVISOR, now=now)
    with pytest.raises(Forbidden):
        service_file.open_file(session, acting, None, now=now)


def test_only_what_people_do_for_themselves_can_be_done_for_them(session, advisor, now):
    with pytest.raises(Refused):
        a_file(session, advisor, roles=(Role.COORDINATOR,), now=now)


def test_a_file_that_rests_is_withdrawn_and_shuts_out_all_but_advisor_and_heirs(session, advisor, now):
    row = an_agreed_file(session, advisor, now=now)
    person = person_of(session, row)
    son = an_agent(session, person, now=now)
    before = session.scalar(select(func.count()).select_from(Account))
    service_file.freeze(session, actor(session, advisor), person.public_id, FreezeReason.ILLNESS, "", now=now)
    service_file.freeze(session, actor(session, advisor), person.public_id, FreezeReason.DEATH, "", now=now)
    session.commit()
    assert reading.resting(session, person.id).reason is FreezeReason.ILLNESS
    assert reading.in_the_name_of(session, actor(session, advisor), person.id, now=now).acting_for is not None
    with pytest.raises(NotFound):
        reading.in_the_name_of(session, queries.actor_of(session, son.account_id), person.id, now=now)
    assert before == session.scalar(select(func.count()).select_from(Account))

    service_file.lift(session, actor(session, advisor), person.public_id, now=now)
    service_file.lift(session, actor(session, advisor), person.public_id, now=now)
    session.commit()
    assert reading.resting(session, person.id) is None
    assert reading.in_the_name_of(session, queries.actor_of(session, son.account_id), person.id, now=now)


def let_in(session, doing, person, kind, proof, now, token=None):
    new = NewHelper("erbin@example.org", "Ina Erbin", kind, frozenset({Scope.WRITE}), day_of(now) + timedelta(days=90))
    link = link_for(token or new_token(), KEY)
    return service_file.invite(session, doing, person.public_id, new, link, proof=proof, now=now)


def test_an_heir_comes_in_through_the_advisor_with_a_proof(session, advisor, now):
    person = person_of(session, an_agreed_file(session, advisor, now=now))
    doing, token = actor(session, advisor), new_token()
    with pytest.raises(Conflict):
        let_in(session, doing, person, RepresentationKind.HEIR, "Erbschein gesehen", now)
    service_file.freeze(session, doing, person.public_id, FreezeReason.DEATH, "", now=now)
    with pytest.raises(Refused):
        let_in(session, doing, person, RepresentationKind.HEIR, " ", now)
    row = let_in(session, doing, person, RepresentationKind.HEIR, "Erbschein gesehen am 3. Mai", now, token)
    heir = an_account(session)
    service_representation.accept(session, actor(session, heir), token, now=now)
    assert state(session, row, now) is RepresentationState.ACTIVE
    assert reading.in_the_name_of(session, actor(session, heir), person.id, now=now).acting_for.is_heir


def test_a_relative_of_somebody_on_paper_acts_once_the_person_has_said_yes(session, advisor, now):
    person = person_of(session, an_agreed_file(session, advisor, now=now))
    doing, token, son = actor(session, advisor), new_token(), an_account(session)
    row = let_in(session, doing, person, RepresentationKind.RELATIVE, "", now, token)
    service_representation.accept(session, actor(session, son), token, now=now)
    assert state(session, row, now) is RepresentationState.UNCONFIRMED
    with pytest.raises(NotFound):
        service_file.print_mandate(session, actor(session, son), row.public_id, now=now)
    fresh = service_file.print_mandate(session, doing, row.public_id, now=now)
    service_file.agree_by_code(session, doing, row.public_id, fresh.code, now=now)
    assert state(session, row, now) is RepresentationState.ACTIVE


def test_another_while_needs_another_yes_and_the_present_one_goes_on(session, advisor, now):
    row = an_agreed_file(session, advisor, now=now)
    later = now + timedelta(days=340)
    fresh = service_file.renew(
        session, actor(session, advisor), row.public_id, day_of(later) + timedelta(days=365), now=later
    )
    assert state(session, fresh, later) is RepresentationState.UNCONFIRMED
    assert state(session, row, later) is RepresentationState.ACTIVE


def take_over(session, code, now, own=OWN):
    visitor = queries.Actor.visitor()
    return service_file.take_over(session, visitor, code, own, now=now)


def test_with_the_letters_code_the_person_takes_the_file_over(session, advisor, now):
    row = an_agreed_file(session, advisor, now=now)
    person = person_of(session, row)
    fresh = service_file.print_take_over(session, actor(session, advisor), person.public_id, now=now)
    assert take_over(session, fresh.code.lower(), now).id == person.id
    assert person.email == "herta@example.org"
    assert is_password(OWN.password, person.password_hash)
    assert state(session, row, now) is RepresentationState.ENDED
    with pytest.raises(WrongCode):
        take_over(session, fresh.code, now)
    with pytest.raises(Conflict):
        service_file.print_take_over(
            session, queries.actor_of(session, an_account(session, Role.COORDINATOR).id), person.public_id, now=now
        )


def test_the_advisor_goes_on_only_if_the_person_says_so(session, advisor, now):
    row = an_agreed_file(session, advisor, now=now)
    person = person_of(session, row)
    fresh = service_file.print_take_over(session, actor(session, advisor), person.public_id, now=now)
    take_over(session, fresh.code, now, OwnHands(OWN.email, OWN.password, OWN.site_name, keeps_help=True))
    assert state(session, row, now) is RepresentationState.ACTIVE


@pytest.mark.parametrize("code", ["", "AAAA AAAA AAAA", "' OR 1=1 --", "\x00", "Ä" * 5000])
def test_a_wrong_code_takes_nothing_over(session, advisor, now, code):
    person = person_of(session, an_agreed_file(session, advisor, now=now))
    service_file.print_take_over(session, actor(session, advisor), person.public_id, now=now)
    with pytest.raises(WrongCode):
        take_over(session, code, now)


def test_a_code_for_something_else_takes_nothing_over(session, advisor, now):
    row = a_file(session, advisor, now=now)
    with pytest.raises(WrongCode):
        take_over(session, printed(session, advisor, row, now).code, now)


def test_an_address_that_is_taken_or_a_weak_password_leaves_the_code_good(session, advisor, now):
    person = person_of(session, an_agreed_file(session, advisor, now=now))
    fresh = service_file.print_take_over(session, actor(session, advisor), person.public_id, now=now)
    session.commit()
    with pytest.raises(Conflict):
        take_over(session, fresh.code, now, OwnHands(advisor.email.upper(), OWN.password, "", keeps_help=False))
    session.rollback()
    with pytest.raises(Refused):
        take_over(session, fresh.code, now, OwnHands(OWN.email, "12345678", "", keeps_help=False))
    session.rollback()
    assert take_over(session, fresh.code, now).email == OWN.email


def test_a_mail_to_somebody_on_paper_is_kept_and_never_sent(session, advisor, now):
    person = person_of(session, an_agreed_file(session, advisor, now=now))
    mail = outbox.enqueue(
        session, Mail("accounts/help_changed", {"what": "x", "agent": "y"}), account_id=person.id, now=now
    )
    sent = []
    assert outbox.send_next(session, sent.append, None, now=now)
    assert mail.state is MailState.KEPT
    assert sent == []


def test_who_keeps_a_file_leaves_a_trace_once_a_day(session, advisor, now):  # S23
    person = person_of(session, an_agreed_file(session, advisor, now=now))
    coordinator = an_account(session, Role.COORDINATOR)
    for who, hours in ((advisor, 0), (advisor, 1), (coordinator, 2), (advisor, 20)):
        service_file.note_look(session, actor(session, who), person.public_id, now=now + timedelta(hours=hours))
        session.flush()
    looks = select(AuditEntry.account_public_id).where(AuditEntry.action == "file.looked_at").order_by(AuditEntry.id)
    assert session.scalars(looks).all() == [advisor.public_id, coordinator.public_id, advisor.public_id]
    with pytest.raises(NotFound):
        service_file.note_look(session, actor(session, an_account(session, Role.ADVISOR)), person.public_id, now=now)
