"""What is looked at in another person's name is written down, for that person to see (S23)."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Flask, current_app, g, request
from werkzeug.wrappers import Response

from succession.accounts import service_representation
from succession.accounts.actor import Actor
from succession.extensions import own_transaction
from succession.web.gate import is_own_room


def init_app(app: Flask) -> None:
    """From now on every look in somebody's name is noted, after the page was made."""
    app.after_request(_note)


def _note(response: Response) -> Response:
    actor: Actor | None = g.get("actor")
    if actor is None or actor.acting_for is None or request.endpoint is None:
        return response
    if request.method != "GET" or response.status_code >= 300 or not _shows_something_own(request.endpoint):
        return response
    things = (value for value in (request.view_args or {}).values() if isinstance(value, UUID))
    room = request.endpoint.split(".")[0]
    with own_transaction() as session:
        service_representation.note_look(session, actor, room, next(things, None), now=datetime.now(UTC))
    return response


def _shows_something_own(endpoint: str) -> bool:
    """The rooms of the person's roles, and their photos and documents, which need no role of their own."""
    return is_own_room(current_app, endpoint) or endpoint.startswith("files.")
