"""The main menu: what has no room in the row is behind "More", and nothing is lost on the way."""

import pytest
from flask import get_template_attribute

from succession.i18n import Text
from succession.web.menu import Entry


def row(app, count, here=None):
    """The menu in a row with so many entries."""
    entries = [Entry(Text("Search"), f"/place-{number}", number == here) for number in range(count)]
    with app.test_request_context():
        return str(get_template_attribute("components/menu_row.html", "menu_row")(entries))


@pytest.mark.parametrize("count", [0, 1, 4])
def test_up_to_four_entries_stand_in_the_row(app, count):
    shown = row(app, count)
    assert shown.count("<a ") == count
    assert "<details" not in shown


@pytest.mark.parametrize("count", [5, 9])
def test_with_more_entries_three_stand_in_the_row_and_the_others_behind_more(app, count):
    before, _, behind = row(app, count).partition("<details")
    assert before.count("<a ") == 3
    assert behind.count("<a ") == count - 3


def test_more_is_marked_when_the_page_is_behind_it(app):
    assert 'class="is-here"' in row(app, 6, here=4)
    assert 'class="is-here"' not in row(app, 6, here=1)
