"""Which language a page is in: what was chosen in this browser, else the account's, else the browser's, else German."""

from flask import request, session

from succession.accounts.models import Language
from succession.web.gate import current_actor

LANGUAGES = tuple(language.value for language in Language)


def current_language() -> str:
    """The language of this request."""
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    actor = current_actor()
    if actor.account_id is not None:
        return actor.language
    return request.accept_languages.best_match(LANGUAGES, default=Language.GERMAN.value) or Language.GERMAN.value
