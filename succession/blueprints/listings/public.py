"""An offer as everybody reads it."""

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from succession.blueprints.listings.blueprint import bp
from succession.db import public_reading
from succession.errors import NotFound
from succession.extensions import reading
from succession.listings import queries
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
    if offer is None:
        if not queries.was_public(session, offer_id):
            raise NotFound
        return render_template("listings/gone.html", is_own=is_own, offer_id=offer_id), 410
    return render_template("listings/show.html", offer=offer, is_own=is_own)
