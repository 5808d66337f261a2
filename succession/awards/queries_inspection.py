"""The reading door of the file to look into: put together for one applicant, with nothing about the others."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.allocation.points import Result
from succession.allocation.points_values import applicants as read_applicants
from succession.allocation.wording import statement
from succession.applications.queries_admitted import Admitted
from succession.awards import (
    papers,
    policy_outward,
    queries,
    queries_decision,
    queries_interests,
    queries_outward,
    queries_papers,
    queries_sheets,
)
from succession.awards.case import catalogue_of
from succession.awards.inspection import (
    BAR,
    ApplicationShown,
    Blackener,
    DecisionShown,
    Inspection,
    ObjectionShown,
    RunShown,
    StepShown,
)
from succession.awards.models import ScoringRun
from succession.awards.models_decision import Decision
from succession.awards.models_notices import Objection
from succession.awards.queries import Desk
from succession.awards.queries_outward import Course
from succession.awards.record_hiding import sealed_because
from succession.awards.told import Told, told
from succession.calls import queries as calls
from succession.errors import Conflict, NotFound
from succession.i18n import Text, load_translations, render
from succession.principles.texts import in_language
from succession.principles.wordings import wordings

LANGUAGE = "de"


def inspection(session: Session, actor: Actor, desk: Desk, code: str) -> Inspection:
    """The whole file of a lot for one applicant; whoever makes it may read everything that is left out."""
    religion = queries_sheets.holds_religion(desk.principles)
    authorize(lambda who, call: policy_outward.may_print(who, call, holds_religion=religion), actor, desk.call)
    people = queries.applicants(session, actor, desk)
    if code not in people:
        raise NotFound
    run = queries.newest_run(session, desk.lot.id)
    if run is None or not run.document:
        raise Conflict(Text("The lot has not been scored yet, so there is no file to look into."))
    others = [one for other, one in people.items() if other != code]
    black = Blackener.of(
        (name for one in others for name in (one.name, *one.members)),
        (said for one in others for said in (one.address, one.email, one.phone)),
    )
    return _file(session, actor, _Shelf(desk, code, people, run, black))


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What the file is made from."""

    desk: Desk
    code: str
    people: Mapping[str, Admitted]
    run: ScoringRun
    black: Blackener


def _file(session: Session, actor: Actor, shelf: _Shelf) -> Inspection:
    desk, code, people, run, black = shelf.desk, shelf.code, shelf.people, shelf.run, shelf.black
    catalogue, result = catalogue_of(run.document), queries.result(run)
    called = _called(people, result, run, code)
    own = people[code]
    courses = [queries_outward.course_of(session, one) for one in queries_decision.decisions_of(session, desk.lot.id)]
    sums = not sealed_because(desk.principles.raw, catalogue)
    contract = next((one.contract for one in courses if one.contract is not None), None)
    return Inspection(
        call_title=desk.call.title,
        owner_name=calls.owner_of(session, desk.call).name,
        lot_number=desk.lot.number,
        lot_name=desk.lot.name,
        opened_at=desk.call.opens_at,
        closed_at=desk.call.closes_at,
        own_name=own.name,
        own_letter=called[code],
        principles_name=in_language(desk.principles.name, LANGUAGE),
        principles_id=desk.principles.identifier,
        rules=queries_papers.rules(desk.principles),
        applications=tuple(_application(desk, one, run, called, is_own=key == code) for key, one in people.items()),
        runs=tuple(_run(one, black) for one in reversed(queries.runs_of(session, actor, desk.lot))),
        ranking=papers.ranked(catalogue, result, called, wordings(desk.principles, LANGUAGE), proposed=None, sums=sums),
        declarations=tuple(
            (one.capacity.label, one.has_interest) for one in queries_interests.declarations(session, desk.call)
        ),
        signed=queries_papers.signed(session, queries_decision.standing_preparation(session, desk.lot.id)),
        decisions=tuple(_decision(one, _chosen(session, desk, one.decision, called), black) for one in courses),
        objections=tuple(
            _objection(one, black, is_own=one.application_id == own.application_id)
            for one in queries_outward.objections_of_lot(session, desk.lot)
        ),
        steps=tuple(
            StepShown(one.body, one.kind.label, one.outcome.label, one.outcome_on)
            for course in courses
            for one in course.steps
        ),
        signed_on=contract.signed_on if contract is not None else None,
    )


def _called(people: Mapping[str, Admitted], result: Result, run: ScoringRun, own: str) -> dict[str, str]:
    """Letters for all, dealt by chance; nobody's code stands in the file."""
    codes = {card.applicant.identifier for card in result.cards} | set(people)
    return papers.letters_by_chance(codes, f"{run.input_hash}\x1f{own}")


def _application(
    desk: Desk, one: Admitted, run: ScoringRun, called: Mapping[str, str], *, is_own: bool
) -> ApplicationShown:
    return ApplicationShown(
        called=called[one.code],
        is_own=is_own,
        arrived_at=one.arrived_at,
        is_withdrawn=one.is_withdrawn,
        statements=_statements(desk, run, one.code) if is_own else (),
        told=_told(desk, run, one.code) if is_own else None,
    )


def _statements(desk: Desk, run: ScoringRun, code: str) -> tuple[tuple[str, str], ...]:
    """What the applicant stated, as it was scored."""
    catalogue, words = catalogue_of(run.document), wordings(desk.principles, LANGUAGE)
    found = next((one for one in read_applicants(run.document, catalogue, "$") if one.identifier == code), None)
    if found is None:
        return ()
    spoken = load_translations(LANGUAGE)
    stated = {
        words[field].label: Text("%(statement)s", {"statement": statement(value, words[field])})
        for field, value in found.facts.items()
        if value is not None and field in words
    }
    return tuple((label, render(value, spoken, LANGUAGE)) for label, value in stated.items())


def _told(desk: Desk, run: ScoringRun, code: str) -> Told | None:
    result = queries.result(run)
    if code not in {card.applicant.identifier for card in result.cards}:
        return None
    return told(desk.principles, catalogue_of(run.document), result, code, LANGUAGE)


def _run(one: ScoringRun, black: Blackener) -> RunShown:
    """Without its hashes: whoever knows one could try out what the others have stated."""
    return RunShown(one.number, one.made_at, one.cause.label, black.clean(one.cause_note))


def _chosen(session: Session, desk: Desk, decision: Decision, called: Mapping[str, str]) -> str:
    codes = queries.codes_of(session, desk.call.id)
    return called.get(codes.get(decision.application_id or 0, ""), "")


def _decision(course: Course, chosen: str, black: Blackener) -> DecisionShown:
    one, span = course.decision, course.span
    return DecisionShown(
        body=one.body,
        decided_on=one.decided_on,
        item=one.item,
        is_public=one.is_public,
        votes=(one.votes_for, one.votes_against, one.votes_abstained),
        chosen=chosen,
        reason=black.clean(one.departure_reason),
        set_aside_at=one.set_aside_at,
        set_aside_reason=black.clean(one.set_aside_reason),
        dispatched_on=span.dispatched_on if span else None,
        last_day=span.last_day if span else None,
    )


def _objection(one: Objection, black: Blackener, *, is_own: bool) -> ObjectionShown:
    return ObjectionShown(
        is_own=is_own,
        arrived_on=one.arrived_on,
        body=one.body if is_own else BAR,
        outcome=one.outcome.label if one.outcome else None,
        answer=(black.clean(one.answer or "") if is_own else BAR) if one.answer else "",
        correction=black.clean(one.correction or ""),
    )
