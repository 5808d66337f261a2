"""Papers of a lot: for the body in public and not, the award notice, and the file for one applicant to look into."""

from uuid import UUID

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from succession.awards import (
    inspection,
    policy_outward,
    queries,
    queries_decision,
    queries_outward,
    queries_papers,
    queries_records,
    service_inspection,
)
from succession.awards.outward import LotAt
from succession.awards.papers import Paper
from succession.awards.queries import Desk
from succession.awards.standstill import day_of
from succession.blueprints.awards.blueprint import bp, who_work
from succession.blueprints.awards.outward_pages import letter_desk, moment, outward_page
from succession.blueprints.awards.setting import paper_answer
from succession.blueprints.awards.showing import desk_of
from succession.calls import queries as calls
from succession.errors import NotFound
from succession.extensions import reading, unit_of_work
from succession.letters.values import Addressee, Letter
from succession.web.gate import current_actor

VERSIONS = {"public": True, "non-public": False}


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>/papers")
@who_work
def papers(call_id: UUID, number: int) -> ResponseReturnValue:
    """Which papers there are."""
    desk = desk_of(call_id, number)
    people = queries.applicants(reading(), current_actor(), desk)
    return outward_page(
        "papers",
        desk,
        "papers",
        is_scored=queries.newest_run(reading(), desk.lot.id) is not None,
        is_prepared=queries_decision.standing_preparation(reading(), desk.lot.id) is not None,
        is_decided=queries_decision.standing_decision(reading(), desk.lot.id) is not None,
        people=sorted(people.values(), key=lambda one: one.name),
    )


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>/council-paper/<any('public','non-public'):version>")
@who_work
def council_paper(call_id: UUID, number: int, version: str) -> ResponseReturnValue:
    """The council paper as a page."""
    desk = desk_of(call_id, number)
    return render_template("awards/council.html", desk=desk, version=version, **_council(desk, version))


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>/council-paper/<any('public','non-public'):version>.pdf")
@who_work
def council_file(call_id: UUID, number: int, version: str) -> ResponseReturnValue:
    """The same as a PDF."""
    desk = desk_of(call_id, number)
    found = _council(desk, version)
    return _paper("awards/council", desk, {"paper": found["paper"]}, f"vorlage-los-{number}-{version}.pdf")


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>/award-notice.pdf")
@who_work
def notice_file(call_id: UUID, number: int) -> ResponseReturnValue:
    """The award notice: what was decided, how it came about, and what followed."""
    desk, session = letter_desk(call_id, number), reading()
    course = queries_outward.standing_course(session, desk.lot)
    record = queries_records.record_of(session, course.decision.id)
    values = {
        "paper": queries_papers.council_paper(session, current_actor(), desk, is_public=False),
        "course": course,
        "decision": course.decision,
        "chosen": queries_outward.names_of(session, desk.call.id).get(course.decision.application_id or 0, ""),
        "record_hash": record.record_hash if record else "",
        "record_path": f"/awards/{record.public_id}" if record else "",
    }
    return _paper("awards/notice", desk, values, f"vergabeprotokoll-los-{number}.pdf")


@bp.post("/my-calls/<uuid:call_id>/lots/<int:number>/file.pdf")
@who_work
def inspection_file(call_id: UUID, number: int) -> ResponseReturnValue:
    """One click: the whole file for one applicant; that it was made is on record."""
    with unit_of_work() as session:
        at, code = LotAt(call_id, number), request.form.get("code", "")
        found = service_inspection.show_file(session, current_actor(), at, code, now=moment())
    desk = desk_of(call_id, number)
    return _paper("awards/inspection", desk, {"file": found, "bar": inspection.BAR}, f"akte-los-{number}.pdf")


def _council(desk: Desk, version: str) -> dict[str, Paper]:
    is_public = VERSIONS[version]
    if not policy_outward.may_see(current_actor(), desk.call):
        raise NotFound
    return {"paper": queries_papers.council_paper(reading(), current_actor(), desk, is_public=is_public)}


def _paper(template: str, desk: Desk, values: dict[str, object], name: str) -> Response:
    owner = calls.owner_of(reading(), desk.call).name
    return paper_answer(Letter(template, Addressee("", ""), day_of(moment()), values), desk, owner, name)
