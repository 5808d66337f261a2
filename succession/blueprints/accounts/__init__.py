"""The web door of accounts: signing in and out, registration, one's own account, invitations."""

from succession.blueprints.accounts import (
    address,
    browsers,
    closing,
    dead_links,
    invitations,
    password,
    profile,
    recovery,
    registration,
    signing_in,
)
from succession.blueprints.accounts.blueprint import bp

__all__ = [
    "address",
    "bp",
    "browsers",
    "closing",
    "dead_links",
    "invitations",
    "password",
    "profile",
    "recovery",
    "registration",
    "signing_in",
]
