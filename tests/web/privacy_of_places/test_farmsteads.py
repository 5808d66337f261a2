"""The twin test of applicants (LP): a farmstead that stands elsewhere within its step is told by nothing in public.

Two worlds with the same call, decided and published. What is chance (ids, hashes, salts and what they fix) is left out;
a farmstead beyond its step must be seen by the same comparison, or it would compare nothing.
"""

import re
import secrets
from datetime import UTC, datetime
from itertools import count
from random import Random

import pytest
from sqlalchemy import func, select

from succession.accounts.actor import Role
from succession.applications.exact import ApplicationPlace
from succession.applications.states import FarmsteadKind
from succession.awards.models_records import AwardRecord
from tests.factories import calls as calls_factory
from tests.factories.accounts import an_account, an_organisation, sign_in
from tests.factories.applicants import an_application_sent
from tests.factories.awards import AwardScene, decided
from tests.factories.calls import a_closed_call, principles, words
from tests.factories.organisations import a_member, acting
from tests.factories.outward import dispatched
from tests.factories.places import a_small_region
from tests.factories.secret_places import a_connection
from tests.web.privacy_of_places.comparing import as_bytes
from tests.web.privacy_of_places.guards import on

NOW = datetime.now(UTC).replace(microsecond=0)
PLACES = {"here": 2_100, "a little further": 4_700, "beyond the step": 9_000}
"""Metres from the lot; the step of the principles ends at five kilometres."""
CHANCE = re.compile(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}|[0-9a-f]{32}")
DISTANCE = {
    "id": "distance",
    "answer": "number",
    "from": "measured",
    "measure": "distance_farmstead_straight",
    "question": words("Wo ist Ihr Betrieb?"),
    "evidence": [words("Lageplan")],
    "evidence_effort": "light",
    "mandatory": False,
    "hides": "step",
}
NEAR = {
    "id": "near",
    "kind": "steps",
    "field": "distance",
    "bounds": "upper",
    "steps": [[5, 5], [15, 2], [500, 0]],
    "label": words("Kurze Wege"),
    "reason": words("Weniger Fahrten."),
}


def document():
    """The small set, and points for short ways in steps."""
    small = principles()
    catalogue = {**small["catalogue"], "criteria": [*small["catalogue"]["criteria"], NEAR]}
    return principles(questions=[*small["questions"], DISTANCE], catalogue=catalogue)


def a_decided_call(session, metres):
    """Three have applied, one of them from that far; the letters have left, and the record is published."""
    calls_factory.COLUMNS = count(700)
    owner = an_organisation(session, name="Gemeinde Gartow")
    clerk = acting(session, a_member(session, owner, calls_factory.MembershipRole.ADMINISTRATOR, name="Kim Amt"), NOW)
    second = acting(session, a_member(session, owner, name="Ada Amt"), NOW)
    scene = a_closed_call(session, now=NOW, owner=owner, clerk=clerk, document=document())
    applications = {}
    for number, (name, far) in enumerate((("Anna", metres), ("Ben", 12_000), ("Carl", 30_000))):
        said = {"organic": number == 0, "founded_years": str(10 * number + 10)}
        row = an_application_sent(
            session, scene.call, answers=said, lots={1: {"distance_m": far}}, code=f"T000000{number}", name=name,
            address=f"Dorfstraße {number}", email=f"{name.lower()}@example.org",
        )  # fmt: skip
        point = func.ST_SetSRID(func.ST_MakePoint(650_000 + far, 5_870_000), 25832)
        kind = FarmsteadKind(next(iter(FarmsteadKind)))
        session.add(
            ApplicationPlace(
                application_id=row.id, is_sent=True, kind=kind, label=f"{far} m", geom=point, salt="0" * 64
            )
        )
        applications[name] = row
    session.commit()
    found = AwardScene(scene.call, scene.lots, clerk, second, applications)
    decided(session, found, now=NOW)
    dispatched(session, found, now=NOW)
    return found


def addresses(session, call):
    """Every public page about calls and awards."""
    record = session.scalars(select(AwardRecord)).one()
    own = ("", "/map.json", "/notice")
    return [
        *("/calls", "/calls?when=past", "/calls.atom", "/awards", "/principles", "/what-if", "/check-award"),
        *("/kept-promises", "/search", "/my-applications"),
        *(f"/calls/{call.public_id}{page}" for page in own),
        *(f"/awards/{record.public_id}{page}" for page in ("", "/record.json")),
    ]


def answers(app, engine, metres):
    """What one world says to each of three people."""
    said = {}
    with a_connection(engine) as (connection, session), on(app, connection):
        a_small_region(session)
        call = a_decided_call(session, metres).call
        people = {"visitor": app.test_client()}
        for who, role in (("seeker", Role.SEEKER), ("foreigner", Role.TRANSFEROR)):
            people[who] = app.test_client()
            sign_in(people[who], session, an_account(session, role, name=who, email=f"{who}@example.org"))
        for who, browser in people.items():
            for path in addresses(session, call):
                answer = browser.get(path, headers={"Accept-Language": "de"})
                assert answer.status_code in {200, 403} or path.startswith("/my-"), path
                if path.endswith("/notice"):
                    continue  # a file of its own making each time; its words are those of the page
                said[who, blind(path.encode())] = blind(as_bytes(answer))
        award = session.scalars(select(AwardRecord.public_id)).one()
        checked = people["visitor"].post("/check-award", data={"award": str(award)}, headers={"Accept-Language": "de"})
        assert checked.status_code == 200
        said["visitor", b"checked"] = blind(as_bytes(checked))
    return said


def blind(content):
    """Without ids, hashes and what is fixed by them."""
    return CHANCE.sub(b"", content)


def differing(one, other):
    assert one.keys() == other.keys()
    return sorted(key for key in one if one[key] != other[key])


@pytest.fixture
def same_letters(monkeypatch):
    """The letters of a record are dealt by chance; here every world is dealt the same."""
    monkeypatch.setattr(secrets, "SystemRandom", lambda: Random(7))


@pytest.mark.usefixtures("same_letters")
def test_a_farmstead_moved_within_its_step_changes_no_byte_but_the_commitments(whole_app, worker_database):
    here, further, beyond = (answers(whole_app, worker_database.engine, metres) for metres in PLACES.values())
    assert len(here) >= 3 * 14
    assert differing(here, further) == []
    assert len(differing(here, beyond)) >= 3 * 2, "points that change are seen"
