"""Acting for somebody as people meet it: pages, the bar, what is shut, and the whole way by letter. U13"""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import UUIDConverter

from succession.accounts import queries_representation as reading
from succession.accounts.actor import Role, Scope
from succession.accounts.models import Account, AccountRole
from succession.accounts.models_representation import Confirmation, Representation, RepresentationAccess
from succession.accounts.paper_codes import ALPHABET, MOST_TRIES
from succession.accounts.passwords import is_password
from succession.accounts.queries import actor_of
from succession.accounts.representation import FreezeReason, RepresentationKind, day_of
from succession.app import create_app
from succession.extensions import db
from succession.listings import service as listings
from succession.listings.states import ListingState
from succession.web import gate
from tests.factories.accounts import an_account, sign_in
from tests.factories.acting import a_file, a_representation, act_in_browser, an_agreed_file
from tests.factories.listings import a_listing, a_published_listing
from tests.factories.places import a_small_region

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def today():
    return datetime.now(UTC)


@pytest.fixture
def person(session):
    a_small_region(session)
    return an_account(session, Role.TRANSFEROR, Role.SEEKER, name="Herta Lüdemann", language="en")


@pytest.fixture
def agent(session):
    return an_account(session, name="Ina Tochter", language="en")


@pytest.fixture
def row(session, person, agent, today):
    return a_representation(session, person, agent, now=today)


@pytest.fixture
def acting(client, session, agent, row):
    """A browser in which the agent acts for the person."""
    act_in_browser(client, session, agent, row, sign_in(client, session, agent))
    return client


@pytest.fixture
def advisor(app, session):
    a_small_region(session)
    account = an_account(session, Role.ADVISOR, name="Nele Winter", language="en")
    client = app.test_client()
    token = sign_in(client, session, account)
    return client, account, token


@pytest.fixture
def live(database):
    """The application with real commits: what must survive a refusal, or is written beside the request."""
    app = create_app(database.settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with Session(database.engine, expire_on_commit=False) as session:
        a_small_region(session)
        yield app, session
    with app.app_context():
        db.engine.dispose()


def code_in(pdf):
    """The twelve signs that the letter shows."""
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())
    groups = [word for word in text.split(" ") if len(word) == 4 and set(word) <= set(ALPHABET)]
    return " ".join(groups[:3])


def test_every_page_says_for_whom_one_acts_and_offers_to_stop(acting, session, person):
    for address in ("/my-offers", "/search", "/how-it-works", "/my-searches", "/my-profile"):
        page = acting.get(address, headers=ENGLISH, follow_redirects=True)
        assert page.status_code == 200
        assert "You act for Herta Lüdemann." in page.text, address
    acting.post("/acting/stop")
    assert "You act for Herta" not in acting.get("/search", headers=ENGLISH).text


def test_what_one_sees_is_the_persons_and_nothing_of_ones_own(acting, session, person, agent):
    theirs, own = a_listing(session, person, title="Hof der Person"), a_listing(session, agent, title="Eigener Hof")
    page = acting.get("/my-offers", headers=ENGLISH).text
    assert "Hof der Person" in page
    assert "Eigener Hof" not in page
    assert acting.get(f"/my-offers/{theirs.public_id}").status_code == 200
    assert acting.get(f"/my-offers/{own.public_id}").status_code == 404


def made_up(converter):
    """A value that an address may have there."""
    listed = getattr(converter, "items", None)
    if listed:
        return min(listed)
    return uuid4() if isinstance(converter, UUIDConverter) else "1"


def signed_in_routes(app):
    """Every address of one's own, with made-up ids: what needs no role belongs to the account."""
    for rule in app.url_map.iter_rules():
        decision = gate.decisions(app)[rule.endpoint]
        for method in sorted(rule.methods & {"GET", "POST"}):
            yield rule, method, decision


def test_no_page_of_an_account_can_be_reached_while_acting(app, acting, session, person, agent, row):
    """S1, S4: over all routes; only who may act, stop, and answer about a yes are open."""
    open_ones = {
        "accounts.sign_out",
        "files.own_document",
        "files.own_photo",
        "second_factor.stay",
        "representation.start",
        "representation.stop",
        "representation.confirmation",
        "representation.confirm_code",
        "representation.confirm_call",
        "representation.drop",
    }
    for_the_person = (
        "applications.",
        "monitoring.",
        "rounds.",
        "awards.own_",
        "awards.result",
        "awards.objection",
        "awards.raise_",
        "awards.hand_in",
    )
    before = session.execute(select(Account.__table__).order_by(Account.id)).all()
    reached, tried = [], 0
    for rule, method, decision in signed_in_routes(app):
        if decision in {"signed-in", "half-signed"} or (decision == "public" and method == "POST"):
            if rule.endpoint in open_ones or rule.endpoint.startswith(for_the_person):
                continue
            tried += 1
            values = {name: made_up(rule._converters[name]) for name in rule.arguments}
            with app.test_request_context():
                address = rule.build(values, append_unknown=False)
            if address is None:
                continue
            answer = acting.open(address[1], method=method, headers=ENGLISH)
            if answer.status_code != 403:
                reached.append((method, rule.rule, answer.status_code))
    assert tried > 15
    assert reached == []
    assert session.execute(select(Account.__table__).order_by(Account.id)).all() == before


def test_every_room_of_the_persons_roles_opens_while_acting(app, acting):
    """None of them trips over a person who is not the one at the keyboard."""
    decisions, strange = gate.decisions(app), []
    for rule in app.url_map.iter_rules():
        if (
            "GET" not in rule.methods
            or rule.arguments
            or not {"seeker", "transferor"} & set(decisions[rule.endpoint].split("|"))
        ):
            continue
        answer = acting.get(rule.rule, headers=ENGLISH)
        if answer.status_code not in {200, 302}:
            strange.append((rule.rule, answer.status_code))
    assert strange == []


def test_the_account_is_shut_with_a_sentence_that_helps(acting):
    answer = acting.get("/who-helps-me", headers=ENGLISH)
    assert answer.status_code == 403
    assert "Stop that first" in answer.text


def test_who_may_only_read_changes_nothing(client, session, person, agent, today):
    row = a_representation(session, person, agent, scopes=(Scope.READ,), now=today)
    act_in_browser(client, session, agent, row, sign_in(client, session, agent))
    listing = a_listing(session, person)
    assert client.get(f"/my-offers/{listing.public_id}").status_code == 200
    for address in (
        "/my-offers/new",
        f"/my-offers/{listing.public_id}/publish",
        f"/my-offers/{listing.public_id}/delete",
    ):
        assert client.post(address, headers=ENGLISH).status_code == 403


def test_who_is_shut_out_while_acting_is_out_with_the_next_click(acting, session, person, row, today):
    listing = a_listing(session, person)
    assert acting.get(f"/my-offers/{listing.public_id}").status_code == 200
    row.ended_at = today
    session.commit()
    assert acting.get(f"/my-offers/{listing.public_id}").status_code in {403, 404}
    assert acting.post(f"/my-offers/{listing.public_id}/delete").status_code in {403, 404}


def test_what_is_looked_at_is_written_down_for_the_person(live, today):  # S23
    app, session = live
    person = an_account(session, Role.TRANSFEROR, language="en")
    agent = an_account(session, name="Ina Tochter")
    acting, row = app.test_client(), a_representation(session, person, agent, now=today)
    act_in_browser(acting, session, agent, row, sign_in(acting, session, agent))
    listing = a_listing(session, person)
    for _ in range(3):
        acting.get(f"/my-offers/{listing.public_id}")
    acting.get(f"/my-offers/{uuid4()}")
    looks = {(look.room, look.thing_public_id): look.times for look in session.scalars(select(RepresentationAccess))}
    assert looks == {("listings", listing.public_id): 3}
    browser = app.test_client()
    sign_in(browser, session, person)
    page = browser.get("/who-helps-me", headers=ENGLISH).text
    assert "looked at the offers" in page
    assert "Ina Tochter" in page


def test_the_offer_says_who_entered_it(app, acting, session, person):
    form = {"kind": "farm", "title": "Neuer Hof", "key": str(uuid4())}
    assert acting.post("/my-offers/new", data=form).status_code == 302
    page = acting.get("/my-offers").text
    address = page.split("/my-offers/")[2].split('"')[0]
    assert "Entered by Ina Tochter for Herta Lüdemann" in acting.get(f"/my-offers/{address}", headers=ENGLISH).text
    browser = app.test_client()
    sign_in(browser, session, person)
    assert "Entered by Ina Tochter for Herta Lüdemann" in browser.get(f"/my-offers/{address}", headers=ENGLISH).text


@pytest.mark.parametrize(
    "what", ["start", "end", "letter", "code", "call", "rest", "open", "take-over-letter", "record-letter"]
)
def test_foreign_ids_in_forged_posts_find_nothing(app, session, row, what, today):  # S2
    stranger = app.test_client()
    sign_in(stranger, session, an_account(session, Role.ADVISOR))
    addresses = {"start": f"/acting/{row.public_id}/start", "end": f"/who-helps-me/{row.public_id}/end"}
    address = addresses.get(what, f"/people-i-help/{row.public_id}/{what}")
    day = day_of(today).isoformat()
    data = {"code": "AAAA AAAA AAAA", "spoke_with": "a", "number": "1", "day": day, "clock": "09:00", "reason": "death"}
    assert stranger.post(address, data=data).status_code == 404


def test_a_file_on_paper_from_the_form_to_the_published_offer(advisor, session, today):
    client, _account, _ = advisor
    form = {
        "name": "Herta Lüdemann",
        "postal_address": "Dorfstraße 7\n29462 Wustrow",
        "phone": "05843 1234",
        "roles": ["transferor"],
        "scopes": ["write"],
        "ends_on": day_of(today).replace(year=today.year + 1).isoformat(),
    }
    answer = client.post("/people-i-help/new", data=form, headers=ENGLISH)
    assert answer.status_code == 302, answer.text
    file = answer.headers["Location"]
    letter = client.post(f"{file}/letter")
    assert letter.mimetype == "application/pdf"
    assert letter.headers["Cache-Control"] == "no-store"
    assert client.post(f"{file}/code", data={"code": "AAAA AAAA AAAA"}, headers=ENGLISH).status_code == 422
    assert client.post(f"{file}/code", data={"code": code_in(letter.data)}).status_code == 302

    row = session.scalars(select(Representation)).one()
    herta = reading.account(session, row.principal_account_id)
    assert client.post(f"/acting/{row.public_id}/start").headers["Location"] == "/my-offers"
    listing = a_listing(session, herta)
    asked = client.post(f"/my-offers/{listing.public_id}/publish", data={"is_confirmed": "yes"})
    question = asked.headers["Location"]
    assert question.startswith("/confirmations/")
    assert "waits for the yes of Herta" in client.get(question, headers=ENGLISH).text
    assert client.post(f"{question}/letter").status_code == 403
    client.post("/acting/stop")
    second = client.post(f"{question}/letter")
    assert client.post(f"{question}/code", data={"code": code_in(letter.data)}).status_code == 422
    assert client.post(f"{question}/code", data={"code": code_in(second.data)}).status_code == 302
    session.expire_all()
    assert listing.state is ListingState.PUBLISHED
    assert "Confirmed on" in client.get(question, headers=ENGLISH).text
    assert client.post(f"{question}/code", data={"code": code_in(second.data)}).status_code == 422


def test_wrong_codes_are_counted_even_though_each_was_refused(live, today):
    app, session = live
    client, account = app.test_client(), an_account(session, Role.ADVISOR, language="en")
    sign_in(client, session, account)
    row = a_file(session, account, now=today)
    letter = client.post(f"/people-i-help/{row.public_id}/letter")
    for _ in range(MOST_TRIES):
        assert client.post(f"/people-i-help/{row.public_id}/code", data={"code": "AAAA AAAA AAAA"}).status_code == 422
    answer = client.post(f"/people-i-help/{row.public_id}/code", data={"code": code_in(letter.data)}, headers=ENGLISH)
    assert answer.status_code == 422
    assert "too often" in answer.text


def test_the_person_says_yes_themselves(app, acting, session, person):
    listing = a_listing(session, person)
    question = acting.post(f"/my-offers/{listing.public_id}/publish", data={"is_confirmed": "yes"}).headers["Location"]
    assert acting.post(f"{question}/yes").status_code == 403
    browser = app.test_client()
    sign_in(browser, session, person)
    assert "May we publish your offer?" in browser.get(question, headers=ENGLISH).text
    assert browser.post(f"{question}/yes").status_code == 302
    session.expire_all()
    assert listing.state is ListingState.PUBLISHED
    assert browser.post(f"{question}/yes").status_code == 409


def test_the_person_says_no(app, acting, session, person):
    listing = a_listing(session, person)
    question = acting.post(f"/my-offers/{listing.public_id}/publish", data={"is_confirmed": "yes"}).headers["Location"]
    browser = app.test_client()
    sign_in(browser, session, person)
    assert browser.post(f"{question}/no").status_code == 302
    assert browser.post(f"{question}/yes").status_code == 409
    assert listing.state is ListingState.DRAFT
    assert session.scalars(select(Confirmation)).one().dropped_at is not None


def test_a_file_rests_and_the_heir_comes_in(app, advisor, session, today):
    client, account, _ = advisor
    row = an_agreed_file(session, account, now=today)
    file = f"/people-i-help/{row.public_id}"
    a_published_listing(session, reading.account(session, row.principal_account_id))
    assert client.post(f"{file}/rest", data={"reason": "death", "note": ""}).status_code == 302
    assert "Death" in client.get(file, headers=ENGLISH).text
    assert reading.resting(session, row.principal_account_id).reason is FreezeReason.DEATH
    form = {
        "name": "Ina Erbin",
        "email": "erbin@example.org",
        "kind": RepresentationKind.HEIR.value,
        "scopes": ["write"],
        "ends_on": row.ends_on.isoformat(),
    }
    assert client.post(f"{file}/let-in", data=form).status_code == 422
    assert client.post(f"{file}/let-in", data={**form, "proof": "Erbschein gesehen"}).status_code == 302
    assert client.post(f"{file}/open").status_code == 302
    assert reading.resting(session, row.principal_account_id) is None


def test_the_persons_list_can_be_printed(live, today):
    app, session = live
    client, account = app.test_client(), an_account(session, Role.ADVISOR, name="Nele Winter")
    token = sign_in(client, session, account)
    row = an_agreed_file(session, account, now=today)
    act_in_browser(client, session, account, row, token)
    client.get("/my-offers")
    client.post("/acting/stop")
    letter = client.post(f"/people-i-help/{row.public_id}/record-letter")
    text = PdfReader(BytesIO(letter.data)).pages[0].extract_text()
    assert "hat die Angebote angesehen" in " ".join(text.split())
    assert "Nele Winter" in text


def test_with_the_letter_the_person_takes_over_and_signs_in(app, advisor, session, today):
    client, account, _ = advisor
    row = an_agreed_file(session, account, now=today)
    letter = client.post(f"/people-i-help/{row.public_id}/take-over-letter")
    visitor = app.test_client()
    assert visitor.get("/take-over").status_code == 200
    form = {
        "code": code_in(letter.data),
        "email": "herta@example.org",
        "email_again": "herta@example.org",
        "password": "warmer regen auf dem acker",
    }
    assert visitor.post("/take-over", data={**form, "email_again": "hertha@example.org"}).status_code == 422
    assert visitor.post("/take-over", data={**form, "code": "AAAA AAAA AAAA"}).status_code == 422
    assert visitor.post("/take-over", data={**form, "password": "kurz"}).status_code == 422
    assert visitor.post("/take-over", data=form).headers["Location"] == "/sign-in"
    session.expire_all()
    herta = reading.account(session, row.principal_account_id)
    assert is_password(form["password"], herta.password_hash)
    assert visitor.post("/sign-in", data={"email": form["email"], "password": form["password"]}).status_code == 302
    assert visitor.get("/my-offers").status_code == 200
    assert row.ended_at is not None


def test_guessing_take_over_codes_is_braked(app, session):
    visitor = app.test_client()
    form = {
        "code": "AAAA AAAA AAAA",
        "email": "x@example.org",
        "email_again": "x@example.org",
        "password": "warmer regen auf dem acker",
    }
    answers = [visitor.post("/take-over", data=form).status_code for _ in range(12)]
    assert answers[:10] == [422] * 10
    assert answers[10:] == [429, 429]


def test_who_is_asked_reads_what_it_means_and_says_yes(app, session, person, agent, today):
    asking = app.test_client()
    sign_in(asking, session, person)
    form = {
        "name": "Ina Tochter",
        "email": "ina@example.org",
        "kind": "relative",
        "scopes": ["write"],
        "ends_on": day_of(today).replace(year=today.year + 1).isoformat(),
    }
    assert asking.post("/who-helps-me/new", data={**form, "kind": "heir"}).status_code == 422
    assert asking.post("/who-helps-me/new", data=form).status_code == 302
    assert "asked, not accepted yet" in asking.get("/who-helps-me", headers=ENGLISH).text
    other = app.test_client()
    sign_in(other, session, agent)
    assert other.get("/help/made-up").status_code == 404
    assert other.post("/help/made-up/yes").status_code == 404


@pytest.mark.parametrize("address", ["/who-helps-me", "/who-helps-me/new", "/people-i-help"])
def test_empty_pages_say_what_to_do(client, session, address):
    sign_in(client, session, an_account(session))
    assert client.get(address).status_code == 200


def test_the_lists_roles_do_not_leak_to_who_has_none(client, session):
    sign_in(client, session, an_account(session, Role.SEEKER))
    assert client.get("/people-i-help/new").status_code == 403
    assert session.scalars(select(AccountRole)).one().role is Role.SEEKER


def test_a_coordinator_lets_the_file_of_somebody_with_an_account_rest(app, session, person):
    client = app.test_client()
    sign_in(client, session, an_account(session, Role.COORDINATOR, language="en"))
    assert client.post("/resting-files", data={"email": "nobody@example.org", "reason": "death"}).status_code == 422
    assert client.post("/resting-files", data={"email": person.email, "reason": "death"}).status_code == 302
    assert "Herta Lüdemann" in client.get("/resting-files", headers=ENGLISH).text
    assert reading.resting(session, person.id).reason is FreezeReason.DEATH
    assert client.post(f"/resting-files/{person.public_id}/open").status_code == 302
    session.expire_all()
    assert reading.resting(session, person.id) is None


def test_who_is_no_coordinator_does_not_see_which_files_rest(app, session, person):
    for roles in ((Role.ADVISOR,), (Role.OPERATOR,), (Role.TRANSFEROR,)):
        client = app.test_client()
        sign_in(client, session, an_account(session, *roles))
        assert client.get("/resting-files").status_code == 403
        assert client.post("/resting-files", data={"email": person.email, "reason": "death"}).status_code == 403


def test_who_no_longer_acts_does_not_see_what_the_person_is_about_to_publish(app, session, person, agent, row, today):
    helper = app.test_client()
    sign_in(helper, session, agent)
    asking = reading.in_the_name_of(session, actor_of(session, agent.id), person.id, now=today)
    question = listings.ask_to_publish(
        session, asking, a_listing(session, person).public_id, is_confirmed=True, now=today
    )
    session.commit()
    link, page = f"/confirmations/{question.public_id}", f"/people-i-help/{row.public_id}"
    assert link in helper.get(page).text
    row.ends_on, row.starts_on = (today - timedelta(days=2)).date(), (today - timedelta(days=9)).date()
    session.commit()
    assert link not in helper.get(page).text
    row.ended_at = today
    session.commit()
    assert helper.get(page).status_code == 404
