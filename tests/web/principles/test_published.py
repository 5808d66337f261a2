"""Everybody can read the published sets, see what they would mean, and take them away."""

import json

import pytest

from succession.principles import shipped
from succession.principles.document import read
from succession.records import documents


def test_the_list_names_every_set_with_its_source_and_its_gaps(client):
    page = client.get("/principles").text
    for key in shipped.names():
        assert f'href="/principles/{key}"' in page
    assert "mit Lücken" in page
    assert "nur für Kirchen" in page
    assert "Beschlussvorlage BV-P/07/0011" in page


@pytest.mark.parametrize("key", shipped.names())
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_set_is_shown_in_both_languages_with_all_sample_farms(client, key, language):
    answer = client.get(f"/principles/{key}", headers={"Accept-Language": language})
    document = shipped.document(key)
    assert answer.status_code == 200
    assert document.name[language].replace("'", "&#39;") in answer.text
    assert ("Agrar-Holding" if language == "de" else "Agricultural holding") in answer.text


def test_what_is_missing_is_said_on_the_page(client):
    page = client.get("/principles/bvvg-2023", headers={"Accept-Language": "de"}).text
    assert "Elf weitere Kriterien" in page
    assert "sind unsere Annahme" in page


def test_the_file_is_the_set_itself(client):
    answer = client.get("/principles/recommended/document.json")
    assert answer.mimetype == "application/json"
    assert read(documents.read(answer.text)).identifier == shipped.document("recommended").identifier
    assert json.loads(answer.text)["format"] == "principles-1"


def test_an_unknown_set_is_not_found(client):
    assert client.get("/principles/nobody").status_code == 404
    assert client.get("/principles/nobody/document.json").status_code == 404
