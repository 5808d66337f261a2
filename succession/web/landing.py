"""Where a person arrives after signing in: the page of their role that is most worth seeing."""

from flask import url_for

from succession.accounts.actor import Actor, Role

START = "pages.start"
PAGES = (
    (Role.SEEKER, "matching.mine"),
    (Role.TRANSFEROR, "listings.mine"),
    (Role.LANDOWNER, "land.index"),
    (Role.ADVISOR, "representation.people"),
    (Role.COORDINATOR, "legal.reports"),
    (Role.OPERATOR, "operations.jobs"),
)


def landing_url(actor: Actor, *, desk: Role | None = None) -> str:
    """The address of that page; the start page for visitors and for roles without a page of their own.

    Who needs a second step and has none arrives where it is set up. A desk that was chosen narrows it to that role.
    """
    if actor.lacks_second_factor:
        return url_for("second_factor.index")
    chosen = desk or actor.desk
    roles = actor.roles if chosen is None else frozenset({chosen})
    return url_for(next((endpoint for role, endpoint in PAGES if role in roles), START))
