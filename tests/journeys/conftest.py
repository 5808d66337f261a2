"""A real site with the demo region behind a real browser. `site` is its address; `visit` opens a page for it.

Needs Chromium; without it these tests are skipped and say so.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

import pytest

from succession.cluster import SUPERUSER
from succession.config import CHECKOUT
from tests.conftest import CLUSTER, clone, drop

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
STYLES = CHECKOUT / "succession" / "static" / "dist" / "css" / "site.css"
PROGRAM = Path(sys.executable).with_name("succession")
PATIENCE = 60


@pytest.fixture(scope="session")
def site(template, tmp_path_factory):
    """The address of a running site with the demo region, once for all journeys of this worker."""
    if not STYLES.exists():
        pytest.skip("script/build-assets has not been run")
    name = template.replace("template", f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_journeys")
    clone(name)
    environment = {
        **os.environ,
        "DATABASE_URL": CLUSTER.url(SUPERUSER, name),
        "SUCCESSION_INSTANCE": str(tmp_path_factory.mktemp("journeys")),
        "SUCCESSION_ENV": "development",
        "SUCCESSION_SEARCHES_PER_MINUTE": "0",
    }
    subprocess.run([PROGRAM, "demo"], env=environment, check=True, cwd=CHECKOUT, capture_output=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [PROGRAM, "serve", "--no-demo", "--port", str(port), "--processes", "1"]
    with subprocess.Popen(command, env=environment, cwd=CHECKOUT, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/readyz")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(PATIENCE)
    drop(name)


def wait_for(address):
    """Until somebody answers."""
    direct = build_opener(ProxyHandler({}))
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with direct.open(address, timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"{address} does not answer")


@pytest.fixture(scope="session")
def chromium():
    """One browser for all journeys of this worker."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed; script/bootstrap --test installs it")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, site):
    """visit("/search", width=390, scheme="dark", scripts=False, person="seeker@example.org") → the open page."""
    contexts = []

    def visit(path="/", *, width=1280, scheme="light", scripts=True, person=None, language="de-DE"):
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            locale=language,
            java_script_enabled=scripts,
            reduced_motion="reduce",
            base_url=site,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("console", lambda message: message.type == "error" and page.problems.append(message.text))
        if person is not None:
            page.goto(f"/sign-in?as={person}")
            page.locator("main form button[type=submit]").first.click()
        page.goto(path)
        return page

    yield visit
    for context in contexts:
        context.close()
