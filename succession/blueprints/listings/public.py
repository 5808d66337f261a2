"""An offer as everybody reads it."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from succession.blueprints.listings.blueprint import bp
from succession.db import public_reading
from succession.errors import NotFound
from succession.extensions import reading
from succession.listings import queries, queries_access, queries_files, queries_requests
from succession.listings.queries_apart import refuse_hidden
from succession.web.gate import current_actor
from succession.web.gate import public as open_to_all


@bp.get("/offers/<uuid:offer_id>")
@open_to_all
def show(offer_id: UUID) -> ResponseReturnValue:
    """What is published, read with the rights of the public; what is withdrawn is gone."""
    session, actor = reading(), current_actor()
    refuse_hidden(session, actor, offer_id)
    with public_reading(session) as reader:
        offer = queries.public_offer(reader, offer_id)
    is_own = actor.is_known and queries.is_kept(session, actor, offer_id)
    if offer is not None and offer.is_stub and actor.is_known and not is_own:
        offer = queries_access.opened_page(session, actor, offer_id, now=datetime.now(UTC)) or offer
    if offer is None:
        if not queries.was_public(session, offer_id):
            raise NotFound
        return render_template("listings/gone.html", is_own=is_own, offer_id=offer_id), 410
    photos = () if offer.is_stub else queries_files.shown_photos(session, offer_id)
    asked = queries_requests.own_request_about(session, actor, offer_id)
    page = render_template(
        "listings/show.html",
        offer=offer,
        is_own=is_own,
        photos=photos,
        photo_endpoint="files.media",
        own_request=asked,
    )
    return page, {"X-Robots-Tag": "noindex, noarchive"} if offer.is_confidential else {}


@bp.get("/offers/<uuid:offer_id>/outline.json")
@open_to_all
def outline(offer_id: UUID) -> ResponseReturnValue:
    """Where it is, only for an offer whose owner shows the place itself."""
    session, actor = reading(), current_actor()
    refuse_hidden(session, actor, offer_id)
    with public_reading(session) as reader:
        shape = queries.public_outline(reader, offer_id)
    if shape is None:
        raise NotFound
    return Response(
        f'{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{}},"geometry":{shape}}}]}}',
        mimetype="application/geo+json",
        headers={"Cache-Control": "private, no-store"},  # its owner may choose an area at any time
    )
