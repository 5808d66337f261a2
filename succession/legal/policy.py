"""Who may write legal texts, read reports and decide on them. Pure."""

from succession.accounts.actor import Actor, Role
from succession.accounts.duties import Duty
from succession.legal.models_reports import Report
from succession.legal.reports import Side


def may_write_texts(actor: Actor, _: object) -> bool:
    """The operator, who is responsible for them, and the coordination."""
    return actor.has(Role.OPERATOR, Role.COORDINATOR)


def may_report(_: Actor, __: object) -> bool:
    """Everybody, also without an account: the law asks for it; the brake is at the door."""
    return True


def may_read_reports(actor: Actor, _: object) -> bool:
    """The coordination."""
    return actor.has(Role.COORDINATOR)


def may_decide(actor: Actor, report: Report) -> bool:
    """The coordination, but nobody in a matter of their own."""
    if actor.is_system or not may_read_reports(actor, report):
        return False
    return not (made(actor, report) or is_affected(actor, report))


def may_complain(_: Actor, standing: tuple[Side | None, bool]) -> bool:
    """Whoever stands on one side of the matter, once and in time; the reading door has found out which side."""
    side, is_in_time = standing
    return side is not None and is_in_time


def made(actor: Actor, report: Report) -> bool:
    """Whether the actor reported it, signed in."""
    return actor.account_id is not None and report.reporter_account_id == actor.own_account_id


def is_affected(actor: Actor, report: Report) -> bool:
    """Whether what was reported is the actor's, or that of an organisation they act for."""
    if actor.account_id is None:
        return False
    if report.affected_organisation_id is not None:
        return actor.may_for(Duty.OFFER, report.affected_organisation_id)
    return report.affected_account_id is not None and report.affected_account_id == actor.own_account_id
