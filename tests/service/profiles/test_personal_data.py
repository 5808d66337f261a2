"""What is held on a person who seeks, and that it goes."""

from sqlalchemy import func, select

from succession.profiles import personal_data
from succession.profiles.models import Search, SearchPublication, SeekerProfile
from succession.profiles.models_published import published_search
from tests.factories.places import a_small_region
from tests.factories.profiles import a_profile, a_published_search


def test_a_person_gets_profile_and_searches_and_then_nothing_is_left(session):
    a_small_region(session)
    profile = a_profile(session, equity=61_234, introduction="Wir.")
    a_published_search(session, profile, title="Traum", wishes={"area": ("nice", {"area_min": 5})})
    other = a_published_search(session)
    held = personal_data.export(session, profile.account_id)
    assert held["profile"] == {"introduction": "Wir.", "facts": {"equity": 61_234}}
    assert [(search["title"], search["place"]) for search in held["searches"]] == [("Traum", "Gartow")]
    personal_data.erase(session, profile.account_id)
    assert personal_data.export(session, profile.account_id) == {"profile": None, "searches": []}
    assert session.scalars(select(Search.id)).all() == [other.id]
    for table in (SeekerProfile, SearchPublication, published_search):
        assert session.scalar(select(func.count()).select_from(table)) == 1
