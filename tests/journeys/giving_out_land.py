"""Steps of the long story, up to the applications: land, principles, call."""

import json
import re
from datetime import timedelta
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
OWNER = "Gemeinde Rethfelde"
FIELDS = ("Vorwerk", "Deichwiese", "Mühlenfeld")
PRICES = (("900", "1100"), ("700", "700"), ("650", "650"))


def send(page, name=None):
    """The button is pressed and the answer is there."""
    buttons = page.locator("main form button[type=submit]")
    chosen = page.get_by_role("button", name=re.compile(name)) if name else buttons
    with page.expect_navigation():
        chosen.first.click()


def choose_owner(page, name, owner=OWNER):
    """The radio button beside the name of the owner."""
    page.locator(f"label:has-text('{owner}') [name={name}], [name={name}] + label:has-text('{owner}')").first.check(
        force=True
    )


def fill(page, **values):
    """Fields by their names."""
    for name, value in values.items():
        page.locator(f"main [name={name.replace('__', '-')}]").last.fill(value)


def bring_in_land(page, folder):
    """Three fields of an owner that the office manages, and what is leased of them."""
    features = []
    for place, name in enumerate(FIELDS):
        west, south, side = 11.463 + place * 0.004, 53.026, 0.0025
        ring = [[west + x * side, south + y * side] for x, y in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": {"name": name}, "geometry": geometry})
    land = folder / "land.geojson"
    land.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    page.goto("/land/import")
    choose_owner(page, "owner")
    page.locator("input[type=file]").set_input_files(land)
    send(page)
    page.wait_for_url("**/land/imports/**")
    page.get_by_role("button", name=re.compile("übernehmen", re.IGNORECASE)).first.click()
    page.wait_for_function("document.querySelector('main').innerText.includes('übernommen')")
    leases = folder / "leases.csv"
    lines = [f"{name};Hof Altpächter;600,00;01.10.2016;30.09.2028;24" for name in FIELDS]
    leases.write_text("\n".join(["Flurstück;Pächter;Pacht;Beginn;Ende;Kündigungsfrist", *lines]))
    page.goto("/leases/import")
    choose_owner(page, "owner")
    page.locator("input[type=file]").set_input_files(leases)
    send(page)


def draft_principles(page):
    """From the council's motion of Greifswald, with a promise of our own; the address of the set."""
    page.goto("/my-principles/new")
    choose_owner(page, "organisation")
    fill(page, title="Verpachtung der Gemeindeflächen")
    page.locator("[name=begins_with][value=shipped]").check(force=True)
    page.locator("[name=shipped_key]").select_option("greifswald-2019-motion")
    send(page)
    address = re.search(r"/my-principles/[0-9a-f-]{36}", page.url)[0]
    page.goto(f"{address}/promises")
    fill(
        page,
        text="Ich lege eine Hecke von 200 m an.",
        check="Das Amt sieht sie sich vor Ort an.",
        first_due_months="12",
        consequence="Sie ist binnen eines Jahres nachzuholen.",
    )
    send(page)
    return address


def prepare_call(page, principles, *, now):
    """Every page of the call is filled in; the address of the call."""
    page.goto("/my-calls/new")
    choose_owner(page, "owner")
    fill(page, title="Drei Lose am Deich")
    page.locator("[name=kind][value=lease]").check(force=True)
    page.locator("[name=procedure][value=single_lots]").check(force=True)
    send(page)
    address = re.search(r"/my-calls/[0-9a-f-]{36}", page.url)[0]
    for name in ("Am Vorwerk", "Am Deich", "An der Mühle"):
        page.goto(f"{address}/lots")
        page.locator("[name=parcels]").first.check(force=True)
        fill(page, name=name)
        page.locator("main form button[type=submit]").last.click()
        page.wait_for_load_state()
    page.goto(f"{address}/prices")
    page.locator("[name=price_kind][value=fixed]").check(force=True)
    for number, (price, usual) in enumerate(PRICES, 1):
        fill(page, **{f"lot{number}__price": price, f"lot{number}__reference": usual})
        page.locator(f"[name=lot{number}-source]").fill("Pachtpreisbericht des Landkreises")
        page.locator(f"[name=lot{number}-reference_on]").fill("2026-03-01")
    fill(page, public_interest="Weidehaltung soll bleiben.", de_minimis_note="Bewerbende erklären andere Beihilfen.")
    send(page)
    page.goto(f"{address}/term")
    fill(page, term_from="2028-10-01", term_years="12")
    send(page)
    page.goto(f"{address}/principles")
    page.locator(f"[name=chosen][value='{principles.split('/')[-1]}']").check(force=True)
    send(page)
    opens, closes = (now + timedelta(days=1)).astimezone(BERLIN), (now + timedelta(days=20)).astimezone(BERLIN)
    page.goto(f"{address}/dates")
    fill(page, opens_on=f"{opens:%Y-%m-%d}", opens_clock="08:00", closes_on=f"{closes:%Y-%m-%d}", closes_clock="12:00")
    send(page)
    page.goto(f"{address}/lottery")
    fill(page, name="Lotto 6 aus 49, erste Samstagsziehung nach dem Fristende")
    fill(page, held_on=f"{closes + timedelta(days=4):%Y-%m-%d}")
    send(page)
    page.goto(f"{address}/contact")
    fill(page, name="Frau Kamp", phone="05841 100", email="amt@example.org", address="Am Markt 2, 29999 Elbauen")
    send(page)
    return address


def apply(page, call, name, answers):
    """Page by page to the receipt; `answers` are words by question, whoever is not asked says no."""
    page.goto(f"/calls/{call}/apply")
    send(page)
    address = fill_in(page, name, answers)
    page.goto(f"{address}/check")
    page.locator("[name=is_true]").check(force=True)
    send(page)
    return address


def fill_in(page, name, answers):
    """Every page of the wizard, on behalf of whom it may be."""
    address = re.search(r"/my-applications/[0-9a-f-]{36}", page.url)[0]
    page.goto(f"{address}/pages/person")
    fill(page, person_name=name, address="Deichweg 3\n29999 Deichmark")
    send(page)
    for lot in page.locator("[name=lots]").all():
        lot.check(force=True)
    send(page)
    while "/pages/" in page.url and not page.url.endswith("/papers"):
        answer_page(page, answers)
        send(page)
    return address


def answer_page(page, answers):
    """Whatever this page asks."""
    for question in dict.fromkeys(field.get_attribute("name") for field in page.locator("main [name^=q-]").all()):
        field = page.locator(f"[name={question}]")
        answer = answers.get(question.removeprefix("q-"), "yes" if question.startswith("q-accepts") else "no")
        if field.first.get_attribute("type") == "radio":
            page.locator(f"[name={question}][value={answer}]").check(force=True)
        else:
            field.fill("" if answer == "no" else answer)
