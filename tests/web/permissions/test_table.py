"""Who may do what: every kind of person × thing × state × act, asked of the running application.

`table.txt` is the permission table. Each cell is what the door answered: 200 there, 302 done, 401 and `in` sign in
first, 2nd set up the second step first, 403 not your role, 404 there is no such thing for you, 410 no longer there,
422 let in, but the form was refused for what it said.
`SUCCESSION_WRITE_PERMISSIONS=1 pytest -n0 tests/web/permissions` writes what is true now, to be read line by line.
"""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text, true

from succession.accounts.actor import Role, Scope
from succession.accounts.duties import MandateScope, MembershipRole
from succession.applications import policy as applications_policy
from succession.applications import sealing
from succession.awards import policy as awards_policy
from succession.awards import policy_outward as outward_policy
from succession.awards import policy_records as records_policy
from succession.calls import policy as calls_policy
from succession.files import policy as files_policy
from succession.files import service as files
from succession.files.policy import FileOwner
from succession.files.purposes import Purpose
from succession.files.service import Upload
from succession.land import policy as land_policy
from succession.land.owner import Owner
from succession.listings import policy as listings_policy
from succession.listings import queries_apart, queries_files, service_files
from succession.listings.states import ListingState
from succession.monitoring import policy as monitoring_policy
from succession.principles import policy as principles_policy
from succession.profiles import policy as profiles_policy
from succession.web import gate
from tests.factories.accounts import an_account, an_organisation, sign_in
from tests.factories.acting import a_representation, act_in_browser
from tests.factories.exclusions import keeps_from
from tests.factories.files import a_document, a_photo
from tests.factories.land import parcels
from tests.factories.listings import a_listing, a_published_listing
from tests.factories.organisations import a_mandate, a_member, acting, an_office
from tests.factories.places import a_small_region
from tests.factories.profiles import a_profile, a_published_search, a_search
from tests.web.permissions.allocation import Allocation

KEPT = Path(__file__).with_name("table.txt")
WHO = (
    "visitor", "seeker", "hidden", "stranger", "owner", "may read", "may write", "clerk", "checker", "reader",
    "admin", "no step", "office", "mandated", "letters", "ended", "advisor", "coordinator", "operator",
)  # fmt: skip
OFFER_ACTS = (
    ("read what is published", "GET", "/offers/{id}", {}),
    ("read everything", "GET", "/my-offers/{id}", {}),
    ("see the form", "GET", "/my-offers/{id}/about", {}),
    ("change it", "POST", "/my-offers/{id}/terms", {"seen": "{seen}", "takeover_models": "lease"}),
    ("choose how exactly", "GET", "/my-offers/{id}/how-exactly", {}),
    ("see its photos", "GET", "/my-offers/{id}/photos", {}),
    ("see who fits", "GET", "/my-offers/{id}/candidates", {}),
    ("see who asked", "GET", "/my-offers/{id}/requests", {}),
    ("publish it", "POST", "/my-offers/{id}/publish", {"is_confirmed": "yes"}),
    ("withdraw it", "POST", "/my-offers/{id}/withdraw", {}),
    ("delete it", "POST", "/my-offers/{id}/delete", {}),
    ("ask about it", "GET", "/offers/{id}/ask", {}),
)


def a_person(scene, name, *roles, **values):
    """Somebody with a browser of their own."""
    account = an_account(scene.session, *roles, **values)
    scene.browsers[name] = scene.app.test_client()
    sign_in(scene.browsers[name], scene.session, account, **scene.steps.get(name, {}))
    return account


def somebody_acting(scene, name, person, *scopes):
    """A browser in which somebody acts for `person`."""
    now = datetime.now(UTC)
    agent = an_account(scene.session)
    row = a_representation(scene.session, person, agent, scopes=(Scope.READ, *scopes), now=now)
    scene.browsers[name] = scene.app.test_client()
    token = sign_in(scene.browsers[name], scene.session, agent)
    act_in_browser(scene.browsers[name], scene.session, agent, row, token)


ONCE = frozenset({"see the form", "choose how exactly", "see its photos", "see who fits", "see who asked"})
"""Acts whose answer does not depend on the state: asked of a person's draft and of a municipality's offer."""
ASKED_ONCE_OF = frozenset({"a person's draft", "a municipality's offer"})


class Scene:
    """Everybody, each with a browser, and every thing."""

    def __init__(self, app, session):
        self.app, self.session, self.things = app, session, {}
        self.browsers = {"visitor": app.test_client()}
        self.steps = {"no step": {"second_factor_at": None}}
        self.add_people()
        self.add_offers()
        self.add_the_rest()
        self.allocation = Allocation(self)

    def add_people(self):
        session = self.session
        self.seeker = a_person(self, "seeker", Role.SEEKER)
        self.hidden = a_person(self, "hidden", Role.SEEKER, email="nachbar@example.org")
        a_person(self, "stranger", Role.TRANSFEROR, Role.LANDOWNER, Role.SEEKER)
        self.owner = a_person(self, "owner", Role.TRANSFEROR)
        somebody_acting(self, "may read", self.owner)
        somebody_acting(self, "may write", self.owner, Scope.WRITE)
        self.parish = an_organisation(session, name="Gemeinde Gartow")
        for name, role in (
            ("clerk", MembershipRole.CLERK), ("checker", MembershipRole.CHECKER), ("reader", MembershipRole.READER),
            ("admin", MembershipRole.ADMINISTRATOR), ("no step", MembershipRole.CLERK),
        ):  # fmt: skip
            account = a_person(self, name, Role.LANDOWNER)
            a_member(session, self.parish, role, account=account)
            if name in {"clerk", "checker", "admin"}:
                setattr(self, name, account)
        office, mandated, letters, former = (an_office(session) for _ in range(4))
        a_mandate(session, self.parish, office, MandateScope.IMPORT)
        a_mandate(session, self.parish, mandated)
        a_mandate(session, self.parish, letters, MandateScope.LETTERS)
        a_mandate(session, self.parish, former, ends_on=date(2024, 12, 31))
        for name, home in (("office", office), ("mandated", mandated), ("letters", letters), ("ended", former)):
            a_member(session, home, account=a_person(self, name, Role.LANDOWNER))
        a_person(self, "advisor", Role.ADVISOR)
        a_person(self, "coordinator", Role.COORDINATOR)
        a_person(self, "operator", Role.OPERATOR)
        keeps_from(session, self.owner, "Nachbar", "nachbar@example.org")

    def add_offers(self):
        session, now = self.session, datetime.now(UTC)
        self.things["a person's draft"] = a_listing(session, self.owner)
        self.things["a person's offer"] = a_published_listing(session, self.owner)
        self.things["a confidential offer"] = a_published_listing(session, self.owner, is_confidential=True)
        ended = a_published_listing(session, self.owner, state=ListingState.WITHDRAWN, ended_at=now)
        self.things["a withdrawn offer"] = ended
        self.things["a municipality's draft"] = a_listing(session, self.parish)
        self.things["a municipality's offer"] = a_published_listing(session, self.parish)

    def add_the_rest(self):
        session, now = self.session, datetime.now(UTC)
        profile = a_profile(session, self.seeker)
        self.draft_search = a_search(session, profile)
        self.search = a_published_search(session, profile)
        self.parcel = parcels(session, Owner(organisation_id=self.parish.id), 1)[0]
        folder = self.app.extensions["settings"].files
        actor, owner = acting(session, self.owner, now), FileOwner(account_id=self.owner.id)
        photo = Upload("a.jpg", a_photo(), Purpose.OFFER_PHOTO, "Scheune")
        offer, draft = self.things["a person's offer"], self.things["a person's draft"]
        self.photo = service_files.add_file(session, actor, offer.public_id, photo, folder=folder, now=now)
        self.draft_photo = service_files.add_file(session, actor, draft.public_id, photo, folder=folder, now=now)
        document = Upload("a.pdf", a_document(), Purpose.MANDATE, "Vollmacht")
        self.document = files.add_document(session, actor, owner, document, folder=folder, now=now)
        session.commit()

    def rows(self):
        """Every thing and act, with how it is asked for."""
        for thing, listing in self.things.items():
            for act, method, address, form in OFFER_ACTS:
                if act in ONCE and thing not in ASKED_ONCE_OF:
                    continue
                filled = {key: value.format(seen=seen_of(self.session, listing)) for key, value in form.items()}
                yield thing, act, method, address.format(id=listing.public_id), filled
        for thing, search in (("a draft search", self.draft_search), ("a published search", self.search)):
            address = f"/my-searches/{search.public_id}"
            yield thing, "read everything", "GET", address, {}
            yield thing, "see the form", "GET", f"{address}/place", {}
            yield thing, "withdraw it", "POST", f"{address}/withdraw", {}
            yield thing, "delete it", "POST", f"{address}/delete", {}
        yield "a parcel", "see it", "GET", f"/land/parcels/{self.parcel.public_id}", {}
        yield "a parcel", "see its outline", "GET", f"/land/parcels/{self.parcel.public_id}/map.json", {}
        yield "a shown photo", "see it in public", "GET", f"/media/{self.photo.public_id}/large.jpg", {}
        yield "a shown photo", "see it as keeper", "GET", f"/my-files/{self.photo.public_id}/large.jpg", {}
        yield "a draft's photo", "see it in public", "GET", f"/media/{self.draft_photo.public_id}/large.jpg", {}
        yield "a draft's photo", "see it as keeper", "GET", f"/my-files/{self.draft_photo.public_id}/large.jpg", {}
        yield "a private document", "read it", "GET", f"/my-files/{self.document.public_id}/document.pdf", {}
        for act, address in (
            ("see its page", ""), ("see its data", "/data"), ("invite somebody", "/invitations/new"),
            ("give a mandate", "/mandates/new"), ("leave it", "/leaving"), ("see the archive's page", "/archive"),
        ):  # fmt: skip
            yield "an organisation", act, "GET", f"/organisations/{self.parish.public_id}{address}", {}
        for act, address in (
            ("see one's account", "/account"), ("see one's data", "/my-data"), ("close the account", "/account/close"),
            ("see one's sessions", "/account/sessions"), ("see the record", "/record"),
            ("name a helper", "/who-helps-me"), ("see who must not know", "/who-must-not-know"),
            ("bring land in", "/land/import"),
            ("see jobs", "/operations/jobs"), ("read the register of processing", "/operations/processing"),
            ("write legal texts", "/legal"), ("decide reports", "/reports"), ("invite people", "/invitations"),
            ("take second steps away", "/people/second-factor-reset"),
            ("open a file for somebody", "/people-i-help/new"),
        ):  # fmt: skip
            yield "the house", act, "GET", address, {}
        yield from self.allocation.rows()


def seen_of(session, listing):
    from succession.listings import queries, service_editing
    from succession.listings.topics import Topic

    return service_editing.seen_mark(queries.details(session, listing), Topic("terms"))


def answered(response):
    """What a cell says."""
    where = response.headers.get("Location", "")
    if response.status_code == 302 and where.startswith("/sign-in"):
        return "in"
    if response.status_code == 302 and "second-factor" in where:
        return "2nd"
    return str(response.status_code)


@pytest.fixture
def scene(app, session):
    a_small_region(session)
    return Scene(app, session)


def line(scene, connection, row):
    """One line of the table; what was done is undone after each cell."""
    thing, act, method, address, form = row
    cells = []
    for name in WHO:
        undone = connection.begin_nested()
        data = form() if callable(form) else form  # a file is read once only
        cells.append(answered(scene.browsers[name].open(address, method=method, data=data)).rjust(11))
        undone.rollback()
        scene.session.expire_all()
    return " ".join((f"{thing}: {act}".ljust(52), *cells))


def test_the_permission_table_is_as_kept(scene, connection):  # S1 S2 S3
    head = " ".join(("thing: act".ljust(52), *(name.rjust(11) for name in WHO)))
    found = "\n".join([head, *(line(scene, connection, row) for row in list(scene.rows()))]) + "\n"
    if os.environ.get("SUCCESSION_WRITE_PERMISSIONS"):
        KEPT.write_text(found, encoding="utf-8")
    assert found == KEPT.read_text(encoding="utf-8")


# Each guard that is taken out, and a line of the table that notices.
GUARDS = {
    "the gate of roles": (gate, "_decision", lambda *_: gate.PUBLIC, "the house: see jobs"),
    "whose offer it is": (listings_policy, "kept_listings", lambda _: true(), "a person's draft: read everything"),
    "who may change it": (listings_policy, "may_hold", lambda *_: True, "a municipality's offer: change it"),
    "who must not learn": (queries_apart, "is_hidden", lambda *_: False, "a person's offer: ask about it"),
    "whose file it is": (files_policy, "visible_files", lambda _: true(), "a private document: read it"),
    "which photo is shown": (queries_files, "is_shown", lambda *_: True, "a draft's photo: see it in public"),
    "whose search it is": (profiles_policy, "kept_profiles", lambda _: true(), "a draft search: read everything"),
    "whose parcel it is": (land_policy, "visible_parcels", lambda _: true(), "a parcel: see it"),
    "whose principles they are": (principles_policy, "may_read", lambda *_: True, "a draft of principles: read it"),
    "whose call it is": (calls_policy, "visible_calls", lambda _: true(), "a draft call: read it"),
    "who prepares calls": (calls_policy, "may_prepare", lambda *_: True, "a draft call: delete it"),
    "the seal": (sealing, "is_open", true, "a sealed application: read it as office"),
    "whose application it is": (
        applications_policy,
        "own_applications",
        lambda _: true(),
        "a sealed application: read it",
    ),
    "who may change it for them": (
        applications_policy,
        "may_change",
        lambda *_: True,
        "a sealed application: withdraw it",
    ),
    "who reads what was sent": (
        applications_policy,
        "may_read_admitted",
        lambda *_: True,
        "an admitted application: read it as office",
    ),
    "who sees the desk": (awards_policy, "may_see", lambda *_: True, "a decided lot: see approvals"),
    "who scores": (awards_policy, "may_score", lambda *_: True, "a closed call: score it"),
    "who enters decisions": (awards_policy, "may_decide", lambda *_: True, "a prepared lot: enter the decision"),
    "who writes letters": (outward_policy, "may_write", lambda *_: True, "an objection: answer it"),
    "who objects for others": (outward_policy, "may_object", lambda *_: True, "a result: object"),
    "which record is public": (records_policy, "visible_records", lambda _: true(), "a record not yet public: read it"),
    "whose promises they are": (
        monitoring_policy,
        "visible_contracts",
        lambda _: true(),
        "a contract: see its promises",
    ),
}


def test_the_table_notices_when_a_guard_is_missing(scene, connection, monkeypatch):
    """A test of the test: without the guard the line is another one."""
    kept = {" ".join(row[:52].split()): row for row in KEPT.read_text(encoding="utf-8").splitlines()}
    rows = {f"{row[0]}: {row[1]}": row for row in scene.rows()}
    unnoticed = []
    for guard, (room, name, careless, what) in GUARDS.items():
        assert line(scene, connection, rows[what]) == kept[what]
        with monkeypatch.context() as without:
            without.setattr(room, name, careless)
            if line(scene, connection, rows[what]) == kept[what]:
                unnoticed.append(guard)
    assert unnoticed == []


def kept(session):
    """A sum of every table but those that note who came when."""
    tables = session.scalars(
        text("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
    )
    noting = {"account_session", "sign_in_brake", "spatial_ref_sys"}
    rows = "SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM \"{}\" t"
    return {name: session.scalar(text(rows.format(name))) for name in tables.all() if name not in noting}


def test_reading_what_is_there_changes_nothing(scene):  # S4
    """The walk over all routes finds nothing to read; here each page of the table has something to show."""
    before, acts = kept(scene.session), recorded(scene.session)
    for _, _, method, address, _ in scene.allocation.rows():
        for name in ("visitor", "owner", "clerk", "admin") if method == "GET" else ():
            assert scene.browsers[name].get(address).status_code < 500
    changed = [name for name, rows in kept(scene.session).items() if rows != before[name]]
    assert changed in ([], ["audit_entry"])
    assert set(recorded(scene.session)[len(acts) :]) <= {"application.looked_at"}, "S23: who looked is on record"


def recorded(session):
    """The acts on record, in their order."""
    return session.scalars(text("SELECT action FROM audit_entry ORDER BY id")).all()


def test_the_table_is_large_enough_to_mean_something():
    rows = KEPT.read_text(encoding="utf-8").splitlines()[1:]
    assert len(rows) * len(WHO) >= 150 * 4
    assert len({row.split(":")[0] for row in rows}) >= 12
