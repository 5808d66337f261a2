"""Where a person arrives after signing in: the page of their role that is most worth seeing."""

from flask import url_for

from succession.accounts.actor import Actor, Role

START = "pages.start"
PAGES = (
    (Role.SEEKER, "matching.mine"),
    (Role.TRANSFEROR, "listings.mine"),
    (Role.LANDOWNER, "land.index"),
    (Role.COORDINATOR, "search.index"),
    (Role.OPERATOR, "operations.jobs"),
)


def landing_url(actor: Actor, *, desk: Role | None = None) -> str:
    """The address of that page; the start page for visitors and for roles without a page of their own.

    A desk that was just chosen narrows it to that role.
    """
    roles = actor.roles if desk is None else frozenset({desk})
    return url_for(next((endpoint for role, endpoint in PAGES if role in roles), START))
