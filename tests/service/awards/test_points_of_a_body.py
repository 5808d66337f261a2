"""Points that a body gives count once a second person has confirmed them, within what the principles allow."""

from datetime import UTC, datetime, timedelta

import pytest

from succession.accounts.models import Organisation
from succession.awards import queries, queries_readiness, service_points
from succession.awards.models import Cause
from succession.awards.readiness import Gap
from succession.awards.service_points import Given
from succession.errors import Conflict, NotFound, Refused
from succession.land.models import Parcel
from tests.factories.accounts import an_organisation
from tests.factories.awards import a_call_to_decide, scored
from tests.factories.calls import principles, words


def with_a_jury():
    document = principles()
    question = {"id": "concept", "answer": "number", "from": "awarded", "question": words("Wie gut ist das Konzept?")}
    document["questions"].append({**question, "evidence_effort": "light", "mandatory": False, "hides": "nothing"})
    line = {"id": "concept", "kind": "awarded", "by": "Beirat", "most": 5, "label": words("Konzept")}
    document["catalogue"]["criteria"].append({**line, "reason": words("Der Beirat kennt die Flächen.")})
    return document


@pytest.fixture
def now():
    return datetime.now(UTC)


@pytest.fixture
def scene(session):
    return a_call_to_decide(session, document=with_a_jury())


def given(now, **values):
    base = {"question": "concept", "marks": ("4",), "reason": "Weide passt.", "body": "Beirat", "given_on": now.date()}
    return Given(**{**base, **values})


def enter(session, scene, now, name="Anna Ahorn", revision=None, **values):
    code = scene.applications[name].code
    return service_points.enter(session, scene.clerk, scene.lot, code, given(now, **values), revision=revision, now=now)


def desk(session, scene):
    return queries.desk(session, scene.clerk, scene.call.public_id, 1)


def test_points_count_from_the_next_run_after_a_second_person(session, scene, now):
    scored(session, scene)
    row = enter(session, scene, now)
    with pytest.raises(Conflict):
        scored(session, scene, cause=Cause.AWARDED_POINTS)
    with pytest.raises(Conflict):
        service_points.confirm(session, scene.clerk, row.public_id, revision=row.revision, now=now)
    service_points.confirm(session, scene.second, row.public_id, revision=row.revision, now=now)
    run = scored(session, scene, cause=Cause.AWARDED_POINTS)
    card = next(
        one for one in queries.result(run).cards if one.applicant.identifier == scene.applications["Anna Ahorn"].code
    )
    line = next(line for line in card.lines if line.criterion == "concept")
    assert (line.points, line.reason) == (4, "Weide passt.")


def test_nothing_is_prepared_while_points_are_missing(session, scene, now):
    scored(session, scene)
    ready = queries_readiness.readiness(session, scene.clerk, desk(session, scene))
    assert Gap.POINTS_OPEN in ready.gaps
    enter(session, scene, now)
    ready = queries_readiness.readiness(session, scene.clerk, desk(session, scene))
    assert Gap.POINTS_UNCONFIRMED in ready.gaps


@pytest.mark.parametrize(
    "wrong",
    [
        {"marks": ("-1",)},
        {"marks": ("6",)},
        {"marks": ("viel",)},
        {"marks": ()},
        {"marks": ("1", "2")},
        {"reason": " "},
        {"body": ""},
        {"given_on": datetime.now(UTC).date() + timedelta(days=3)},
    ],
    ids=["negative", "too many", "no number", "nothing", "several", "no reason", "no body", "in the future"],
)
def test_points_that_the_principles_do_not_allow_are_refused(session, scene, now, wrong):
    with pytest.raises(Refused):
        enter(session, scene, now, **wrong)


def test_points_for_what_applicants_answer_are_refused(session, scene, now):
    with pytest.raises(NotFound):
        enter(session, scene, now, question="organic")


def test_changed_points_wait_for_confirmation_again_and_the_second_saver_is_told(session, scene, now):
    row = enter(session, scene, now)
    service_points.confirm(session, scene.second, row.public_id, revision=row.revision, now=now)
    with pytest.raises(Conflict):
        enter(session, scene, now, marks=("2",), revision=1)
    again = enter(session, scene, now, marks=("3",), revision=row.revision)
    assert again.confirmed_at is None


def test_a_parcel_that_was_sold_meanwhile_stops_the_preparation(session, scene, now):
    scored(session, scene)
    parcel = (
        session.query(Parcel)
        .join(Organisation, Organisation.id == Parcel.owner_organisation_id)
        .filter(Organisation.id == scene.call.owner_organisation_id)
        .first()
    )
    parcel.owner_organisation_id = an_organisation(session).id
    session.commit()
    assert Gap.SOLD in queries_readiness.readiness(session, scene.clerk, desk(session, scene)).gaps
