"""Axe finds nothing on the pages of principles, calls, applications and awards, with and without errors."""  # A1, A2

from urllib.parse import urlsplit

import pytest

from succession.demo.identity import demo_id
from tests.journeys.test_accessibility import NO_NUMBERS, OWN_LINKS, SIDEWAYS, problems_of

pytestmark = [pytest.mark.browser, pytest.mark.long]

SEEKER, LANDOWNER = "seeker@example.org", "landowner@example.org"
CALL, PAST = (f"/calls/{demo_id('call', key)}" for key in ("open", "past"))
STARTS = {
    None: ("/calls", CALL, PAST, "/principles", "/awards", "/check-award", "/what-if", "/kept-promises"),
    SEEKER: ("/my-applications", "/my-promises", f"{CALL}/apply"),
    LANDOWNER: (
        *("/my-calls", *(f"/my-calls/{demo_id('call', key)}" for key in ("open", "past")), "/my-principles"),
        *("/leases", "/promises", "/my-what-if"),
    ),
}
ROOMS = (
    *("/calls", "/principles", "/awards", "/check-award", "/what-if", "/kept-promises", "/my-applications"),
    *("/my-promises", "/my-calls", "/my-principles", "/leases", "/promises", "/my-what-if"),
)
EMPTY = {
    None: ("/check-award",),
    SEEKER: (),
    LANDOWNER: ("/my-calls/new", "/my-principles/new", "/leases/new", "/leases/import", "/my-what-if"),
}
"""Pages whose form is sent with nothing in it."""
SEND_NOTHING = """() => {
    const form = document.querySelector('main form[method=post]');
    form.querySelectorAll('input[type=text], textarea').forEach(field => field.value = '');
    form.submit();
}"""


def is_page(page, address):
    """Whether a browser shows it, instead of saving it."""
    return page.request.get(address).headers.get("content-type", "").startswith("text/html")


def pages_of(page, person):
    """One address for each kind of page of these rooms that links lead to."""
    found, waiting = {}, list(STARTS[person])
    while waiting:
        address = waiting.pop(0).split("#")[0]
        path = urlsplit(address).path
        kind = page.evaluate(f"({NO_NUMBERS})({address!r})")
        if kind in found or not path.startswith(ROOMS) or not is_page(page, address):
            continue
        page.goto(address)
        found[kind] = address
        waiting += page.evaluate(OWN_LINKS)
    return list(found.values())


def begin_to_apply(page):
    """A draft, so that there is a wizard to look at."""
    page.goto(f"{CALL}/apply")
    button = page.locator("main form button[type=submit]")
    if button.count():  # later visits are led to the draft
        button.first.click()
        page.wait_for_load_state()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("person", STARTS)
def test_axe_finds_nothing_in_these_rooms(visit, person, width, scheme):
    page = visit("/talk", width=width, scheme=scheme, person=person)
    if person == SEEKER:
        begin_to_apply(page)
    wrong = {}
    addresses = pages_of(page, person)
    for address in addresses:
        page.goto(address)
        if problems := problems_of(page):
            wrong[address] = problems
    for address in EMPTY[person]:
        page.goto(address)
        page.evaluate(SEND_NOTHING)
        page.wait_for_selector(".error-summary")
        if problems := problems_of(page):
            wrong[address, "with errors"] = problems
    assert len(addresses) >= len(STARTS[person])
    assert wrong == {}


@pytest.mark.parametrize("person", STARTS)
def test_nothing_scrolls_sideways_in_these_rooms(visit, person):
    page = visit("/talk", width=320, person=person)
    wide = []
    for address in pages_of(page, person):
        page.goto(address)
        if page.evaluate(SIDEWAYS):
            wide.append(address)
    assert wide == []
