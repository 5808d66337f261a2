"""The blueprint of what the law asks for, and who may work there."""

from flask import Blueprint

from succession.accounts.actor import Role
from succession.legal.vocabulary import TextLanguage
from succession.web.gate import requires
from succession.web.language import current_language

bp = Blueprint("legal", __name__)
writers_only = requires(Role.COORDINATOR, Role.OPERATOR)
coordination_only = requires(Role.COORDINATOR)


def page_language() -> TextLanguage:
    """The language in which this page is read."""
    return TextLanguage(current_language())
