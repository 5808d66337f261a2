"""Before a session ends by itself the page says so in time, and nothing that was typed is lost."""

import pytest

pytestmark = pytest.mark.browser
PERSON = "seeker@example.org"
FORM = "/my-searches/new"
BOX = "[data-session-seconds]"


@pytest.fixture
def page(chromium, site):
    """A browser whose clock the test turns."""
    context = chromium.new_context(base_url=site, locale="de-DE")
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.clock.install()
    page.goto(f"/sign-in?as={PERSON}")
    page.locator("main form button[type=submit]").first.click()
    page.goto(FORM)
    page.wait_for_selector(BOX, state="attached")
    page.wait_for_load_state("networkidle")
    yield page
    context.close()


def test_the_page_warns_in_time_and_staying_keeps_what_was_typed(page):  # A11
    field = page.locator("main #title").first
    field.fill("Ein Hof am Wasser")
    page.clock.fast_forward("02:50:00")
    assert page.locator(BOX).is_hidden()
    page.clock.fast_forward("00:07:00")  # three minutes are left
    assert "abgemeldet" in page.locator(BOX).inner_text()
    page.get_by_role("button", name="Angemeldet bleiben").click()
    page.locator(BOX).wait_for(state="hidden")
    assert field.input_value() == "Ein Hof am Wasser"


def test_after_the_end_the_page_says_what_happens_to_what_was_typed(page):  # A11 U4
    field = page.locator("main #title").first
    field.fill("Ein Hof am Wasser")
    page.clock.fast_forward("03:01:00")
    assert "Wenn Sie es absenden" in page.locator(BOX).inner_text()
    assert page.get_by_role("button", name="Angemeldet bleiben").is_hidden()
    assert field.input_value() == "Ein Hof am Wasser"
