"""What the room of seekers holds on a person: their profile and their searches."""

from datetime import timedelta

from sqlalchemy import ColumnElement, ScalarSelect, Select, select

from succession.facts.seeker import SEEKER_FIELDS
from succession.i18n import Text
from succession.marks import (
    Concern,
    DataClass,
    LegalGround,
    Marked,
    OnErasure,
    Person,
    Retention,
    names,
    table_of,
    under,
)
from succession.profiles.models import Search, SearchPublication, SearchWish, SeekerProfile
from succession.profiles.models_published import published_search
from succession.profiles.states import SearchState

SEARCHES = DataClass(
    key="searches",
    title=Text("Your profile and your searches"),
    purpose=Text("So that you find an offer that suits you, and owners can judge whether you suit them."),
    ground=LegalGround.CONTRACT,
    keeping=Text(
        "Until you delete them or close your account. Searches that are not published and that nobody touches: "
        "24 months, and we write to you before."
    ),
    recipients=Text("owners of fitting offers see the published part, without your name"),
)
TWO_YEARS = timedelta(days=730)


def _searches_of(person: Person) -> Select[int]:
    profiles = select(SeekerProfile.id).where(SeekerProfile.account_id == person.account_id)
    return select(Search.id).where(Search.profile_id.in_(profiles))


def _published_by(person: Person) -> ColumnElement[bool]:
    return published_search.c.id.in_(_searches_of(person))


def _seeker() -> ScalarSelect[int]:
    return select(SeekerProfile.account_id).where(SeekerProfile.id == Search.profile_id).scalar_subquery()


REGISTER: tuple[Marked, ...] = (
    Marked(
        table=published_search,
        plain=(),
        personal=tuple(column.name for column in published_search.columns),
        data_class=SEARCHES,
        # The same once more in codes, for matching: the export has it in words.
        concerns=(Concern(_published_by, OnErasure.DELETE, is_exported=False),),
    ),
    Marked(
        table=table_of(SearchPublication),
        plain=("public_id", "place_area_id"),
        personal=("search_id", "introduction", "kinds", "radius_km", "facts", "wishes", "published_at"),
        data_class=SEARCHES,
        concerns=(Concern(lambda person: SearchPublication.search_id.in_(_searches_of(person)), OnErasure.DELETE),),
    ),
    Marked(
        table=table_of(SearchWish),
        plain=(),
        personal=("search_id", "criterion", "importance", "values"),
        data_class=SEARCHES,
        concerns=(Concern(lambda person: SearchWish.search_id.in_(_searches_of(person)), OnErasure.DELETE),),
    ),
    Marked(
        table=table_of(Search),
        plain=("id", "public_id", "profile_id", "idempotency_key", "version"),
        personal=("title", "state", "kinds", "place_id", "radius_km", "created_at", "updated_at", "published_at"),
        data_class=SEARCHES,
        concerns=(Concern(under(Search.profile_id, SeekerProfile.id, SeekerProfile.account_id), OnErasure.DELETE),),
        retention=(
            Retention("updated_at", TWO_YEARS, warns=True, whom=_seeker(), only=Search.state != SearchState.PUBLISHED),
        ),
    ),
    Marked(
        table=table_of(SeekerProfile),
        plain=("id", "public_id", "version"),
        personal=(
            "account_id",
            "introduction",
            "created_at",
            "updated_at",
            *(field.name for field in SEEKER_FIELDS),
        ),
        data_class=SEARCHES,
        concerns=(Concern(names(SeekerProfile.account_id), OnErasure.DELETE),),
    ),
)
