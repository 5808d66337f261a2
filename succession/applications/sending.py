"""From the working copy to the document that is sent; called by the doors, with the application locked."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from geoalchemy2.shape import to_shape
from shapely import Point
from sqlalchemy import delete
from sqlalchemy.orm import Session

from succession.accounts import queries_organisations
from succession.accounts.duties import Duty
from succession.applications import content, queries
from succession.applications.content import Farmstead, RoundWish, Sent
from succession.applications.exact import ApplicationPlace
from succession.applications.models import ApplicationSpecial, ApplicationSubmission, Envelope
from succession.applications.queries import Details
from succession.applications.states import ApplicationState


def write(
    session: Session, details: Details, *, key: UUID, arrived_at: datetime, now: datetime
) -> ApplicationSubmission:
    """What is sent now stands beside what was sent before, with its hash; the application counts from now on."""
    application = details.application
    application.is_of_owner = is_of_owner(session, details, now=now)
    _copy_apart(session, details)
    number = len(queries.submissions(session, application)) + 1
    document = content.document(_sent(session, details, number, arrived_at))
    row = ApplicationSubmission(
        application_id=application.id,
        number=number,
        arrived_at=arrived_at,
        content=document,
        hash=content.hash_of(document),
        idempotency_key=key,
    )
    session.add(row)
    application.arrived_at, application.receipt_hash = arrived_at, row.hash
    application.state, application.withdrawn_at = ApplicationState.SUBMITTED, None
    application.sent_revision = application.revision
    session.flush()
    return row


def is_of_owner(session: Session, details: Details, *, now: datetime) -> bool:
    """Whether the applicant works for the owner or for an office with its mandate."""
    owner = details.call.owner_organisation_id
    return details.application.applicant_account_id in queries_organisations.people_with(
        session, Duty.READ, owner, now=now
    )


def _copy_apart(session: Session, details: Details) -> None:
    """What lies apart is copied, so that later changes of the working copy do not reach what was sent."""
    number = details.application.id
    for model in (ApplicationSpecial, ApplicationPlace):
        session.execute(delete(model).where(model.application_id == number, model.is_sent))
    special, place = details.special, details.place
    if special is not None:
        session.add(
            ApplicationSpecial(
                application_id=number,
                is_sent=True,
                answers=special.answers,
                salt=special.salt,
                consented_at=special.consented_at,
            )
        )
    if place is not None:
        session.add(
            ApplicationPlace(
                application_id=number,
                is_sent=True,
                kind=place.kind,
                label=place.label,
                geom=place.geom,
                salt=place.salt,
            )
        )


def _sent(session: Session, details: Details, number: int, arrived_at: datetime) -> Sent:
    row, draft = details.application, details.draft
    envelope = None if row.envelope_id is None else session.get_one(Envelope, row.envelope_id).number
    return Sent(
        call=details.call.public_id,
        principles=details.document.identifier,
        code=row.code,
        number=number,
        way=row.way,
        arrived_at=arrived_at,
        applicant=replace(draft.applicant, is_of_owner=row.is_of_owner),
        answers=draft.answers,
        lots=draft.lots,
        evidence={question: tuple(file.public_id for file in files) for question, files in details.evidence.items()},
        farmstead=_farmstead(details.place),
        round_wish=RoundWish(row.max_area_m2, row.is_connected) if details.terms.is_round else None,
        special=None if details.special is None else content.commitment(details.special.salt, details.special.answers),
        envelope=envelope,
    )


def _farmstead(place: ApplicationPlace | None) -> Farmstead | None:
    if place is None:
        return None
    point = to_shape(place.geom)
    assert isinstance(point, Point)
    told = {"x": round(point.x), "y": round(point.y)}
    return Farmstead(place.kind, place.label, content.commitment(place.salt, told))
