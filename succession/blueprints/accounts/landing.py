"""Where a person arrives after signing in: the page of their role that is most worth seeing."""

from flask import current_app, request, url_for

from succession.accounts.actor import Actor, Role

START = "pages.start"
PAGES = (
    (Role.SEEKER, "matching.mine"),
    (Role.TRANSFEROR, "listings.mine"),
    (Role.LANDOWNER, "land.index"),
    (Role.COORDINATOR, "search.index"),
    (Role.OPERATOR, "operations.jobs"),
)


def landing_url(actor: Actor) -> str:
    """The address of that page; the start page for visitors and where the page is not built in."""
    for role, endpoint in PAGES:
        if role in actor.roles and endpoint in current_app.view_functions:
            return url_for(endpoint)
    return url_for(START) if START in current_app.view_functions else f"{request.script_root}/"
