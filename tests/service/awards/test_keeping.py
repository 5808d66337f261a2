"""What of an award goes when its time is over, and what stays."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from succession.accounts.actor import Actor
from succession.awards import service_evidence, service_keeping
from succession.awards.models_evidence import EvidenceFile, EvidenceItem
from succession.files.models import StoredFile
from tests.factories.awards import a_call_to_decide, scored
from tests.factories.files import a_document


def test_papers_go_when_an_application_is_reduced(session, tmp_path):
    now = datetime.now(UTC)
    scene = a_call_to_decide(session)
    scored(session, scene)
    service_evidence.ask(session, scene.clerk, scene.lot, due_on=now.date() + timedelta(days=14), now=now)
    item = session.scalars(select(EvidenceItem)).first()
    paper = {"uploads": [("bescheid.pdf", a_document())], "note": "Bescheid von Anna", "folder": tmp_path, "now": now}
    service_evidence.take_in(session, scene.clerk, item.public_id, **paper)
    session.commit()
    assert service_keeping.forget(session, Actor.system(), now=now) == 0
    scene.applications["Anna Ahorn"].reduced_at = now
    session.commit()
    assert service_keeping.forget(session, Actor.system(), now=now) == 1
    session.commit()
    session.expire_all()
    assert session.scalars(select(EvidenceFile)).all() == []
    assert session.scalars(select(StoredFile)).all() == []
    assert session.scalars(select(EvidenceItem)).first().note == ""
