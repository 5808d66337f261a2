"""Trilateration over ten offers (LP-2): by distance, radius, frame, order and score, nobody comes nearer than shown.

Alerts do not exist yet. When they do, what is sent or not is compared by the twin test, which dumps the outbox.
"""

from contextlib import ExitStack, contextmanager, nullcontext

import pytest

from succession.accounts.actor import Role
from tests.factories.accounts import an_account
from tests.factories.secret_places import (
    VILLAGES,
    _offer,
    _published,
    a_connection,
    area_of,
    build,
    named,
    reference_of,
    signed_in,
)
from tests.web.privacy_of_places import attacks
from tests.web.privacy_of_places.guards import areas_drawn_around_the_place_itself, on

LEAST_OFFERS = 10
FOUND_AT_LEAST = 6


@contextmanager
def a_scene(app, engine, guard):
    """The world with an attacker who offers a decoy in every village and has a search of their own."""
    with ExitStack() as stack:
        stack.enter_context(guard())
        connection, session = stack.enter_context(a_connection(engine))
        stack.enter_context(on(app, connection))
        world = build(session)
        world.accounts["attacker"] = an_account(session, Role.SEEKER, Role.TRANSFEROR, email="attacker@example.org")
        decoys = {}
        for number, village in enumerate(VILLAGES, start=50):
            account, area = world.accounts["attacker"], area_of(session, village)
            values = {"owner_account_id": account.id, "place_id": area.place_id, "public_id": named("decoy", number)}
            listing = _offer(session, world, number, **values)
            _published(session, account, listing, number)
            decoys[str(listing.public_id)] = reference_of(session, area)
        assert len(world.secrets) >= LEAST_OFFERS
        assert min(secret.gap_m for secret in world.secrets) > 2_000
        yield app, session, world, decoys


def guesses_of(attack, app, session, world, decoys):
    visitor = app.test_client()
    match attack:
        case "distance":
            return attacks.by_distance(visitor, session, world)
        case "radius":
            return attacks.by_radius(visitor, session, world)
        case "frame":
            return attacks.by_frame(visitor, session, world)
        case "order":
            return attacks.by_order(visitor, session, world, decoys)
        case "score":
            return attacks.by_score(signed_in(app, session, world, "attacker"), session, world, decoys)


def betrayed(attack, scene):
    """The offers for which the guess comes nearer to the secret than it may, and how many guesses there were."""
    app, session, world, decoys = scene
    guesses = guesses_of(attack, app, session, world, decoys)
    assert guesses.keys() == {str(secret.offer) for secret in world.secrets}
    return [secret for secret in world.secrets if not attacks.is_safe(secret, guesses[str(secret.offer)])]


QUICK = ["distance", "frame", "order", "score"]
ALL = [*QUICK, pytest.param("radius", marks=pytest.mark.long)]


GUARDED, UNGUARDED = "guarded", "areas drawn around the place itself"
GUARDS = {GUARDED: nullcontext, UNGUARDED: areas_drawn_around_the_place_itself}


@pytest.fixture(scope="module", params=GUARDS)
def scene(request, whole_app, worker_database):
    """One after the other: the world as it is, and the same with the guard out."""
    with a_scene(whole_app, worker_database.engine, GUARDS[request.param]) as made:
        yield request.param, made


@pytest.mark.parametrize("attack", ALL)
def test_no_attack_comes_nearer_than_the_shown_area_unless_the_guard_is_out(scene, attack):
    """With the guard out the same attack, by the same yardstick, finds most of the places: the test can fail."""
    guard, made = scene
    found = betrayed(attack, made)
    if guard == GUARDED:
        assert found == []
    else:
        assert len(found) >= FOUND_AT_LEAST
