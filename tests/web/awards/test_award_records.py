import io
from datetime import UTC, datetime

import pytest

from succession.accounts.models import Account
from succession.awards import service_records
from succession.awards.record_lines import written
from succession.awards.record_own import own_lines
from tests.factories.accounts import sign_in
from tests.factories.awards import a_call_to_decide, decided


@pytest.fixture
def scene(session):
    return a_call_to_decide(session)


@pytest.fixture
def record(session, scene):
    now = datetime.now(UTC)
    decision = decided(session, scene)
    made = service_records.make(session, scene.clerk, decision, now=now)
    service_records.publish(session, scene.clerk, decision, now=now)
    session.commit()
    return made


def upload(client, content, name="award.json"):
    data = {"file": (io.BytesIO(content if isinstance(content, bytes) else content.encode()), name)}
    return client.post("/check-award", data=data, content_type="multipart/form-data")


def test_everybody_reads_a_published_award_without_names(client, scene, record):
    page = client.get(f"/awards/{record.public_id}")
    assert page.status_code == 200
    for name, application in scene.applications.items():
        assert name not in page.text
        assert application.code not in page.text
    assert record.record_hash in page.text
    assert str(record.public_id) in client.get("/awards").text


def test_an_award_that_is_not_published_does_not_exist_for_others(client, session, scene):
    made = service_records.make(session, scene.clerk, decided(session, scene), now=datetime.now(UTC))
    session.commit()
    for path in ("", "/record.json", "/record.pdf"):
        assert client.get(f"/awards/{made.public_id}{path}").status_code == 404
    assert "There is no published award" in client.get(f"/check-award?award={made.public_id}", headers=ENGLISH).text


ENGLISH = {"Accept-Language": "en"}


def test_the_award_is_recomputed_in_place(client, record):
    page = client.get(f"/check-award?award={record.public_id}", headers=ENGLISH)
    assert page.status_code == 200
    assert "This record holds" in page.text
    assert "The same record is published here" in page.text


def test_the_downloaded_file_holds_and_a_changed_one_says_where(client, record):
    file = client.get(f"/awards/{record.public_id}/record.json").text
    assert file == written(record.public_record)
    assert "This record holds" in upload(client, file).text or "stimmt" in upload(client, file).text
    lines = file.split("\n")
    place = next(number for number, line in enumerate(lines) if '"line":"points"' in line)
    lines[place] = lines[place].replace('"points":"', '"points":"1', 1)
    page = client.post(
        "/check-award",
        data={"file": (io.BytesIO("\n".join(lines).encode()), "a.json")},
        content_type="multipart/form-data",
        headers=ENGLISH,
    )
    assert "This record does not hold" in page.text
    assert f"Line {place + 1}" in page.text


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"\xff\xfe\x00",
        b"{}",
        b"[" * 100_000,
        b'{"format":"award-1","cases":[{}]}',
        b"%PDF-1.7",
    ],
)
def test_a_bad_file_is_refused_kindly(client, content):
    assert upload(client, content).status_code == 422


def test_nothing_given_is_asked_for(client):
    assert client.get("/check-award").status_code == 200
    assert client.post("/check-award", data={}).status_code == 422


def test_an_applicant_finds_the_own_value(client, scene, record):
    own = own_lines(record.full_record, scene.applications["Anna Ahorn"].code)
    value = own.values[0]
    sent = {"own-award": str(record.public_id), "own-value": value.value, "own-salt": value.salt}
    page = client.post("/check-award/own-line", data=sent, headers=ENGLISH)
    assert "Your value stands in the record" in page.text
    page = client.post("/check-award/own-line", data={**sent, "own-value": "something else"}, headers=ENGLISH)
    assert "This value does not stand in the record" in page.text
    assert client.post("/check-award/own-line", data={**sent, "own-award": "nowhere"}).status_code == 422


def test_only_the_scoring_office_downloads_the_full_record(client, session, scene, record):
    assert client.get(f"/awards/{record.public_id}/full.json").status_code == 401
    sign_in(client, session, session.get(Account, scene.clerk.account_id))
    assert client.get(f"/awards/{record.public_id}/full.json").status_code == 200


def test_the_award_is_a_pdf_too(client, record):
    made = client.get(f"/awards/{record.public_id}/record.pdf")
    assert made.status_code == 200
    assert made.data.startswith(b"%PDF-")
