"""The list of routes and of open doors is kept in a file: whoever opens one sees it in the review.

`SUCCESSION_WRITE_ROUTES=1 pytest tests/structure/test_routes.py` writes the file anew.
"""

import os
from pathlib import Path

from succession.web.gate import decisions

KEPT = Path(__file__).with_name("routes.txt")
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}


def listed(app):
    """One line a route: who may, how, where."""
    gate = decisions(app)
    return sorted(
        f"{gate[rule.endpoint]:<30} {','.join(sorted(METHODS & rule.methods)):<9} {rule.rule}"
        for rule in app.url_map.iter_rules()
    )


def test_the_list_of_routes_is_as_kept(whole_app):
    if os.environ.get("SUCCESSION_WRITE_ROUTES"):
        KEPT.write_text("\n".join(listed(whole_app)) + "\n", encoding="utf-8")
    assert listed(whole_app) == KEPT.read_text(encoding="utf-8").splitlines()


def test_every_route_has_a_permission_decision(whole_app):
    assert [endpoint for endpoint, decision in decisions(whole_app).items() if decision == "unstated"] == []


def test_addresses_are_english_words_with_hyphens_and_show_no_number(whole_app):
    def is_plain(part):
        return part.startswith("<") or part == part.lower().replace("_", "-")

    rules = [rule.rule for rule in whole_app.url_map.iter_rules() if rule.endpoint != "static"]
    assert [rule for rule in rules if not all(is_plain(part) for part in rule.split("/"))] == []
    numbered = (
        *("/tiles/", "/map/", "/operations/jobs/"),  # squares and levels of the map; the queue's own numbers
        "/promises/report/",  # a year
    )
    counted = ("/lots/<int:", "/envelopes/<int:", "/runs/<int:", "/sent-<int:")  # numbers that people write on paper
    shown = [rule for rule in rules if "<int:" in rule and not any(part in rule for part in counted)]
    assert [rule for rule in shown if not rule.startswith(numbered)] == []
