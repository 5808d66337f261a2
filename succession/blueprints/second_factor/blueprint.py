"""The blueprint, and what its pages share."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Blueprint, request

from succession.accounts.passkeys import Site
from succession.accounts.tokens import hash_token
from succession.web import gate
from succession.web.context import settings

bp = Blueprint("second_factor", __name__)


def own_token_hash() -> bytes:
    """By which the session of this browser is found."""
    return hash_token(gate.held_token() or "")


def site() -> Site | None:
    """What passkeys belong to; None where the site has no name but a number: browsers make no passkeys for those."""
    address = urlsplit(request.host_url)
    host = address.hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return Site(host=host, origin=request.host_url.rstrip("/"), name=settings().site_name)
    return None
