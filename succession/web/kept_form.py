"""What was typed into a form whose sender was signed out meanwhile: carried through signing in, then given back.

It travels in a hidden field of the sign-in pages, so nothing that a stranger sends is ever stored.
"""

import json
from dataclasses import dataclass
from typing import Any

from flask import render_template, request

from succession.i18n import Text
from succession.web.errors import comes_from_here, typed_fields
from succession.web.negotiation import wants_json
from succession.web.own_paths import own_path

MOST_FIELDS = 2000


@dataclass(frozen=True, slots=True)
class KeptForm:
    """Where the form was going, its fields in order, and whether files came with it."""

    path: str
    typed: tuple[tuple[str, str], ...]
    had_files: bool = False


def keep() -> str:
    """The form of this request as the value of a hidden field; empty if there is nothing to keep, or not from us."""
    if request.method != "POST" or wants_json() or not comes_from_here():
        return ""
    typed = typed_fields()
    if not typed or len(typed) > MOST_FIELDS:
        return ""
    path = request.script_root + request.full_path.rstrip("?")
    return json.dumps({"path": path, "typed": typed, "files": bool(request.files)}, ensure_ascii=False)


def kept(value: str | None) -> KeptForm | None:
    """The form that such a field holds; None if it holds none, or nonsense."""
    try:
        found = json.loads(value or "null")
    except ValueError:
        return None
    match found:
        case {"path": str(path), "typed": list(typed), "files": bool(files)} if own_path(path) is not None:
            pairs = tuple(_pair(item) for item in typed[:MOST_FIELDS])
            return KeptForm(path, tuple(pair for pair in pairs if pair is not None), files)
        case _:
            return None


def returned_page(form: KeptForm) -> str:
    """The page that shows what was typed and sends it again."""
    return render_template(
        "errors/form_returned.html",
        sentence=Text("You are signed in again. Nothing has been saved yet."),
        typed=form.typed,
        had_files=form.had_files,
        action=form.path,
    )


def _pair(item: Any) -> tuple[str, str] | None:
    match item:
        case [str(name), str(value)]:
            return name, value
        case _:
            return None
