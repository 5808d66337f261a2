"""What still stands between a decision and its contract, in the order in which it has to be done."""

from datetime import datetime

from succession.awards.models_decision import Outcome
from succession.awards.notice_kinds import AnswerOutcome
from succession.awards.queries_outward import Course
from succession.i18n import AnyText, Text, Texts


def obstacles(course: Course, now: datetime) -> tuple[AnyText, ...]:
    """Nothing, if the contract may be signed now. The database refuses the same (`models_guards.py`)."""
    if course.contract is not None:
        return (Text("The contract is on file already."),)
    if course.decision.outcome is not Outcome.AWARD:
        return (Text("The lot goes to nobody, so there is no contract."),)
    span = course.span
    if span is None or not course.is_running:
        return (Text("The letters have not left yet. The Wartefrist begins with them."),)
    found: list[AnyText] = []
    if not span.is_over(now):
        found.append(Text("The Wartefrist runs until the end of %(day)s.", {"day": span.last_day}))
    if course.waiting:
        found.append(
            Texts(
                "One objection waits for an answer in writing.",
                "%(num)s objections wait for an answer in writing.",
                len(course.waiting),
            )
        )
    if any(one.outcome is AnswerOutcome.JUSTIFIED for one in course.objections):
        found.append(Text("An objection was right. The body decides anew first."))
    found += [
        Text("This body has not agreed: %(name)s.", {"name": step.body})
        for step in course.steps
        if step.is_before_contract and not step.outcome.is_settled
    ]
    return tuple(found)
