"""Seeker, transferor and landowner, each from signing in to what they came for."""

import json
import re

import pytest

pytestmark = pytest.mark.browser


def test_a_seeker_signs_in_and_sees_matches_with_reasons(visit):
    page = visit("/matches", person="seeker@example.org")
    assert page.locator(".meet").count() >= 3
    assert page.locator(".reasons .mark").count() >= 9
    page.get_by_role("link", name="Alle Gründe").first.click()
    assert "Was für Sie zählt" in page.content()
    page.get_by_role("link", name=re.compile("Zum Angebot")).click()
    assert page.locator("h1").count() == 1


def test_a_transferor_describes_previews_and_publishes(visit):
    page = visit("/my-offers/new", person="transferor@example.org")
    page.get_by_label("Laden", exact=False).first.check(force=True)
    page.locator("[name=title]").fill("Dorfladen sucht Nachfolge")
    page.locator("main form button[type=submit]").first.click()
    overview = re.search(r"/my-offers/[0-9a-f-]{36}", page.url)[0]
    page.goto(f"{overview}/about")
    page.locator("[name=title]").fill("Dorfladen mit Poststelle sucht Nachfolge")
    page.locator("[name=description]").fill(
        "Der Laden läuft seit dreißig Jahren und ist der Treffpunkt im Dorf. Die Regale sind neu."
    )
    page.locator("main form button[type=submit]").first.click()
    page.goto(f"{overview}/place")
    page.locator("[name=place_name]").fill("Gartow")
    page.locator("main form button[type=submit]").first.click()
    page.goto(f"{overview}/terms")
    page.get_by_label("Pacht", exact=True).first.check()
    page.locator("main form button[type=submit]").first.click()
    page.goto(f"{overview}/preview")
    assert "Dorfladen mit Poststelle" in page.content()
    page.goto(f"{overview}/publish")
    page.get_by_role("button", name="Jetzt veröffentlichen").click()
    page.goto("/search?text=Poststelle")
    assert "Dorfladen mit Poststelle" in page.locator("[data-results]").inner_text()


def test_a_landowner_brings_in_a_file_and_takes_it_over(visit, tmp_path):
    corner, side = (11.463, 53.026), 0.002
    ring = [[corner[0] + x * side, corner[1] + y * side] for x, y in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))]
    feature = {
        "type": "Feature",
        "properties": {"name": "Am Probedeich"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    file = tmp_path / "land.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    page = visit("/land/import", person="landowner@example.org")
    page.locator("input[type=file]").set_input_files(file)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/land/imports/**")
    page.get_by_role("button", name=re.compile("übernehmen", re.IGNORECASE)).first.click()
    page.goto("/land")
    assert "Am Probedeich" in page.content()
    assert page.problems == []
