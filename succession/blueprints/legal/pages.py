"""The pages that the law asks for, as they are in force and as they were."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from succession.blueprints.legal.blueprint import bp, page_language
from succession.extensions import reading
from succession.legal import queries
from succession.legal.rendering import to_html
from succession.legal.vocabulary import LegalPage
from succession.privacy import processing
from succession.web.gate import public


@bp.get("/imprint")
@public
def imprint() -> ResponseReturnValue:
    """Who runs this installation."""
    return _page(LegalPage.IMPRINT)


@bp.get("/terms")
@public
def terms() -> ResponseReturnValue:
    """What holds for everybody who uses it."""
    return _page(LegalPage.TERMS)


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """What is kept of whom, and what for; the table is that of the register by which the program deletes."""
    return _page(LegalPage.PRIVACY)


@bp.get("/contact")
@public
def contact() -> ResponseReturnValue:
    """Where people and authorities turn to (Art. 11, 12 DSA)."""
    return _page(LegalPage.CONTACT)


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """How far everybody can use this."""
    return _page(LegalPage.ACCESSIBILITY)


def _page(page: LegalPage) -> ResponseReturnValue:
    session, language = reading(), page_language()
    wanted = request.args.get("version", type=int)
    if wanted is None:
        text = queries.text_in_force(session, page, language)
    else:
        text = queries.text_of_version(session, page, language, wanted)
    return render_template(
        "legal/page.html",
        text=text,
        html=to_html(text.published),
        versions=queries.versions(session, page, language),
        is_old=wanted is not None,
        processing=processing.lines() if page is LegalPage.PRIVACY else (),
    )
