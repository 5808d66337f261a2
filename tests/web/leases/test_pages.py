from io import BytesIO

from succession.accounts.actor import Role
from tests.factories.accounts import a_browser, an_account, an_organisation, sign_in
from tests.factories.calls import some_parcels
from tests.factories.organisations import a_member


def a_clerks_browser(app, session):
    owner = an_organisation(session)
    account = a_member(session, owner, account=an_account(session, Role.LANDOWNER))
    client = app.test_client()
    sign_in(client, session, account)
    return client, owner


def test_a_clerk_brings_in_a_table_and_finds_it_listed_sorted_and_in_the_calendar(app, session):
    client, owner = a_clerks_browser(app, session)
    parcels = some_parcels(session, owner, 2)
    head = "Flurstück;Pächter;Pacht;Beginn;Ende\n"
    lines = f"{parcels[0].name};=Hof A;100;01.10.2015;30.09.2027\n{parcels[1].name};Hof B;200;01.10.2016;\n"

    def hand_in(text):
        data = {"owner": str(owner.public_id), "file": (BytesIO(text.encode()), "pachten.csv")}
        return client.post("/leases/import", data=data, content_type="multipart/form-data")

    refused = hand_in(head + lines + "Nirgends;;1;1.1.2020;\n")
    assert refused.status_code == 422
    assert "Zeile 4:" in refused.text
    assert "Hof B" not in client.get("/leases").text
    assert hand_in(head + lines).status_code == 302
    page = client.get("/leases?order=rent")
    assert page.text.index("Hof B") < page.text.index("=Hof A")
    assert client.get("/leases?order=nonsense&owner=x&from=y&page=0").status_code == 200
    assert "'=Hof A" in client.get("/leases/leases.csv").text
    assert client.get("/leases/calendar").status_code == 200
    assert client.get("/leases/calendar.ics").text.startswith("BEGIN:VCALENDAR")


def test_a_lease_is_entered_changed_ended_and_deleted_on_pages(app, session):
    client, owner = a_clerks_browser(app, session)
    parcel = some_parcels(session, owner, 1)[0]
    data = {"parcel": str(parcel.public_id), "lessee": "Hof A", "rent": "1.200,50", "starts_on": "2015-10-01"}
    assert client.post("/leases/new", data={**data, "ends_on": "2014-10-01"}).status_code == 422
    assert client.post("/leases/new", data=data).status_code == 302
    assert client.post("/leases/new", data=data).status_code == 422
    lease = next(
        part for part in client.get("/leases").text.split('"') if part.startswith("/leases/") and part.count("-") == 4
    )
    assert "1200,50" in client.get(lease).text
    assert client.post(lease, data={**data, "lessee": "Hof B"}).status_code == 302
    assert client.post(f"{lease}/end", data={"ends_on": "2028-09-30"}).status_code == 302
    assert "30.09.2028" in client.get("/leases").text
    stranger, _ = a_browser(app, session, Role.LANDOWNER)
    assert stranger.get(lease).status_code == 404
    assert stranger.post(f"{lease}/delete").status_code == 404
    assert client.post(f"{lease}/delete").status_code == 302
