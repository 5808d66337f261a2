"""“Check this award”: a record is computed again in place, or one own value is held against it; nothing is kept."""

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from succession.awards import queries_records
from succession.awards.models_records import AwardRecord
from succession.awards.record_check import Report, check
from succession.awards.record_frame import frame_of_case
from succession.awards.record_lines import line_of_file, written
from succession.awards.record_own import fits
from succession.awards.record_told import ABOUT, groups, of_the_file
from succession.blueprints.award_records.blueprint import bp
from succession.blueprints.award_records.forms import CheckForm, OwnLineForm
from succession.extensions import reading
from succession.principles.document import read
from succession.principles.wordings import wordings
from succession.records.documents import DocumentError
from succession.web.gate import current_actor, public
from succession.web.language import current_language

LARGEST_FILE = 2 * 2**20


class NotReadable(ValueError):
    """What somebody handed in cannot be checked; the sentence says why."""


@dataclass(frozen=True, slots=True)
class OwnLine:
    """Where a value was found."""

    number: int
    letter: str
    field: str


@bp.route("/check-award", methods=["GET", "POST"])
@public
def check_award() -> ResponseReturnValue:
    """The form; with an address or a file the check of that record, line by line."""
    form = CheckForm()
    if request.method == "GET" and "award" in request.args:
        form.award.data = request.args["award"]
    elif request.method == "GET" or not form.validate():
        return _page(form)
    try:
        report, published = _checked(form)
    except NotReadable as refused:
        form.refuse(str(refused))
        return _page(form), 422
    return render_template(
        "award_records/checked.html",
        report=report,
        groups=groups(report),
        of_the_file=list(of_the_file(report)),
        about=ABOUT,
        names=_names(report),
        published=published,
    )


@bp.post("/check-award/own-line")
@public
def own_line() -> ResponseReturnValue:
    """Whether a value with its salt is one of the commitments of an award."""
    own = OwnLineForm(prefix="own")
    if not own.validate():
        return _page(CheckForm(formdata=None), own), 422
    record = queries_records.by_link(reading(), current_actor(), own.award.data or "")
    if record is None:
        own.award.errors = [gettext("There is no published award under this address.")]
        return _page(CheckForm(formdata=None), own), 422
    found = _found(record, own.value.data or "", own.salt.data or "")
    return render_template("award_records/own_line.html", found=found, record=record, names=_words(record))


def _page(form: CheckForm, own: OwnLineForm | None = None) -> str:
    if own is None:
        own = OwnLineForm(prefix="own", formdata=None)
        own.award.data = form.award.data
    return render_template("award_records/check.html", form=form, own=own)


def _checked(form: CheckForm) -> tuple[Report, AwardRecord | None]:
    """The report, and the record on this site with the same id, if there is one."""
    upload: FileStorage | None = form.file.data
    if upload is not None and upload.filename:
        report = _report(_text(upload))
        return report, queries_records.by_link(reading(), current_actor(), report.record.identifier)
    if not form.award.data:
        raise NotReadable(gettext("Please give the address of an award, or a file."))
    record = queries_records.by_link(reading(), current_actor(), form.award.data)
    if record is None:
        raise NotReadable(gettext("There is no published award under this address."))
    return _report(written(record.public_record)), record


def _text(upload: FileStorage) -> str:
    content = upload.stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise NotReadable(gettext("The file is larger than 2 MB. A record of an award is never that large."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotReadable(gettext("The file is no text in UTF-8, so it is no record of an award.")) from error


def _report(file: str) -> Report:
    try:
        return check(file)
    except DocumentError as error:
        sentence = gettext(
            "The file cannot be read as the record of an award. It stops at: %(place)s", place=error.path
        )
        raise NotReadable(f"{sentence} ({error.reason})") from error


def _found(record: AwardRecord, value: str, salt: str) -> OwnLine | None:
    lines = frame_of_case(record.public_record, "$").every("value")
    for place, line in lines:
        if fits(value, salt, line["commitment"]):
            return OwnLine(line_of_file(place), line["letter"], line["field"])
    return None


def _names(report: Report) -> dict[str, str]:
    """What criteria and questions are called; nothing where the principles cannot be read."""
    try:
        document = read(report.record.first("principles")[1]["document"])
    except (DocumentError, KeyError, TypeError):
        return {}
    return {name: words.label for name, words in wordings(document, current_language()).items()}


def _words(record: AwardRecord) -> dict[str, str]:
    document = read(frame_of_case(record.public_record, "$").first("principles")[1]["document"])
    return {name: words.label for name, words in wordings(document, current_language()).items()}
