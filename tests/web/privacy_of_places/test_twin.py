"""The twin test (LP-1): two worlds that differ only in exact places answer alike, byte for byte.

Each guard has a switch here, in the test: with the guard taken out, the same comparison finds differences.
"""

from collections import Counter
from itertools import zip_longest

from sqlalchemy import select, text

from succession.outbox.models import OutboxMail
from tests.factories.secret_places import a_connection, build, signed_in
from tests.web.privacy_of_places.addresses import addresses
from tests.web.privacy_of_places.comparing import as_bytes
from tests.web.privacy_of_places.guards import (
    areas_drawn_around_the_place_itself,
    headers_made_of_the_place,
    mails_that_name_the_place,
    on,
    outlines_of_everybody,
)

LEAST_ADDRESSES, LEAST_MOVED = 60, 20
VISITOR, SEEKER, FOREIGNER = "visitor", "seeker", "foreigner"


def answers(app, engine, *, moved, only=None):
    """What one world says: every address to each of three people, and both outboxes."""
    said = {}
    with a_connection(engine) as (connection, session), on(app, connection):
        world = build(session, moved=moved)
        assert world.moved_points >= LEAST_MOVED
        paths = [path for path in addresses(session, world) if only is None or only(path)]
        people = {VISITOR: app.test_client()}
        people |= {name: signed_in(app, session, world, name) for name in (SEEKER, FOREIGNER)}
        for who, browser in people.items():
            for path in paths:
                answer = browser.get(path, headers={"Accept-Language": "de"})
                said[who, path] = as_bytes(answer)
        said["outbox", "mails"] = outbox(session)
        said["outbox", "others"] = others_rows(session)
    return said


def outbox(session):
    mails = session.scalars(select(OutboxMail).order_by(OutboxMail.id))
    return repr([(mail.template, mail.values, mail.language, mail.recipient_address) for mail in mails]).encode()


def others_rows(session):
    """What the public role may read of offers, as the tables hold it."""
    rows = session.execute(
        text("""
            SELECT p.reference, p.title, p.description, p.facts::text, p.wishes::text, a.code, p.published_at
            FROM listing_publication p JOIN place_area a ON a.id = p.place_area_id ORDER BY p.reference""")
    )
    return repr(rows.all()).encode()


def differing(one, other):
    """The addresses that tell the worlds apart."""
    assert one.keys() == other.keys()
    return sorted(key for key in one if one[key] != other[key])


def first_difference(one, other):
    """The first line that differs, of both, so that a failure says what it is about."""
    pairs = zip_longest(one.split(b"\n"), other.split(b"\n"))
    return next((pair for pair in pairs if pair[0] != pair[1]), None)


def twins(app, engine, only=None):
    return differing(*(answers(app, engine, moved=moved, only=only) for moved in (False, True)))


def test_two_worlds_that_differ_only_in_exact_places_answer_alike(whole_app, worker_database):
    here, there = (answers(whole_app, worker_database.engine, moved=moved) for moved in (False, True))
    paths = {path for who, path in here if who != "outbox"}
    assert len(paths) >= LEAST_ADDRESSES
    states = Counter(answer[:3] for (who, _), answer in here.items() if who != "outbox")
    assert states[b"200"] > LEAST_ADDRESSES, states
    assert not any(status.startswith(b"5") for status in states), states
    assert b"listings/step" in here["outbox", "mails"], "there are mails to compare"
    assert [(key, first_difference(here[key], there[key])) for key in differing(here, there)[:5]] == []


def of_offers(path):
    """A few addresses are enough to see that a switch works."""
    return path in {"/search", "/matches"} or (path.startswith(("/offers/", "/map/areas-4")) and "outline" not in path)


def test_the_comparison_sees_an_area_that_depends_on_the_exact_place(whole_app, worker_database):
    with areas_drawn_around_the_place_itself():
        found = twins(whole_app, worker_database.engine, of_offers)
    assert {who for who, _ in found} >= {VISITOR, SEEKER, FOREIGNER}
    assert len(found) >= 20


def test_the_comparison_sees_a_header_that_depends_on_the_exact_place(whole_app, worker_database):
    with headers_made_of_the_place(whole_app):
        assert twins(whole_app, worker_database.engine, lambda path: path == "/map/river.json")


def test_the_comparison_sees_a_mail_that_depends_on_the_exact_place(whole_app, worker_database):
    with mails_that_name_the_place():
        assert ("outbox", "mails") in twins(whole_app, worker_database.engine, lambda path: path == "/")


def test_the_comparison_sees_an_outline_that_nobody_chose_to_show(whole_app, worker_database):
    with outlines_of_everybody():
        found = twins(whole_app, worker_database.engine, lambda path: path.endswith("outline.json"))
    assert len(found) >= 10
