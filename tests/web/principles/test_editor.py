"""The editor as a clerk uses it: every page, without a script."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import select

from succession.accounts.actor import Role
from succession.accounts.models import OrganisationKind
from succession.principles.models import PrincipleSet
from succession.principles.topics import Topic
from tests.factories.accounts import a_browser, sign_in
from tests.factories.principles import a_clerk, a_draft, a_frozen_set

GERMAN = {"Accept-Language": "de"}


@pytest.fixture
def clerk(app, session):
    owner, account = a_clerk(session)
    client = app.test_client()
    sign_in(client, session, account)
    client.owner = owner
    client.account = account
    return client


def fresh(session, found):
    session.expire_all()
    return session.scalars(select(PrincipleSet).where(PrincipleSet.public_id == found.public_id)).one()


def form_of(page):
    """What a browser would send back: hidden and filled-in fields."""
    fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
    fields.pop("csrf_token", None)
    return fields


def sent(client, address, **typed):
    page = client.get(address, headers=GERMAN)
    assert page.status_code == 200, address
    seen = re.search(r'name="seen"[^>]*value="(\d+)"', page.text)
    return client.post(address, data={"seen": seen[1] if seen else "", **typed}, headers=GERMAN)


def test_whoever_has_no_principles_is_told_how_to_begin(clerk):
    page = clerk.get("/my-principles", headers=GERMAN)
    assert page.status_code == 200
    assert "/my-principles/new" in page.text


def test_a_visitor_and_a_seeker_do_not_come_in(app, session, client):
    assert client.get("/my-principles").status_code in (302, 303, 401)
    seeker, _ = a_browser(app, session, Role.SEEKER)
    assert seeker.get("/my-principles").status_code == 403


def test_a_set_is_begun_from_a_published_one_once_for_each_form(clerk, session):
    typed = {
        "key": str(uuid4()),
        "organisation": str(clerk.owner.public_id),
        "title": "Grundsätze der Stadt",
        "begins_with": "shipped",
        "shipped_key": "greifswald-2019-motion",
    }
    first = clerk.post("/my-principles/new", data=typed, headers=GERMAN)
    again = clerk.post("/my-principles/new", data=typed, headers=GERMAN)
    assert first.status_code == 302, first.text
    assert again.location == first.location
    assert len(session.scalars(select(PrincipleSet)).all()) == 1
    page = clerk.get(first.location, headers=GERMAN).text
    assert page.count('class="trial-place') == 12, "every sample farm has its place beside the table"


def test_church_sets_are_not_offered_to_a_town_and_refused_if_sent(clerk, session):
    page = clerk.get("/my-principles/new", headers=GERMAN).text
    assert 'value="ekm-2017"' not in page


def test_every_page_of_a_draft_opens(clerk, session):
    found = a_draft(session, clerk.owner, clerk.account)
    here = f"/my-principles/{found.public_id}"
    criterion = found.document["catalogue"]["criteria"][0]["id"]
    question = found.document["questions"][0]["id"]
    for address in (
        *("", "/criteria/new", f"/criteria/{criterion}", "/exclusions", "/promises", f"/questions/{question}"),
        *("/farms", f"/questions/{question}/farms", "/delete", "/plain-language", "/versions"),
        *(f"/{topic.value}" for topic in Topic),
    ):
        page = clerk.get(here + address, headers=GERMAN)
        assert page.status_code == 200, address
        assert page.text.count("<h1") == 1, address
    for address, kind in (("/gazette.pdf", b"%PDF"), ("/paper-form.pdf", b"%PDF"), ("/document.json", b"{")):
        assert clerk.get(here + address).data.startswith(kind), address


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("yes-or-no", {"points": "2,5", "question": "Sind Sie neu?"}),
        (
            "steps",
            {
                "bounds": "upper",
                "bound_1": "10",
                "points_1": "3",
                "bound_2": "20",
                "points_2": "1",
                "question": "Wie viele?",
            },
        ),
        ("evenly", {"points": "10", "start": "40", "end": "5", "round_to": "5", "question": "Wie weit?", "unit": "km"}),
        ("counted", {"unit_size": "100", "points": "1", "cap": "3", "question": "Wie viele Meter?", "unit": "m"}),
        ("choice", {"choice_1": "Acker", "points_1": "0", "choice_2": "Weide", "points_2": "3", "question": "Was?"}),
        ("reference", {"bounds": "lower", "reference": "1,4", "bound_1": "1,2", "points_1": "2", "question": "AK?"}),
        ("rank-of-bid", {"points_1": "3", "points_2": "2", "points_3": "1", "best": "highest"}),
        ("bid-and-mean", {"bounds": "lower", "bound_1": "0,9", "points_1": "3"}),
        ("bid-and-best", {"points": "10", "best": "highest"}),
        ("by-a-body", {"by": "Naturschutzbehörde", "least": "0", "most": "5", "question": "Wie gut ist das Konzept?"}),
        ("by-a-panel", {"by": "Ausschuss", "least": "0", "most": "10", "points": "20", "question": "Wie gut?"}),
    ],
)
def test_a_criterion_of_every_kind_is_added_and_changed_again(clerk, session, kind, typed):
    found = a_draft(session, clerk.owner, clerk.account)
    here = f"/my-principles/{found.public_id}"
    words = {"label": "Etwas Neues", "reason": "Weil es zählt."}
    answer = sent(clerk, f"{here}/criteria/new/{kind}", **words, **typed)
    assert answer.status_code == 302, answer.text
    page = clerk.get(here, headers=GERMAN).text
    assert "Noch nicht vollständig" not in page, re.search(r"note problem.*?</p>", page)
    before = fresh(session, found).document
    answer = sent(clerk, f"{here}/criteria/etwas_neues", **words, **typed)
    assert answer.status_code == 302, answer.text
    assert fresh(session, found).document == before, "saving without a change changes nothing"


def test_a_change_is_tried_before_it_is_saved(clerk, session):
    found = a_draft(session, clerk.owner, clerk.account)
    criterion = found.document["catalogue"]["criteria"][0]["id"]
    address = f"/my-principles/{found.public_id}/criteria/{criterion}"
    page = clerk.get(address, headers=GERMAN).text
    fields = form_of(page)
    typed = {
        **fields,
        "label": "Ökologisch",
        "reason": "Weil.",
        "points": "50",
        "question": "Sind Sie öko?",
        "then": "try",
    }
    tried = clerk.post(address, data=typed, headers=GERMAN)
    assert tried.status_code == 200
    assert "noch nicht gespeichert" in tried.text
    assert fresh(session, found).revision == 1


def test_the_second_saver_of_a_part_sees_a_comparison(clerk, session):
    found = a_draft(session, clerk.owner, clerk.account)
    address = f"/my-principles/{found.public_id}/price"
    first = {"seen": "1", "kind": "fixed", "note": "Kreisdurchschnitt."}
    second = {"seen": "1", "kind": "floor", "note": "Mindestens 300 Euro."}
    assert clerk.post(address, data=first, headers=GERMAN).status_code == 302
    answer = clerk.post(address, data=second, headers=GERMAN)
    assert answer.status_code == 409
    assert "Kreisdurchschnitt." in answer.text
    assert "Mindestens 300 Euro." in answer.text
    seen = re.search(r'name="seen"[^>]*value="(\d+)"', answer.text)[1]
    assert clerk.post(address, data={**second, "seen": seen}, headers=GERMAN).status_code == 302
    assert fresh(session, found).document["price"]["kind"] == "floor"


def test_a_criterion_is_moved_taken_out_and_brought_back(clerk, session):
    found = a_draft(session, clerk.owner, clerk.account)
    here = f"/my-principles/{found.public_id}"
    names = [one["id"] for one in found.document["catalogue"]["criteria"]]
    clerk.post(f"{here}/criteria/{names[0]}/down", data={"seen": "1"})
    assert [one["id"] for one in fresh(session, found).document["catalogue"]["criteria"]][:2] == [names[1], names[0]]
    clerk.post(f"{here}/criteria/{names[0]}/remove", data={"seen": "2"})
    assert len(fresh(session, found).document["catalogue"]["criteria"]) == len(names) - 1
    clerk.post(f"{here}/undo", data={"seen": "3"})
    clerk.post(f"{here}/undo", data={"seen": "4"})
    assert [one["id"] for one in fresh(session, found).document["catalogue"]["criteria"]] == names
    assert clerk.post(f"{here}/undo", data={"seen": "5"}).status_code == 409


def test_a_bad_file_is_refused_with_the_place_in_words(clerk):
    document = b'{"format": "principles-1", "name": {"de": "x", "en": "x"}, "catalogue": {"criteria": [{"id": "a"}]}}'
    for content in (document, b"[1, 2", b"\xff\xfe", b"{}", b"x" * 300_000, b"[" * 5000):
        typed = {
            "key": str(uuid4()),
            "organisation": str(clerk.owner.public_id),
            "title": "Aus Datei",
            "begins_with": "import",
            "file": (__import__("io").BytesIO(content), "grundsaetze.json"),
        }
        answer = clerk.post("/my-principles/new", data=typed, headers=GERMAN, content_type="multipart/form-data")
        assert answer.status_code == 422, content[:30]
        assert "error-summary" in answer.text


def test_an_exported_set_comes_in_again_unchanged(clerk, session):
    found = a_draft(session, clerk.owner, clerk.account, key="recommended")
    written = clerk.get(f"/my-principles/{found.public_id}/document.json").data
    typed = {
        "key": str(uuid4()),
        "organisation": str(clerk.owner.public_id),
        "title": "Zurück",
        "begins_with": "import",
        "file": (__import__("io").BytesIO(written), "grundsaetze.json"),
    }
    answer = clerk.post("/my-principles/new", data=typed, headers=GERMAN, content_type="multipart/form-data")
    assert answer.status_code == 302, answer.text
    again = session.scalars(select(PrincipleSet).where(PrincipleSet.title == "Zurück")).one()
    assert again.identifier == fresh(session, found).identifier


def test_religion_is_refused_for_a_town_and_allowed_for_a_parish(app, session, clerk):
    found = a_draft(session, clerk.owner, clerk.account)
    words = {"label": "Kirchenmitglied", "reason": "Weil.", "points": "1", "question": "Sind Sie getauft?"}
    answer = sent(clerk, f"/my-principles/{found.public_id}/criteria/new/yes-or-no", **words)
    assert answer.status_code == 422
    assert "Religion" in answer.text
    parish, account = a_clerk(session, kind=OrganisationKind.PARISH)
    client = app.test_client()
    sign_in(client, session, account)
    of_the_parish = a_draft(session, parish, account, key="ekm-2017")
    assert client.get(f"/my-principles/{of_the_parish.public_id}", headers=GERMAN).status_code == 200


def test_a_seat_warns_and_distance_takes_its_place_with_one_click(clerk, session):
    found = a_draft(session, clerk.owner, clerk.account)
    here = f"/my-principles/{found.public_id}"
    words = {"label": "Ortsansässig", "reason": "Weil.", "points": "3", "question": "Haben Sie Ihren Wohnsitz im Ort?"}
    sent(clerk, f"{here}/criteria/new/yes-or-no", **words)
    page = clerk.get(here, headers=GERMAN).text
    assert f"{here}/criteria/ortsansaessig/distance" in page
    answer = clerk.post(f"{here}/criteria/ortsansaessig/distance", data={"seen": "2"})
    assert answer.status_code == 302
    after = fresh(session, found).document
    changed = next(one for one in after["catalogue"]["criteria"] if one["id"] == "ortsansaessig")
    assert (changed["kind"], changed["field"], changed["steps"]) == ("steps", "distance", [[10, 3], [20, "3/2"]])
    assert "geplante" in changed["reason"]["de"]


def test_what_is_frozen_is_not_edited_but_a_new_version_is(clerk, session):
    found = a_frozen_set(session, clerk.owner, clerk.account)
    here = f"/my-principles/{found.public_id}"
    assert clerk.get(f"{here}/price").status_code == 409
    assert clerk.post(f"{here}/delete").status_code == 409
    answer = clerk.post(f"{here}/new-version", data={"key": str(uuid4())})
    assert answer.status_code == 302
    later = answer.location
    assert sent(clerk, f"{later}/price", kind="bid", note="Gebote.").status_code == 302
    page = clerk.get(f"{later}/versions", headers=GERMAN).text
    assert "Gebote." in page
    assert "$." not in page, "sentences, not paths"


def test_sample_farms_stay_once_a_draft_began(clerk, session):
    address = f"/my-principles/sample-farms/{clerk.owner.public_id}"
    page = clerk.get(address, headers=GERMAN).text
    first = re.search(rf'href="{address}/([^"]+)"', page)[1]
    form = clerk.get(f"{address}/{first}", headers=GERMAN)
    assert form.status_code == 200
    typed = {"farm_name": "Hof Anders", "farm_summary": "Ein anderer Hof.", "organic": "yes"}
    assert clerk.post(f"{address}/{first}", data=typed, headers=GERMAN).status_code == 302
    assert "Hof Anders" in clerk.get(address, headers=GERMAN).text
    a_draft(session, clerk.owner, clerk.account)
    assert "/" + first + '"' not in clerk.get(address, headers=GERMAN).text
    assert clerk.post(f"{address}/{first}", data=typed, headers=GERMAN).status_code == 409
    assert clerk.get(f"{address}/nobody").status_code == 404


def test_groups_exclusions_promises_and_equal_points_are_kept(clerk, session):
    found = a_draft(session, clerk.owner, clerk.account)
    here = f"/my-principles/{found.public_id}"
    names = [one["id"] for one in found.document["catalogue"]["criteria"]]
    grouped = {f"of_{name}": "1" for name in names[:3]} | {f"of_{name}": "" for name in names[3:]}
    assert sent(clerk, f"{here}/groups", group_1="Umwelt", cap_1="4", **grouped).status_code == 302
    assert sent(clerk, f"{here}/groups", group_1="Umwelt", cap_1="", **grouped).status_code == 422
    own = {"label": "Schuldet Pacht", "question": "Schulden Sie der Stadt Pacht?", "answer": "yes", "known": ""}
    assert sent(clerk, f"{here}/exclusions", **own).status_code == 302
    promise = {
        "text": "Ich pflanze eine Hecke.",
        "check": "Jemand sieht nach.",
        "first_due_months": "24",
        "consequence": "Nachpflanzen.",
        "criterion": names[0],
    }
    assert sent(clerk, f"{here}/promises", **promise).status_code == 302
    assert sent(clerk, f"{here}/equal-points", rule_1=names[1], draw="by_hand").status_code == 302
    counting = {
        "mode": "additive",
        "threshold": "2,5",
        "single_applicant": "without_threshold",
        "field": "frozen",
        "incomplete": "excluded",
        "evidence_from": "all",
    }
    assert sent(clerk, f"{here}/counting", **counting).status_code == 302
    assert sent(clerk, f"{here}/lots", fact_1="area_ha", test_1="at_least", value_1="2").status_code == 302
    document = fresh(session, found).document
    catalogue = document["catalogue"]
    assert catalogue["group_caps"] == {"umwelt": 4}
    assert catalogue["threshold"] == "5/2"
    assert catalogue["applies_if"][-1] == {"field": "area_ha", "at_least": 2}
    assert catalogue["tie_breaks"][0] == names[1]
    assert document["draw"] == "by_hand"
    assert [one["label"]["de"] for one in catalogue["exclusions"]][-1] == "Schuldet Pacht"
    assert document["promises"][-1]["criterion"] == names[0]
    page = clerk.get(here, headers=GERMAN).text
    assert "note problem" not in page, re.search(r"note problem.*?</p>", page)


def test_another_owners_drafts_do_not_exist(app, session, clerk):
    found = a_draft(session, clerk.owner, clerk.account)
    _, stranger = a_clerk(session)
    client = app.test_client()
    sign_in(client, session, stranger)
    for address in ("", "/price", "/document.json", "/versions", "/gazette.pdf"):
        assert client.get(f"/my-principles/{found.public_id}{address}").status_code == 404, address


def test_a_form_that_is_sent_twice_adds_one_part(clerk, session):
    found = a_draft(session, clerk.owner, clerk.account)
    here = f"/my-principles/{found.public_id}"
    criterion = {"seen": "1", "label": "Neu", "reason": "Weil.", "points": "2", "question": "Sind Sie neu?"}
    exclusion = {"seen": "2", "label": "Schulden", "question": "Schulden Sie Pacht?", "answer": "yes", "known": ""}
    promise = {"seen": "3", "text": "T", "check": "C", "first_due_months": "2", "consequence": "F", "criterion": ""}
    before = fresh(session, found).document
    counts = (len(before["catalogue"]["criteria"]), len(before["catalogue"].get("exclusions", [])))
    for address, typed in (
        ("/criteria/new/yes-or-no", criterion),
        ("/exclusions", exclusion),
        ("/promises", promise),
    ):
        for _ in range(2):
            assert clerk.post(here + address, data=typed, headers=GERMAN).status_code == 302, address
    after = fresh(session, found).document
    assert len(after["catalogue"]["criteria"]) == counts[0] + 1
    assert len(after["catalogue"]["exclusions"]) == counts[1] + 1
    assert len(after["promises"]) == len(before["promises"]) + 1
