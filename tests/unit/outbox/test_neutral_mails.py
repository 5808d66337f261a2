"""Other eyes may read a mailbox: subject and sender of every mail say nothing of what it is about."""

import re

import pytest

from succession.cli.checks import _mail_settings
from succession.config import Environment, MailServer, Settings
from succession.i18n import load_translations
from succession.outbox.neutrality import telling_words
from succession.outbox.rendering import TEMPLATES

SUBJECTS = sorted(TEMPLATES.rglob("*.subject.txt"))
VALUES_ALLOWED = {"reference", "organisation", "day"}
"""A Chiffre and a day say nothing; an organisation is named only to an archive that is offered its files."""
WITH_ORGANISATION = {"privacy/archive_offer"}


def name_of(path):
    return str(path.relative_to(TEMPLATES)).removesuffix(".subject.txt")


def test_there_are_subjects_to_look_at():
    assert len(SUBJECTS) >= 20


@pytest.mark.parametrize("path", SUBJECTS, ids=name_of)
def test_a_subject_is_neutral_in_every_language(path):
    source = path.read_text(encoding="utf-8")
    msgids = re.findall(r'_\(\s*"((?:[^"\\]|\\.)*)"', source)
    assert msgids, "a subject is one translated sentence"
    for language in ("en", "de"):
        translations = load_translations(language)
        for msgid in msgids:
            assert telling_words(translations.gettext(msgid)) == (), translations.gettext(msgid)


@pytest.mark.parametrize("path", SUBJECTS, ids=name_of)
def test_a_subject_names_no_title_no_person_and_no_place(path):
    source = path.read_text(encoding="utf-8")
    shown = set(re.findall(r"%\((\w+)\)s", source))
    assert shown <= VALUES_ALLOWED
    assert "organisation" not in shown or name_of(path) in WITH_ORGANISATION
    outside = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", source, flags=re.DOTALL)
    assert outside.strip() == ""
    assert "letterhead" not in source, "the name of the site may itself be telling"


def test_the_sender_is_neutral_unless_the_operator_wants_it_otherwise():
    assert telling_words(MailServer().sender) == ()


@pytest.mark.parametrize(
    ("sender", "is_told"), [("Nachfolge Elbtal <x@example.org>", True), ("Post <x@y.example>", False)]
)
def test_an_operator_is_told_that_a_sender_gives_it_away(tmp_path, sender, is_told):
    mail = MailServer(host="mail.example.org", sender=sender)
    settings = Settings(instance=tmp_path, environment=Environment.PRODUCTION, secret_key="x" * 40, mail=mail)
    assert any("SMTP_SENDER" in finding.sentence for finding in _mail_settings(settings)) == is_told


@pytest.mark.parametrize(
    "line", ["Hof zu verkaufen", "Ihre Nachfolge", "Your farm", "Betriebsübergabe", "Pachtangebot"]
)
def test_telling_words_are_found(line):
    assert telling_words(line)


@pytest.mark.parametrize("line", ["Hinweis zu ABC-123", "Ihr Konto", "Note on ABC-123", "Es wartet etwas auf Sie"])
def test_plain_words_are_left_alone(line):
    assert telling_words(line) == ()
