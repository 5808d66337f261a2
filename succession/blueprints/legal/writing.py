"""Writing the legal texts: what is missing, the details, each text with a preview."""

from datetime import UTC, datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from succession.blueprints.legal.blueprint import bp, writers_only
from succession.blueprints.legal.forms import LegalTextForm, details_form
from succession.errors import Conflict, Refused, SuccessionError
from succession.extensions import reading, unit_of_work
from succession.legal import filling, queries, service
from succession.legal.rendering import to_html
from succession.legal.vocabulary import Detail, LegalPage, TextLanguage
from succession.web.context import settings
from succession.web.errors import say
from succession.web.gate import current_actor

PAGES = ",".join(LegalPage)
LANGUAGES = ",".join(TextLanguage)
ADDRESS = f"/legal/texts/<any({PAGES}):page>/<any({LANGUAGES}):language>"


@bp.get("/legal")
@writers_only
def overview() -> ResponseReturnValue:
    """Every text and what is still missing."""
    session = reading()
    open_ones = {(one.page, one.language): one for one in queries.missing(session)}
    details = queries.details(session)
    unfilled = [detail for detail in Detail if not details.get(detail)]
    return render_template(
        "legal/overview.html", texts=queries.all_in_force(session), open_ones=open_ones, unfilled=unfilled
    )


@bp.get("/legal/details")
@writers_only
def details() -> ResponseReturnValue:
    """Names, addresses and authorities, entered once."""
    known = queries.details(reading())
    form = details_form()(formdata=None, data={detail.value: value for detail, value in known.items()})
    return render_template("legal/details.html", form=form)


@bp.post("/legal/details")
@writers_only
def save_details() -> ResponseReturnValue:
    """They stand in every text from now on."""
    form = details_form()()
    if not form.validate():
        return render_template("legal/details.html", form=form), 422
    values = {detail: form[detail.value].data or "" for detail in Detail}
    try:
        with unit_of_work() as session:
            count = service.save_details(
                session, current_actor(), values, is_public=settings().is_production, now=datetime.now(UTC)
            )
    except Refused as refusal:
        form.refuse(say(refusal.text))
        return render_template("legal/details.html", form=form), refusal.status
    flash(gettext("Saved."))
    if count:
        flash(ngettext("%(num)s text has a new version.", "%(num)s texts have a new version.", count))
    return redirect(url_for(".overview"))


@bp.get(ADDRESS)
@writers_only
def text(page: str, language: str) -> ResponseReturnValue:
    """One text as it is in force, to be changed."""
    shown = queries.text_in_force(reading(), LegalPage(page), TextLanguage(language))
    form = LegalTextForm(formdata=None, body=shown.body, seen_version=str(shown.version))
    return render_template("legal/text.html", form=form, text=shown)


@bp.post(ADDRESS)
@writers_only
def save_text(page: str, language: str) -> ResponseReturnValue:
    """Shows it as readers will see it, or puts it in force as a new version."""
    which, form = (LegalPage(page), TextLanguage(language)), LegalTextForm()
    shown = queries.text_in_force(reading(), *which)
    if not form.validate():
        return render_template("legal/text.html", form=form, text=shown), 422
    if "preview" in request.form:
        filled = filling.filled(form.body.data or "", which[1], queries.details(reading()))
        gaps = filling.gaps(filled)
        return render_template("legal/text.html", form=form, text=shown, preview=to_html(filled), gaps=gaps)
    try:
        _save(which, form)
    except (Conflict, Refused) as refusal:
        return _refused(form, shown, refusal)
    flash(gettext("The text is in force now."))
    return redirect(url_for(".overview"))


def _save(which: tuple[LegalPage, TextLanguage], form: LegalTextForm) -> None:
    with unit_of_work() as session:
        service.save_text(
            session,
            current_actor(),
            *which,
            form.body.data or "",
            seen_version=form.seen,
            is_public=settings().is_production,
            now=datetime.now(UTC),
        )


def _refused(form: LegalTextForm, shown: queries.ShownText, refusal: SuccessionError) -> ResponseReturnValue:
    """What was typed stays; after a conflict the text in force stands beside it."""
    form.refuse(say(refusal.text))
    if not isinstance(refusal, Conflict):
        return render_template("legal/text.html", form=form, text=shown), refusal.status
    form.seen_version.data = str(shown.version)
    return render_template("legal/text.html", form=form, text=shown, newer=shown.body), refusal.status
