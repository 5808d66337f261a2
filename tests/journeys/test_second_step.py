"""Somebody sets up a passkey, an app and a printed list in a real browser, and signs in with each."""

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

pytestmark = pytest.mark.browser
PERSON = "mentor@example.org"
OWN = "/account/second-factor"


def is_in(address):
    return "second-step" not in address and "/sign-in" not in address


@pytest.fixture
def named(site):
    """The site under a name: browsers make no passkeys for a number."""
    return site.replace("127.0.0.1", "localhost")


@pytest.fixture
def page(chromium, named):
    context = chromium.new_context(base_url=named, locale="de-DE", reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("console", lambda message: message.type == "error" and page.problems.append(message.text))
    yield page
    context.close()


@pytest.fixture
def device(page):
    """A device with a finger that is always there."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    number = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return lambda: session.send("WebAuthn.getCredentials", {"authenticatorId": number})["credentials"]


def enter_password(page):
    page.goto(f"/sign-in?as={PERSON}")
    page.locator("main form button[type=submit]").first.click()


def arrived(page):
    """On the person's own page, and not at the step that only leads there."""
    page.wait_for_url(lambda address: address.endswith(OWN) and "?" not in address)


def sign_out(page):
    page.locator("header .sign-in button").first.click()
    page.wait_for_load_state()


def test_each_way_of_the_second_step_works_in_a_browser(page, device):  # S9
    enter_password(page)
    page.goto(OWN)
    page.get_by_role("link", name="Gerät einrichten").click()
    page.locator("#label").fill("Mein Handy")
    page.get_by_role("button", name="Mein Gerät fragen").click()
    arrived(page)
    assert page.get_by_text("Mein Handy").count()
    assert len(device()) == 1

    sign_out(page)
    enter_password(page)
    assert "/sign-in/second-step" in page.url
    page.goto(OWN)
    assert "/sign-in/second-step" in page.url  # nothing else opens before
    page.get_by_role("button", name="Mein Gerät fragen").click()
    arrived(page)
    assert device()[0]["signCount"] >= 2

    secret, codes = set_up_app(page), set_up_list(page)
    sign_out(page)
    enter_password(page)
    page.get_by_role("link", name="Gedruckte Code-Liste").click()
    page.locator("#code").fill(codes[1])
    page.get_by_role("button", name="Weiter").click()
    page.wait_for_url(is_in)

    sign_out(page)
    enter_password(page)
    page.get_by_role("link", name="App auf dem Handy").click()
    page.locator("#code").fill(pyotp.TOTP(secret).at(datetime.now(UTC) + timedelta(seconds=30)))
    page.get_by_role("button", name="Weiter").click()
    page.wait_for_url(is_in)
    assert page.problems == []

    for way in ("printed", "app"):  # the site is shared: the next journey finds the person as they were
        page.goto(f"{OWN}/remove/{way}")
        page.get_by_role("button", name="Entfernen").click()
    page.goto(OWN)
    page.locator("a", has_text="Entfernen: Mein Handy").click()
    page.get_by_role("button", name="Entfernen").click()


def set_up_app(page):
    """The app of a phone that reads the text instead of the picture; its secret."""
    page.get_by_role("button", name="App einrichten").click()
    page.locator("summary", has_text="Die Kamera").click()
    secret = page.locator("strong.code").inner_text().replace(" ", "")
    picture = page.locator("img.code-picture")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    page.locator("#code").fill(pyotp.TOTP(secret).at(datetime.now(UTC)))
    page.get_by_role("button", name="Fertig").click()
    arrived(page)
    return secret


def set_up_list(page):
    """A list that fits on one sheet of A4, set up by its first code; its codes."""
    page.get_by_role("link", name="Gedruckte Liste einrichten").click()
    page.get_by_role("button", name="Liste erstellen").click()
    codes = [re.sub(r"\D", "", code) for code in page.locator(".code-list .code").all_inner_texts()]
    assert len(codes) == 50
    page.emulate_media(media="print")
    sheet = page.locator("body").bounding_box()
    assert sheet["height"] < 1400  # one sheet of A4
    page.emulate_media(media="screen")
    page.locator("#code").fill(codes[0])
    page.get_by_role("button", name="Fertig").click()
    arrived(page)
    return codes


def test_without_scripts_the_page_offers_the_other_ways(chromium, named):
    context = chromium.new_context(base_url=named, java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    enter_password(page)
    page.goto(f"{OWN}/passkey")
    assert page.get_by_text("Dieser Browser kann keine Passkeys erstellen.").is_visible()
    assert not page.get_by_role("button", name="Mein Gerät fragen").is_visible()
    context.close()
