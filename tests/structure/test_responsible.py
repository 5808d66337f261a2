"""Every form in which people enter something about themselves or others says who is responsible for it."""

import re

import pytest

from tests.structure.source import TEMPLATES, templates

# Forms that take no more than what signs somebody in, a choice, or a word of the office; each folder or file with why.
NOT_ASKED = {
    "legal/text.html": "the operator's own text",
    "legal/details.html": "the operator's own details",
    "legal/case.html": "a decision of the coordination",
    "legal/receipt.html": "says so on the form before it",
    "listings/how_exactly.html": "a choice about an offer",
    "land/_choices.html": "part of a page that says so",
    "land/show.html": "a choice about a file that is in",
    "privacy/archive.html": "about files, for the archive",
    "organisations/member.html": "a choice about a member",
    "organisations/give_mandate.html": "a choice between organisations",
    "organisations/rejection.html": "a word of the office",
    "releases/one.html": "an answer to a request",
    "representation/": "the pages on which it begins say so",
    "accounts/": "signing in and its links; registering says so",
    "second_factor/": "what signs somebody in",
    "reference/": "counts of businesses, about nobody",
    "pages/": "samples of the style guide",
    "simulation/": "a choice between sets of principles",
    "principles/criterion.html": "a rule, about nobody",
    "principles/sheet.html": "a choice between invented farms, without a name",
    "calls/": "about the owner's land and rules; the pages that name somebody say so",
    "leases/end.html": "a day",
    "award_records/check.html": "nothing of it is kept",
}
MUST = (
    "accounts/register.html",
    "accounts/profile.html",
    "legal/report.html",
    "listings/edit.html",
    "land/import.html",
)
FIELD = re.compile(r"{{\s*(form\.(?!csrf_token|error_summary|title_prefix|key)\w+|form\[)")
NAMES = {str(path.relative_to(TEMPLATES)): path.read_text(encoding="utf-8") for path in templates()}


@pytest.mark.parametrize("name", sorted(name for name in NAMES if name.endswith(".html")))
def test_a_form_says_who_is_responsible(name):
    text = NAMES[name]
    if 'method="post"' not in text or not FIELD.search(text) or name.startswith(tuple(NOT_ASKED)):
        return
    assert "{{ responsible(" in text, "put components/responsible.html under the form"


@pytest.mark.parametrize("name", MUST)
def test_the_forms_that_matter_most_say_so(name):
    assert "{{ responsible() }}" in NAMES[name]
