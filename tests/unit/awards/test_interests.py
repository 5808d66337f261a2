"""Who is called like an applicant is found, however the name is written."""

import pytest

from succession.awards.interests import Applying, applying_as, called_like

ERIKA = Applying("A1", ("Erika Müller", "Hof am Deich GbR"), 7)


@pytest.mark.parametrize(
    "name", ["Erika Müller", "Müller, Erika", "Dr. Erika MÜLLER", "erika  muller", "Erika Anna Müller"]
)
def test_the_same_name_is_found(name):
    assert called_like(name, [ERIKA]) == ("A1",)


@pytest.mark.parametrize("name", ["Erika", "Müller", "Eri Müller", "", "Hans Müller", "von"])
def test_another_name_is_not(name):
    assert called_like(name, [ERIKA]) == ()


def test_an_account_is_found_and_nobody_is_no_account():
    assert applying_as(7, [ERIKA]) == ("A1",)
    assert applying_as(8, [ERIKA]) == ()
    assert applying_as(None, [Applying("B", ("X Y",), None)]) == ()
