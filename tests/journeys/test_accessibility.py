"""Axe finds nothing, nothing scrolls sideways, and each page has one first heading."""  # A1, A2, A7

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.long]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPEN = (
    *("/", "/?farm=1&lease=1", "/search", "/search?where=Wustrow", "/search?text=zzz", "/style-guide", "/sign-in"),
    *("/how-it-works", "/talk", "/sources", "/imprint", "/privacy", "/accessibility", "/matching/how-it-is-computed"),
    *("/hand-over", "/give-out-land", "/nowhere"),
)
PAGES = {
    None: [*OPEN],
    "seeker@example.org": ["/matches", "/my-searches", "/my-searches/new", "/my-profile"],
    "transferor@example.org": ["/my-offers", "/my-offers/new", "/my-data", "/my-data/consents"],
    "landowner@example.org": ["/land", "/land/import", "/my-offers", "/organisations", "/organisations/managed"],
    "mentor@example.org": [
        *("/account/second-factor", "/account/second-factor/list", "/account/second-factor/app"),
        *("/account/password-check", "/account/second-factor/remove/app"),
    ],
    "coordinator@example.org": [
        *("/operations/jobs", "/operations/mails", "/operations/processing", "/operations/erasures"),
    ],
}
DEEPER = {
    "seeker@example.org": ("/matches", "/my-searches", "/my-profile"),
    "transferor@example.org": ("/my-offers",),
    "landowner@example.org": ("/land", "/organisations"),
}
OWN_LINKS = "[...document.querySelectorAll('main a[href^=\"/\"]')].map(link => link.getAttribute('href'))"
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
NO_NUMBERS = "a => a.split('?')[0].replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'X')"


def kinds_of_pages(page, starts):
    """One address for each kind of page that can be reached by links from `starts`."""
    found, waiting = {}, list(starts)
    while waiting:
        address = waiting.pop(0)
        kind = page.evaluate(f"({NO_NUMBERS})({address!r})")
        if kind in found or "/language/" in kind:
            continue
        page.goto(address)
        if page.locator("main h1").count():
            found[kind] = address
            waiting += page.evaluate(OWN_LINKS)
    return list(found.values())


def problems_of(page):
    from axe_playwright_python.sync_playwright import Axe

    answer = Axe().run(page, options={"runOnly": RULES}).response
    found = [(one["id"], one["nodes"][0]["html"][:120]) for one in answer["violations"]]
    if page.evaluate(SIDEWAYS):
        found.append(("sideways", page.viewport_size["width"]))
    if page.locator("h1").count() != 1:
        found.append(("h1", page.locator("h1").all_inner_texts()))
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("person", PAGES)
def test_axe_finds_nothing(visit, person, width, scheme):
    page = visit("/talk", width=width, scheme=scheme, person=person)
    addresses = PAGES[person] + kinds_of_pages(page, DEEPER.get(person, ()))
    wrong = {}
    for address in dict.fromkeys(addresses):
        page.goto(address)
        if problems := problems_of(page):
            wrong[address] = problems
    assert wrong == {}


@pytest.mark.parametrize("person", PAGES)
def test_nothing_scrolls_sideways_on_the_narrowest_screen(visit, person):
    page = visit("/talk", width=320, person=person)
    wide = []
    for address in dict.fromkeys(PAGES[person] + kinds_of_pages(page, DEEPER.get(person, ()))):
        page.goto(address)
        if page.evaluate(SIDEWAYS):
            wide.append(address)
    assert wide == []


@pytest.mark.parametrize("person", ["seeker@example.org", "transferor@example.org", "landowner@example.org"])
def test_every_page_has_a_title_of_its_own(visit, person):
    page = visit("/talk", person=person)
    titles = {}
    for address in kinds_of_pages(page, DEEPER[person]):
        page.goto(address)
        titles.setdefault(page.title(), []).append(address)
    assert {title: addresses for title, addresses in titles.items() if len(addresses) > 1} == {}
