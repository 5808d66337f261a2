"""From a page of the wizard to rows and back; called by the doors, with the application locked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from geoalchemy2.shape import from_shape, to_shape
from shapely import Point
from sqlalchemy import delete
from sqlalchemy.orm import Session

from succession.applications import content
from succession.applications.exact import ApplicationPlace
from succession.applications.models import ApplicationLot, ApplicationMember, ApplicationSpecial
from succession.applications.pages import (
    AnswersPage,
    FarmsteadPage,
    LotPage,
    LotsPage,
    Page,
    PersonPage,
    ReligionPage,
)
from succession.applications.queries import Details
from succession.applications.refusals import NotOpen
from succession.applications.states import (
    LONGEST_ADDRESS,
    LONGEST_NAME,
    LONGEST_TIES,
    MOST_MEMBERS,
)
from succession.applications.steps import Step, Topic
from succession.errors import Refused
from succession.geo.crs import STORAGE_EPSG
from succession.i18n import Text
from succession.principles.answers import fault
from succession.principles.texts import in_language

MOST_CENTS = 10**11
MOST_M2 = 10**9


def page_of(details: Details, step: Step) -> Page:
    """What is stored of a page."""
    row = details.application
    match step.topic:
        case Topic.PERSON:
            return PersonPage(row.name, row.address, row.email or "", row.phone or "", details.members, row.ties)
        case Topic.LOTS:
            ranks = {lot.number: lot.rank for lot in details.draft.lots}
            return LotsPage(ranks, row.max_area_m2, row.is_connected)
        case Topic.LOT:
            lot = next(one for one in details.draft.lots if one.number == step.number)
            return LotPage(lot.number, lot.bid_cents_year, dict(lot.answers))
        case Topic.FARMSTEAD:
            return _farmstead(details.place)
        case Topic.RELIGION:
            special = details.special
            return ReligionPage() if special is None else ReligionPage(True, dict(special.answers))
        case _:
            wanted = tuple(question.identifier for question in step.questions)
            return AnswersPage(wanted, {one: row.answers[one] for one in wanted if row.answers.get(one) is not None})


def write(session: Session, details: Details, page: Page, *, now: datetime) -> None:
    """The page stands in the rows; `Refused` for what cannot be meant."""
    match page:
        case PersonPage():
            _write_person(session, details, page)
        case LotsPage():
            _write_lots(session, details, page)
        case LotPage():
            _write_lot(details, page)
        case FarmsteadPage():
            _write_farmstead(session, details, page)
        case ReligionPage():
            _write_religion(session, details, page, now=now)
        case AnswersPage():
            _check(details, page.answers)
            kept = {key: value for key, value in details.application.answers.items() if key not in page.questions}
            details.application.answers = {**kept, **page.answers}


def _farmstead(place: ApplicationPlace | None) -> FarmsteadPage:
    if place is None:
        return FarmsteadPage()
    point = to_shape(place.geom)
    assert isinstance(point, Point)
    return FarmsteadPage(place.kind, place.label, point.x, point.y)


def _write_person(session: Session, details: Details, page: PersonPage) -> None:
    too_long = len(page.name) > LONGEST_NAME or len(page.address) > LONGEST_ADDRESS or len(page.ties) > LONGEST_TIES
    if too_long or any(len(name) > LONGEST_NAME for name in page.members) or len(page.members) > MOST_MEMBERS:
        raise Refused(Text("One of these texts is too long. Please make it shorter."))
    row = details.application
    row.name, row.address, row.ties = page.name, page.address, page.ties
    row.email, row.phone = page.email or None, page.phone or None
    row.is_group = bool(page.members)
    session.execute(delete(ApplicationMember).where(ApplicationMember.application_id == row.id))
    session.add_all(
        ApplicationMember(application_id=row.id, number=number, name=name)
        for number, name in enumerate(page.members, 1)
    )


def _write_lots(session: Session, details: Details, page: LotsPage) -> None:
    """Lots that stay keep their offer and their answers."""
    if not page.ranks.keys() <= details.lot_ids.keys():
        raise Refused(Text("One of these lots does not exist."))
    if page.max_area_m2 is not None and not 0 < page.max_area_m2 <= MOST_M2:
        raise Refused(Text("This area cannot be meant."))
    if details.terms.is_round:
        details.application.max_area_m2, details.application.is_connected = page.max_area_m2, page.is_connected
    wanted = {details.lot_ids[number]: rank for number, rank in page.ranks.items()}
    present = {row.lot_id: row for row in details.rows}
    for lot_id, row in present.items():
        if lot_id in wanted:
            row.rank = wanted[lot_id]
        else:
            session.delete(row)
    session.flush()
    session.add_all(
        ApplicationLot(application_id=details.application.id, lot_id=lot_id, rank=rank, answers={})
        for lot_id, rank in wanted.items()
        if lot_id not in present
    )


def _write_lot(details: Details, page: LotPage) -> None:
    _check(details, page.answers)
    bid = page.bid_cents_year
    if bid is not None and not 0 <= bid <= MOST_CENTS:
        raise Refused(Text("This offer cannot be meant."))
    row = next(one for one in details.rows if one.lot_id == details.lot_ids[page.number])
    row.bid_cents_year, row.answers = bid, dict(page.answers)


def _write_farmstead(session: Session, details: Details, page: FarmsteadPage) -> None:
    """A new point gets a new salt, so that nobody can tell by its hash whether it is the old one."""
    place = details.place
    if page.x is None or page.y is None:
        if place is not None:
            session.delete(place)
        return
    if place is None:
        place = ApplicationPlace(application_id=details.application.id, is_sent=False)
        session.add(place)
    place.kind, place.label, place.salt = page.kind, page.label[:LONGEST_NAME], content.new_salt()
    place.geom = from_shape(Point(round(page.x), round(page.y)), srid=STORAGE_EPSG)


def _write_religion(session: Session, details: Details, page: ReligionPage, *, now: datetime) -> None:
    """Without consent nothing is kept; only a church may ask."""
    asked = {question.identifier for question in details.document.questions if question.special_category is not None}
    if not asked:
        raise NotOpen
    special = details.special
    if not page.consents or not page.answers:
        if page.answers:
            raise Refused(Text("We may keep these answers only if you agree to it below. You may also empty them."))
        if special is not None:
            session.delete(special)
        return
    _check(details, page.answers)
    if special is None:
        special = ApplicationSpecial(application_id=details.application.id, is_sent=False, consented_at=now)
        session.add(special)
    special.answers, special.salt = dict(page.answers), content.new_salt()


def _check(details: Details, answers: Mapping[str, Any]) -> None:
    """No door keeps an answer that cannot be meant, whatever its form has let through."""
    for identifier, value in answers.items():
        question = details.document.question(identifier)
        wrong = Text("This question is not asked.") if question is None else fault(question, value)
        if wrong is not None:
            label = identifier if question is None else in_language(question.question, details.terms.language)
            raise Refused(Text("%(question)s %(wrong)s", {"question": label, "wrong": wrong}))
