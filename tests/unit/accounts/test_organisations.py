from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from succession.accounts.data_law import DataLaw
from succession.accounts.models import OrganisationKind
from succession.accounts.organisations import (
    MandateState,
    ends_soon,
    letterhead_of,
    mandate_state,
    today,
    usual_law,
)

DAY = date(2026, 11, 2)
DAYS = st.dates(date(2026, 10, 1), date(2026, 12, 1))


@dataclass
class Dates:
    starts_on: date = DAY
    ends_on: date | None = None
    revoked_at: datetime | None = None


@dataclass
class Addressed:
    name: str
    postal_address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""


def test_a_mandate_holds_from_its_first_to_its_last_day():
    mandate = Dates(DAY, DAY + timedelta(days=1))
    states = [mandate_state(mandate, DAY + timedelta(days=days)) for days in (-1, 0, 1, 2)]
    assert states == [MandateState.UPCOMING, MandateState.IN_FORCE, MandateState.IN_FORCE, MandateState.ENDED]


@given(DAYS, DAYS, DAYS)
def test_a_revoked_mandate_never_holds_again(starts, ends, on):
    mandate = Dates(starts, ends, datetime(2026, 1, 1, tzinfo=UTC))
    assert mandate_state(mandate, on) is MandateState.REVOKED


def test_days_begin_at_midnight_where_the_network_is():
    assert today(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)) == date(2026, 7, 1)
    assert today(datetime(2026, 12, 31, 22, 30, tzinfo=UTC)) == date(2026, 12, 31)
    assert today(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == date(2027, 1, 1)


@pytest.mark.parametrize(("days", "said"), [(0, True), (60, True), (61, False), (-1, False)])
def test_the_end_of_a_mandate_is_said_two_months_before(days, said):
    assert ends_soon(Dates(DAY - timedelta(days=90), DAY + timedelta(days=days)), DAY) == said


def test_a_mandate_without_end_never_ends_soon():
    assert not ends_soon(Dates(DAY), DAY)


def test_a_parish_begins_with_church_law():
    laws = {kind: usual_law(kind) for kind in OrganisationKind}
    assert {kind for kind, law in laws.items() if law is not DataLaw.GDPR} == {OrganisationKind.PARISH}


def test_every_letter_names_the_owner_also_when_an_office_writes():
    owner = Addressed("Gemeinde Lanz", "Am Deich 1\n19309 Lanz", "038 1", "lanz@example.org")
    office = Addressed("Amt Lenzen", "Markt 2\n\n19309 Lenzen", "", "amt@example.org")
    own = letterhead_of(owner)
    assert (own.owner, own.office, own.owner_address) == ("Gemeinde Lanz", None, ("Am Deich 1", "19309 Lanz"))
    lent = letterhead_of(owner, office)
    assert (lent.owner, lent.office) == ("Gemeinde Lanz", "Amt Lenzen")
    assert (lent.contact, lent.phone, lent.email) == (("Markt 2", "19309 Lenzen"), "038 1", "amt@example.org")
    assert lent.signature.values == {"office": "Amt Lenzen", "owner": "Gemeinde Lanz"}
