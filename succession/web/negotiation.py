"""What kind of answer the caller wants."""

from flask import request


def wants_json() -> bool:
    """Whether the caller prefers JSON to a page; who says nothing gets a page."""
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"] or request.path.endswith(".json")
