"""Writing doors of letters: the day of dispatch is chosen, the letters are printed, their leaving is recorded."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.audit import service as audit
from succession.awards import mails_outward as mails
from succession.awards import outward, queries_outward, queries_records, queries_sheets, service_records
from succession.awards import policy_outward as policy
from succession.awards.models_notices import NoticeSent, Standstill
from succession.awards.notice_kinds import NoticeKind, Way
from succession.awards.outward import LotAt
from succession.awards.queries import Desk
from succession.awards.sheets import Recipient
from succession.awards.standstill import day_of, span
from succession.errors import Conflict, Refused
from succession.i18n import Text
from succession.outbox import service as outbox

FARTHEST_AHEAD = timedelta(days=30)


def plan(session: Session, actor: Actor, at: LotAt, *, dispatched_on: date, now: datetime) -> Standstill:
    """The letters say this day and the end of the Wartefrist that follows; until they left it may be changed."""
    desk, decision = outward.desk_to_write(session, actor, at)
    authorize(policy.may_write, actor, desk.call)
    today = day_of(now)
    if dispatched_on < today:
        raise Refused(Text("This day is over. Choose today or a later day."))
    if dispatched_on > today + FARTHEST_AHEAD:
        raise Refused(Text("Choose a day within the next 30 days."))
    found = queries_outward.locked_standstill(session, decision)
    if found is not None and found.confirmed_at is not None:
        raise Conflict(Text("The letters have left already, so the Wartefrist is not moved any more."))
    days = span(dispatched_on, desk.call.standstill_days)
    if found is None:
        found = Standstill(decision_id=decision.id, days=desk.call.standstill_days)
        session.add(found)
    found.days = desk.call.standstill_days
    found.dispatched_on, found.last_day, found.ends_at = days.dispatched_on, days.last_day, days.ends_at
    session.flush()
    audit.record(
        session, actor, "award.letters_planned", **outward.noted(session, desk, "decision", decision.public_id), now=now
    )
    return found


def confirm(session: Session, actor: Actor, at: LotAt, *, now: datetime) -> Standstill:
    """Everybody is told: the letters left today, the mails are on their way, the Wartefrist runs.

    Only on the day that the letters name: else they would say something wrong about the last day.
    """
    desk, decision = outward.desk_to_write(session, actor, at)
    authorize(policy.may_write, actor, desk.call)
    found = queries_outward.locked_standstill(session, decision)
    if found is None:
        raise Conflict(Text("First choose the day on which the letters leave."))
    if found.confirmed_at is not None:
        raise Conflict(Text("That the letters have left is on record already."))
    if found.dispatched_on != day_of(now):
        raise Conflict(
            Text(
                "The letters name %(day)s as the day on which they leave. If it is another day, choose that one and "
                "print them again.",
                {"day": found.dispatched_on},
            )
        )
    ground = queries_sheets.ground(session, desk, decision, now=now)
    told = queries_sheets.recipients(session, actor, ground)
    if not told:
        raise Conflict(Text("There is nobody to write to."))
    for one in told:
        kind = NoticeKind.CHOSEN if one.code == ground.chosen else NoticeKind.NOT_CHOSEN
        session.add(_notice(desk, found, one, kind, now))
    session.flush()
    found.confirmed_at, found.confirmed_by_account_id = now, actor.account_id
    session.flush()
    _mail(session, desk, told, now)
    if queries_records.record_of(session, decision.id) is not None:
        service_records.publish(session, actor, decision, now=now)
    outward.lead_on(session, actor, desk.call, now=now)
    audit.record(
        session, actor, "award.letters_left", **outward.noted(session, desk, "decision", decision.public_id), now=now
    )
    return found


def _notice(desk: Desk, standstill: Standstill, one: Recipient, kind: NoticeKind, now: datetime) -> NoticeSent:
    return NoticeSent(
        standstill_id=standstill.id,
        application_id=one.application_id,
        lot_id=desk.lot.id,
        kind=kind,
        way=one.way,
        dispatched_on=day_of(now),
        recorded_at=now,
    )


def _mail(session: Session, desk: Desk, told: Sequence[Recipient], now: datetime) -> None:
    for one in told:
        if one.way is Way.MAIL and one.account_id is not None:
            mail = mails.result_there(title=desk.call.title, application_id=one.public_id, number=desk.lot.number)
            outbox.enqueue(session, mail, account_id=one.account_id, now=now)
