"""Writes what the public reads of a call, with outlines of lots of public bodies. Called by doors that have asked."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from succession.calls import published, queries
from succession.calls.models import Call
from succession.calls.models_changes import CallDocument
from succession.calls.models_published import CallPublication, call_lot_outline
from succession.calls.requirements import Prepared
from succession.calls.states import CallState
from succession.errors import NotFound, Refused
from succession.facts import branches
from succession.facts.kinds import Kind
from succession.files.models import StoredFile
from succession.geo.crs import STORAGE_EPSG
from succession.i18n import Text
from succession.land import queries as land_queries
from succession.places import queries_levels
from succession.places.areas import AreaLevel
from succession.places.levels import Wanted, decide
from succession.principles import drafts
from succession.principles.document import PrincipleDocument


def prepared(session: Session, call: Call) -> Prepared:
    """The call as it stands, with its lots, parcels and principles."""
    chosen = queries.principle_set_of(session, call)
    document = None if chosen is None else drafts.attempt(chosen.document)
    return Prepared(
        call,
        queries.owner_of(session, call).kind,
        queries.lots_of(session, call),
        queries.parcels_of(session, call),
        document if isinstance(document, PrincipleDocument) else None,
    )


def files_of(session: Session, call: Call) -> list[published.PublicFile]:
    """The documents of a call, in their order."""
    statement = (
        select(CallDocument.public_id, CallDocument.title, StoredFile.pages, StoredFile.bytes)
        .join(StoredFile, StoredFile.id == CallDocument.file_id)
        .where(CallDocument.call_id == call.id)
        .order_by(CallDocument.position, CallDocument.id)
    )
    return [
        published.PublicFile(one, title, pages or 0, size) for one, title, pages, size in session.execute(statement)
    ]


def stored_file(session: Session, document_public_id: UUID) -> UUID:
    """The file behind a document; the caller has checked that it may be read."""
    statement = select(StoredFile.public_id).join(CallDocument, CallDocument.file_id == StoredFile.id)
    found = session.scalar(statement.where(CallDocument.public_id == document_public_id))
    if found is None:
        raise NotFound
    return found


def refresh(session: Session, call: Call, *, now: datetime) -> None:
    """What the public reads is what the call now says; a draft is not there at all."""
    if call.state is CallState.DRAFT or call.published_at is None:
        remove(session, call)
        return
    assert call.frozen_document is not None
    values = {
        "public_id": call.public_id,
        "title": call.title,
        "owner_name": queries.owner_of(session, call).name,
        "kind": call.kind,
        "state": call.state,
        "opens_at": call.opens_at,
        "closes_at": call.closes_at,
        "published_at": call.published_at,
        "changed_at": now,
        "document": as_public(session, call),
    }
    known = session.get(CallPublication, call.id)
    area = known.place_area_id if known is not None else place_area_of(session, call)
    row = insert(CallPublication).values(call_id=call.id, place_area_id=area, **values)
    session.execute(row.on_conflict_do_update(index_elements=["call_id"], set_=values))
    if known is not None:
        session.expire(known)


def as_public(session: Session, call: Call) -> dict[str, object]:
    """The public document; before freezing it is the preview."""
    frozen = call.frozen_document
    chosen = queries.principle_set_of(session, call)
    principles = frozen["principles"] if frozen else (chosen.document if chosen is not None else {})
    return published.document(
        prepared(session, call),
        principles=principles,
        owner_name=queries.owner_of(session, call).name,
        files=files_of(session, call),
        changes=queries.changes_of(session, call),
    )


def copy_outlines(session: Session, call: Call) -> None:
    """Everybody may read the outlines of the lots of a public body, and of nobody else."""
    _forget_outlines(session, call)
    if not published.is_public_body(queries.owner_of(session, call).kind):
        return
    parcels = queries.parcels_of(session, call)
    for lot in queries.lots_of(session, call):
        outline = land_queries.outline_for_publication(
            session, site_id=None, parcel_ids=[one.parcel_id for one in parcels.get(lot.id, ())]
        )
        if outline is not None:
            geom = func.ST_GeomFromWKB(outline, STORAGE_EPSG)
            values = {"lot_id": lot.id, "call_id": call.id, "number": lot.number, "geom": geom}
            session.execute(insert(call_lot_outline).values(**values))


def remove(session: Session, call: Call) -> None:
    """Nobody else reads the call any more."""
    _forget_outlines(session, call)
    session.execute(delete(CallPublication).where(CallPublication.call_id == call.id))


def place_area_of(session: Session, call: Call) -> int | None:
    """The area the land is shown in; for owners who are no public body the k-rule decides, and nothing may be shown."""
    parcel_ids = [one.parcel_id for parcels in queries.parcels_of(session, call).values() for one in parcels]
    point = land_queries.location_for_publication(session, site_id=None, parcel_ids=parcel_ids)
    chain = [] if point is None else queries_levels.around(session, *point)
    if published.is_public_body(queries.owner_of(session, call).kind):
        return chain[0].id if chain else None
    wanted = Wanted(AreaLevel.PLACE, branches.of_kind(Kind.LAND))
    steps = queries_levels.steps(session, chain, (wanted.kind,)) if chain else []
    verdict = decide(wanted, steps, queries_levels.least_alike(session)) if chain else None
    if verdict is None:
        raise Refused(Text("We cannot tell in which area this land is to be shown, so the call was not published."))
    return next(one.id for one in chain if one.level == verdict.level)


def _forget_outlines(session: Session, call: Call) -> None:
    session.execute(delete(call_lot_outline).where(call_lot_outline.c.call_id == call.id))
