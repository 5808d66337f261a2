"""Visitors leave nothing but one cookie at most, and nothing is asked of other hosts (P8, P9)."""

from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.browser
PAGES = ("/", "/search", "/hand-over", "/privacy", "/register", "/sign-in", "/talk", "/report", "/my-data/farewell")


def test_a_visitor_keeps_at_most_one_cookie_and_nothing_in_the_browsers_stores(visit, site):
    page = visit("/")
    hosts = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    for path in PAGES:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0], path
    assert len(page.context.cookies()) <= 1
    assert hosts - {urlsplit(site).netloc, ""} == set()
