"""Which version of the terms a person accepts by registering."""

from succession.extensions import reading
from succession.legal import queries
from succession.legal.vocabulary import LegalPage, TextLanguage


def terms_version() -> str:
    """The version in force, to which the form links; the German text is the binding one."""
    return str(queries.text_in_force(reading(), LegalPage.TERMS, TextLanguage.GERMAN).version)
