"""The main menu: what a person of these roles comes for, and of it what is built in."""

from dataclasses import dataclass, replace

from flask import current_app, request, url_for

from succession.accounts.actor import Actor, Role
from succession.i18n import Text


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu."""

    label: Text
    address: str
    is_here: bool


_EVERYBODY = ((Text("Search"), "search.index"), (Text("Calls"), "calls.index"))
_VISITORS = ((Text("Hand over"), "pages.hand_over"), (Text("Give out land"), "pages.give_out_land"))
_LAST = ((Text("How it works"), "pages.how"),)

_BY_ROLE: tuple[tuple[Text, str, frozenset[Role]], ...] = (
    (Text("My matches"), "matching.mine", frozenset({Role.SEEKER})),
    (Text("My searches"), "profiles.searches", frozenset({Role.SEEKER})),
    (Text("My profile"), "profiles.show", frozenset({Role.SEEKER})),
    (Text("My applications"), "applications.mine", frozenset({Role.SEEKER})),
    (Text("My offers"), "listings.mine", frozenset({Role.TRANSFEROR, Role.LANDOWNER})),
    (Text("My land"), "land.index", frozenset({Role.TRANSFEROR, Role.LANDOWNER})),
    (Text("My principles"), "principles.mine", frozenset({Role.LANDOWNER})),
    (Text("Leases"), "leases.index", frozenset({Role.LANDOWNER})),
    (Text("Allocation"), "calls.mine", frozenset({Role.LANDOWNER})),
    (Text("What if"), "simulation.mine", frozenset({Role.LANDOWNER})),
    (Text("Promises"), "monitoring.agenda", frozenset({Role.LANDOWNER})),
    (Text("My promises"), "monitoring.own", frozenset({Role.SEEKER})),
    (
        Text("Organisations"),
        "organisations.mine",
        frozenset({Role.LANDOWNER, Role.ADVISOR, Role.MENTOR, Role.COORDINATOR, Role.OPERATOR}),
    ),
    (Text("Reports"), "legal.reports", frozenset({Role.COORDINATOR})),
    (Text("Legal texts"), "legal.overview", frozenset({Role.OPERATOR})),
    (Text("My files"), "representation.people", frozenset({Role.ADVISOR, Role.COORDINATOR})),
    (Text("Reference counts"), "reference.index", frozenset({Role.COORDINATOR})),
    (Text("Jobs"), "operations.jobs", frozenset({Role.COORDINATOR, Role.OPERATOR})),
    (Text("Mails"), "operations.mails", frozenset({Role.COORDINATOR, Role.OPERATOR})),
)


def entries(actor: Actor) -> list[Entry]:
    """The menu for this person, on this page."""
    shown = actor if actor.desk is None else replace(actor, roles=frozenset({actor.desk}))
    own = [(label, endpoint) for label, endpoint, roles in _BY_ROLE if shown.has(*roles)]
    wanted = [*_EVERYBODY, *own] if actor.is_known else [*_EVERYBODY, *_VISITORS, *_LAST]
    hidden = {"operations.mails"} if current_app.extensions["settings"].is_production else set()
    built_in = current_app.view_functions.keys() - hidden
    found = [(label, endpoint) for label, endpoint in wanted if endpoint in built_in]
    return [Entry(label, url_for(endpoint), request.endpoint == endpoint) for label, endpoint in found]
