"""What every template may use, and addresses of static files that change with their content."""

from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, current_app, request, session

from succession.accounts.actor import Role
from succession.config import Settings
from succession.web import menu
from succession.web.gate import current_actor, own_session
from succession.web.language import LANGUAGES, current_language


def init_app(app: Flask) -> None:
    """Templates know these names from now on."""
    app.context_processor(_names)
    app.url_defaults(_versioned)


def settings() -> Settings:
    """The settings that the application was made with."""
    found: Settings = current_app.extensions["settings"]
    return found


def _names() -> dict[str, Any]:
    return {
        "actor": current_actor(),
        "session_seconds": _session_seconds(),
        "Role": Role,
        "site_name": settings().site_name,
        "contact": settings().contact,
        "is_production": settings().is_production,
        "language": current_language(),
        "languages": LANGUAGES,
        "here": request.script_root + request.full_path.rstrip("?"),
        "has_session": bool(session),
        "page_exists": _page_exists,
        "menu": menu.entries,
    }


def _session_seconds() -> int | None:
    """How long the person stays signed in if they do nothing more; None for visitors."""
    browser = own_session()
    if browser is None or browser.is_half:
        return None
    return int((browser.ends_at - datetime.now(UTC)).total_seconds())


def _page_exists(endpoint: str) -> bool:
    """Whether a part of the product is built in: menus leave out what is not."""
    return endpoint in current_app.view_functions


def _versioned(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static" and "filename" in values and current_app.static_folder is not None:
        path = Path(current_app.static_folder) / values["filename"]
        if path.is_file():
            values["v"] = _version(path, path.stat().st_mtime_ns)


@cache
def _version(path: Path, changed_at: int) -> str:  # noqa: ARG001 - the time is what makes the answer new
    return sha256(path.read_bytes()).hexdigest()[:10]
