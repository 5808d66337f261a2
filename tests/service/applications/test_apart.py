"""What lies apart: the exact farmstead, answers on religion, and applying in somebody's name."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from geoalchemy2.shape import to_shape
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from succession.accounts.actor import Scope
from succession.accounts.models import OrganisationKind
from succession.accounts.queries import actor_of
from succession.applications import content, queries, service
from succession.applications.exact import ApplicationPlace
from succession.applications.models import ApplicationSpecial
from succession.applications.pages import FarmsteadPage, LotsPage, ReligionPage
from succession.applications.states import FarmsteadKind
from succession.applications.steps import step_of
from succession.audit.models import AuditEntry
from succession.db import public_reading
from succession.errors import Forbidden, Refused
from succession.land.exact import ParcelLocation
from succession.marks import Person
from succession.privacy.erasing import erase
from tests.factories.accounts import an_account, an_organisation
from tests.factories.acting import an_agent
from tests.factories.applicants import an_applicant
from tests.factories.calls import an_open_call, principles, words
from tests.service.applications.test_sending import save, submit

DISTANCE = {
    "id": "far",
    "answer": "number",
    "from": "measured",
    "measure": "distance_farmstead_straight",
    "question": words("Entfernung"),
    "evidence": [],
    "mandatory": False,
    "hides": "step",
}
NEAR = {
    "id": "near",
    "kind": "steps",
    "field": "far",
    "bounds": "upper",
    "steps": [[10, 6], [500, 0]],
    "label": words("Nähe"),
    "reason": words("Kurz."),
}
MEMBER = {
    "id": "member",
    "answer": "yes_or_no",
    "from": "declared",
    "question": words("Gehören Sie einer Kirche an?"),
    "evidence": [],
    "special_category": "religion",
    "mandatory": False,
    "hides": "step",
}
CHURCH = {"id": "member", "kind": "boolean", "points": 2, "label": words("Kirche"), "reason": words("Satzung.")}


@pytest.fixture
def now():
    return datetime.now(UTC)


def with_question(question, criterion, **changes):
    raw = principles(**changes)
    raw["questions"].append(question)
    raw["catalogue"]["criteria"].append(criterion)
    return raw


def corner_of(session, parcel):
    outline = to_shape(session.scalar(select(ParcelLocation.geom).where(ParcelLocation.parcel_id == parcel.id)))
    return outline.bounds[0], outline.bounds[1]


def test_the_distance_to_each_lot_is_measured_to_its_nearest_boundary(session, now):
    scene = an_open_call(session, now=now, lots=2, document=with_question(DISTANCE, NEAR))
    actor = an_applicant(session)
    application = service.begin(session, actor, scene.call.public_id, now=now)
    save(session, actor, application, "lots", LotsPage({1: None, 2: None}), now)
    x, y = corner_of(session, scene.parcels[0])
    page = FarmsteadPage(FarmsteadKind.PLANNED, "Neue Hofstelle", float(round(x - 300)), float(round(y - 400)))
    save(session, actor, application, "farmstead", page, now)
    row = submit(session, actor, application, now)
    first, second = row.content["lots"]
    assert first["distance_m"] == pytest.approx(500, abs=1)
    assert second["distance_m"] > first["distance_m"]
    assert row.content["farmstead"]["kind"] == "planned"
    assert str(round(x - 300)) not in str(row.content), "the point itself is fixed by a hash only"
    place = session.get(ApplicationPlace, (application.id, True))
    told = {"x": round(page.x), "y": round(page.y)}
    assert content.commitment(place.salt, told) == row.content["farmstead"]["commitment"]


def test_a_farmstead_within_the_lot_is_at_no_distance_and_none_named_has_none(session, now):
    scene = an_open_call(session, now=now, document=with_question(DISTANCE, NEAR))
    actor = an_applicant(session)
    application = service.begin(session, actor, scene.call.public_id, now=now)
    assert submit(session, actor, application, now).content["lots"][0]["distance_m"] is None
    x, y = corner_of(session, scene.parcels[0])
    inside = FarmsteadPage(FarmsteadKind.EXISTING, "Hof", float(round(x + 20)), float(round(y + 20)))
    save(session, actor, application, "farmstead", inside, now)
    assert submit(session, actor, application, now).content["lots"][0]["distance_m"] == 0
    save(session, actor, application, "farmstead", FarmsteadPage(), now)
    assert "farmstead" not in submit(session, actor, application, now).content


def test_the_public_role_reads_neither_farmsteads_nor_anything_that_was_sent(session):
    for table in ("application", "application_place", "application_submission", "application_special", "envelope"):
        with public_reading(session) as reader, pytest.raises(DatabaseError):
            reader.execute(text(f"SELECT * FROM {table}"))


def a_parish_call(session, now):
    parish = an_organisation(session, OrganisationKind.PARISH)
    raw = with_question(MEMBER, CHURCH, owners="church")
    return an_open_call(session, now=now, owner=parish, document=raw)


def test_answers_on_religion_need_a_consent_of_their_own_and_lie_apart(session, now):
    scene, actor = a_parish_call(session, now), an_applicant(session)
    application = service.begin(session, actor, scene.call.public_id, now=now)
    with pytest.raises(Refused):
        save(session, actor, application, "religion", ReligionPage(False, {"member": True}), now)
    save(session, actor, application, "religion", ReligionPage(True, {"member": True}), now)
    row = submit(session, actor, application, now)
    assert "member" not in row.content["answers"]
    kept = session.get(ApplicationSpecial, (application.id, True))
    assert row.content["special_answers"] == content.commitment(kept.salt, kept.answers)
    save(session, actor, application, "religion", ReligionPage(), now)
    again = submit(session, actor, application, now)
    assert "special_answers" not in again.content
    assert session.scalars(select(ApplicationSpecial)).all() == []


def test_without_an_answer_on_religion_it_is_sent_all_the_same(session, now):
    scene, actor = a_parish_call(session, now), an_applicant(session)
    application = service.begin(session, actor, scene.call.public_id, now=now)
    assert submit(session, actor, application, now).number == 1


def test_somebody_applies_in_the_name_of_a_person_and_the_record_says_so(session, now):
    scene, person = an_open_call(session, now=now), an_account(session, name="Herta", postal_address="Hof 7")
    agent = an_agent(session, person, now=now)
    application = service.begin(session, agent, scene.call.public_id, now=now)
    assert (application.applicant_account_id, application.name) == (person.id, "Herta")
    submit(session, agent, application, now)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "application.submitted")).one()
    assert (entry.account_public_id, entry.on_behalf_of) == (agent.account_public_id, person.public_id)


def test_whoever_may_only_read_for_a_person_applies_for_nobody(session, now):
    scene, person = an_open_call(session, now=now), an_account(session)
    agent = an_agent(session, person, now=now)
    reader = replace(agent, acting_for=replace(agent.acting_for, scopes=frozenset({Scope.READ})))
    with pytest.raises(Forbidden):
        service.begin(session, reader, scene.call.public_id, now=now)


def test_an_erasure_takes_farmstead_and_religion_at_once(session, now):
    scene, account = a_parish_call(session, now), an_account(session, postal_address="Hof 1")
    actor = actor_of(session, account.id)
    application = service.begin(session, actor, scene.call.public_id, now=now)
    save(session, actor, application, "religion", ReligionPage(True, {"member": True}), now)
    submit(session, actor, application, now)
    session.commit()
    erase(session, Person(account.id, account.public_id, account.email, account.name))
    assert session.scalars(select(ApplicationSpecial)).all() == []
    assert session.scalars(select(ApplicationPlace)).all() == []


def test_a_page_that_the_set_does_not_ask_does_not_exist(session, now):
    scene, actor = an_open_call(session, now=now), an_applicant(session)
    application = service.begin(session, actor, scene.call.public_id, now=now)
    details = queries.details(session, actor, application)
    assert step_of(details.steps, "religion") is None
    assert step_of(details.steps, "farmstead") is None
