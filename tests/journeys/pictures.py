"""Pictures of pages, wide and narrow, light and dark, in German; `script/screenshots` runs it."""

import argparse
import os
import re
import sys
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

CHECKOUT = Path(__file__).resolve().parent.parent.parent

TARGET = CHECKOUT / "screenshots"


def main() -> None:
    """Takes every picture that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", help="such as http://127.0.0.1:5000")
    parser.add_argument("paths", nargs="+", help="such as / /search /style-guide")
    parser.add_argument("--as", dest="email", help="sign in with this demo account first")
    parser.add_argument("--widths", default="1280,390")
    parser.add_argument("--schemes", default="light,dark")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    given = parser.parse_args()
    TARGET.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=given.chromium, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        for width in map(int, given.widths.split(",")):
            for scheme in given.schemes.split(","):
                take(browser, given, width, scheme)
        browser.close()


def say(*words: str) -> None:
    """To whoever runs it."""
    sys.stdout.write(" ".join(words).rstrip() + "\n")


def take(browser: Browser, given: argparse.Namespace, width: int, scheme: str) -> None:
    """All pages at one width in one colour scheme."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, locale="de-DE")
    page = context.new_page()
    page.on("console", tell)
    page.on("pageerror", lambda error: say("script:", str(error)))
    if given.email:
        sign_in(page, given.site, given.email)
    for path in given.paths:
        page.goto(urljoin(given.site, path), wait_until="networkidle")
        if page.locator("[data-map]").count():
            page.wait_for_timeout(1500)
        name = re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-")[:60] or "start"
        picture = TARGET / f"{name}-{width}-{scheme}.png"
        page.screenshot(path=picture, full_page=True)
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        say(str(picture.relative_to(CHECKOUT)), f"sideways by {overflow} px" if overflow > 0 else "")
    context.close()


def tell(message: ConsoleMessage) -> None:
    """What went wrong in the browser."""
    if message.type == "error":
        say("console:", message.text)


def sign_in(page: Page, site: str, email: str) -> None:
    """Through the page, as a person does; the demo fills in the password."""
    page.goto(urljoin(site, f"/sign-in?as={email}"))
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state()


if __name__ == "__main__":
    main()
