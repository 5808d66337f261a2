"""Which language a page is in: what was chosen in this browser, else the account's, else the browser's, else German."""

from dataclasses import dataclass

from babel.support import NullTranslations
from flask import Flask, g, request, session

from succession.accounts.actor import Actor
from succession.accounts.models import Language
from succession.i18n import load_translations
from succession.web.gate import current_actor

LANGUAGES = tuple(language.value for language in Language)


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What a request speaks, found once for the person who acts in it: a page asks hundreds of times."""

    actor: Actor | None
    language: str
    translations: NullTranslations


def init_app(app: Flask) -> None:
    """Templates find their sentences through the request's catalogue from now on."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        _gettext, _ngettext, newstyle=True
    )


def current_language() -> str:
    """The language of this request."""
    return _spoken().language


def current_translations() -> NullTranslations:
    """The catalogue of this request's language."""
    return _spoken().translations


def _gettext(sentence: str) -> str:
    return str(_spoken().translations.ugettext(sentence))


def _ngettext(one: str, many: str, count: int) -> str:
    return str(_spoken().translations.ungettext(one, many, count))


def _spoken() -> _Spoken:
    """As it was found first, unless somebody has signed in or out since."""
    known: _Spoken | None = g.get("spoken")
    if known is not None and known.actor is g.get("actor"):
        return known
    language = _language()
    g.spoken = _Spoken(g.get("actor"), language, load_translations(language))
    found: _Spoken = g.spoken
    return found


def _language() -> str:
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    actor = current_actor()
    if actor.account_id is not None:
        return actor.language
    return request.accept_languages.best_match(LANGUAGES, default=Language.GERMAN.value) or Language.GERMAN.value
