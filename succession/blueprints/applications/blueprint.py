"""The blueprint that applications and envelopes belong to, and when a request was here."""

from datetime import timedelta
from time import monotonic

from flask import Blueprint, request

from succession.web.gate import requires
from succession.web.turns import ARRIVED

bp = Blueprint("applications", __name__)
signed_in = requires()


def waited() -> timedelta:
    """How long this request has been here: a deadline counts from its arrival, not from its turn."""
    began = request.environ.get(ARRIVED)
    return timedelta(seconds=monotonic() - began) if isinstance(began, float) else timedelta(0)
