from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from succession.accounts.actor import Role
from succession.config import Contact
from succession.outbox import sending, service
from succession.outbox.models import MailState, OutboxMail
from succession.outbox.rendering import Letterhead
from succession.outbox.values import Mail
from tests.factories.accounts import an_account

LETTERHEAD = Letterhead("Nachfolge Elbtal", "https://example.org", Contact(), "Nachfolge <noreply@example.org>")
JOBS = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'outbox.deliver'")


class Server:
    """A mail server that keeps what it takes, and does as it is told."""

    def __init__(self, *answers):
        self.answers, self.taken = list(answers), []

    def __call__(self, message):
        answer = self.answers.pop(0) if self.answers else None
        if answer is not None:
            raise answer
        self.taken.append(message)


def write(session, now, address="a@example.org", **more):
    mail = service.enqueue(session, Mail("operations/trial", {"written_at": now}), address=address, now=now, **more)
    session.commit()
    return mail


def deliver(session, server, now):
    while service.send_next(session, server, LETTERHEAD, now=now):
        session.commit()
    session.commit()


def test_a_mail_and_its_job_are_written_with_what_they_tell_about_or_not_at_all(session, now):
    service.enqueue(session, Mail("operations/trial", {"written_at": now}), address="a@example.org", now=now)
    assert session.scalar(JOBS) == 1
    session.rollback()
    assert session.scalar(select(OutboxMail.id)) is None
    assert session.scalar(JOBS) == 0


def test_a_person_gets_mail_in_their_language_where_they_read_it_today(session, now):
    person = an_account(session, Role.SEEKER, email="old@example.org", language="en")
    mail = service.enqueue(session, Mail("operations/trial", {"written_at": now}), account_id=person.id, now=now)
    person.email = "new@example.org"
    session.commit()
    server = Server()
    deliver(session, server, now)
    (message,) = server.taken
    assert (message["To"], message["Message-ID"]) == ("new@example.org", mail.message_id)
    assert "There is nothing to do." in message.get_content()
    assert "030 23125 000" in message.get_content()


def test_a_sent_mail_is_not_sent_again(session, now):
    mail = write(session, now)
    server = Server()
    deliver(session, server, now)
    deliver(session, server, now)
    assert len(server.taken) == 1
    assert (mail.state, mail.sent_at, mail.attempts) == (MailState.SENT, now, 1)


def test_a_server_that_is_gone_for_an_hour_loses_nothing_and_the_order_is_kept(session, now):  # R6
    mails = [write(session, now, f"{number}@example.org") for number in range(3)]
    gone = Server(*[sending.ServerGone("no route")] * 100)
    for minute in range(60):
        deliver(session, gone, now + timedelta(minutes=minute))
    assert mails[0].attempts == 60
    assert "no route" in mails[0].last_error
    back = Server()
    deliver(session, back, now + timedelta(hours=1))
    assert [message["To"] for message in back.taken] == ["0@example.org", "1@example.org", "2@example.org"]


def test_a_mail_that_is_postponed_waits_longer_each_time_and_does_not_hold_up_the_others(session, now):
    slow, quick = write(session, now, "slow@example.org"), write(session, now, "quick@example.org")
    server = Server(sending.Postponed("451 later"))
    deliver(session, server, now)
    assert (slow.state, quick.state) == (MailState.QUEUED, MailState.SENT)
    assert slow.due_at == now + timedelta(minutes=1)
    deliver(session, Server(sending.Postponed("451 later")), slow.due_at)
    assert slow.due_at == now + timedelta(minutes=3)


def test_a_mail_that_will_never_be_taken_is_marked_and_the_next_is_sent(session, now):
    refused, good = write(session, now, "refused@example.org"), write(session, now)
    deliver(session, Server(sending.RefusedForGood("550 unknown")), now)
    assert (refused.state, good.state) == (MailState.FAILED, MailState.SENT)


def test_a_mail_that_we_made_wrong_holds_up_no_other(session, now):
    bad_address = write(session, now, "x@example.org\r\nBcc: y@example.org")
    no_template = service.enqueue(session, Mail("operations/missing"), address="a@example.org", now=now)
    no_value = service.enqueue(session, Mail("operations/trial"), address="a@example.org", now=now)
    good = write(session, now)
    server = Server()
    deliver(session, server, now)
    assert [mail.state for mail in (bad_address, no_template, no_value)] == [MailState.FAILED] * 3
    assert (good.state, len(server.taken)) == (MailState.SENT, 1)


def test_without_a_server_a_mail_is_kept_for_the_viewer_and_never_sent_later(session, now):
    mail = write(session, now)
    while service.send_next(session, None, LETTERHEAD, now=now):
        session.commit()
    assert mail.state is MailState.KEPT
    server = Server()
    deliver(session, server, now)
    assert server.taken == []


def test_a_crash_after_sending_repeats_the_mail_with_the_same_message_id(session, now):  # R4
    write(session, now)
    server = Server()
    service.send_next(session, server, LETTERHEAD, now=now)
    session.rollback()
    deliver(session, server, now)
    assert len(server.taken) == 2
    assert len({message["Message-ID"] for message in server.taken}) == 1


def test_two_senders_at_once_send_each_mail_once_and_in_order(database, now):  # R4 R6
    with Session(database.engine) as session:
        for number in range(30):
            service.enqueue(
                session, Mail("operations/trial", {"written_at": now}), address=f"{number}@example.org", now=now
            )
        session.commit()
    server = Server()

    def send(_):
        goes_on = True
        while goes_on:
            with Session(database.engine) as session, session.begin():
                goes_on = service.send_next(session, server, LETTERHEAD, now=now)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, range(4)))
    send(0)
    assert [message["To"] for message in server.taken] == [f"{number}@example.org" for number in range(30)]
