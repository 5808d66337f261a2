"""A visitor searches, with map and without any script."""

import pytest

pytestmark = pytest.mark.browser
MAP_READY = "() => document.querySelector('[data-map]')?.map?.areTilesLoaded() === true"
COUNT = "() => parseInt(document.querySelector('[data-results] h2').textContent)"


def count(page):
    page.locator("[data-results] h2").wait_for()  # the new page may be on its way still
    return page.evaluate(COUNT)


def wait_for_count(page, is_right):
    for _ in range(150):
        if is_right(count(page)):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"the list still shows {count(page)}")


def test_without_scripts_a_visitor_filters_and_reads_an_offer(visit):
    page = visit("/search", scripts=False)
    before = count(page)
    page.get_by_label("Hof", exact=False).first.check()
    page.locator("#where").fill("Gartow")
    page.locator("#radius").select_option("40")
    page.get_by_role("button", name="Zeigen").first.click()
    page.wait_for_url("**kind=farm**")
    assert 0 < count(page) < before
    assert "kind=farm" in page.url
    assert "place=" in page.url
    page.locator(".offers h3 a").first.click()
    assert page.locator("h1").count() == 1
    assert "Wo liegt es?" in page.content()


def test_the_list_follows_a_filter_at_once_and_back_undoes_it(visit):
    page = visit("/search")
    before = count(page)
    page.get_by_label("Handwerk", exact=False).first.check()
    page.wait_for_url("**kind=craft**")
    wait_for_count(page, lambda shown: shown < before)
    after = count(page)
    page.go_back()
    wait_for_count(page, lambda shown: shown == before)
    assert not page.locator("input[name=kind][value=craft]").is_checked()
    page.go_forward()
    wait_for_count(page, lambda shown: shown == after)
    page.reload()
    assert count(page) == after
    assert page.locator("input[name=kind][value=craft]").is_checked()
    assert page.problems == []


def test_the_list_follows_the_map_and_a_reload_shows_the_same(visit):
    page = visit("/search")
    page.wait_for_function(MAP_READY)
    before = count(page)
    for _ in range(2):
        page.get_by_role("button", name="Näher heran").click()
        page.wait_for_timeout(600)
    page.wait_for_url("**box=**")
    wait_for_count(page, lambda shown: shown < before)
    after, address = count(page), page.url
    page.goto(address)
    assert count(page) == after
    page.wait_for_function(MAP_READY)
    page.get_by_role("link", name="nur was die Karte zeigt").click()
    wait_for_count(page, lambda shown: shown == before)
    assert page.problems == []


def test_on_a_phone_list_and_map_take_turns(visit):
    page = visit("/search", width=390)
    assert not page.locator("[data-map]").is_visible()
    page.get_by_role("button", name="Karte zeigen").click()
    assert page.locator("[data-map]").is_visible()
    assert not page.locator("[data-results]").is_visible()
    page.get_by_role("button", name="Liste zeigen").click()
    assert page.locator("[data-results]").is_visible()


def test_where_the_map_fails_a_sentence_says_so_and_the_list_stays(visit):
    page = visit("/talk")
    page.route("**/maplibre-gl-worker.mjs", lambda route: route.abort())
    page.goto("/search")
    page.get_by_text("Die Karte lässt sich hier nicht zeigen").wait_for()
    assert count(page) > 50


def test_everything_can_be_reached_by_tab_and_the_skip_link_comes_first(visit):
    page = visit("/search")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "kind"
    page.keyboard.press("Space")
    page.wait_for_url("**kind=land**")
    assert page.evaluate("document.activeElement.name") == "kind"


def test_pages_ask_no_other_host_and_keep_nothing_in_the_browser(visit, site):  # P8, P9
    page = visit("/talk")
    hosts = []
    page.on("request", lambda request: hosts.append(request.url))
    for path in ("/", "/search", "/how-it-works", "/sign-in", "/style-guide"):
        page.goto(path, wait_until="networkidle")
    assert [url for url in hosts if not url.startswith((site, "data:", "blob:"))] == []
    assert len(page.context.cookies()) <= 1
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.problems == []
