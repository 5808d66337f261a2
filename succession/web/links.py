"""Secrets for links in mails, made with the installation's key."""

from succession.accounts.tokens import Link, link_for, new_token
from succession.web.context import settings


def fresh_link(*, next_path: str | None = None) -> Link:
    """A new secret; the mail alone can show it. Whoever has used the link goes on to `next_path`."""
    return link_for(new_token(), settings().secret_key, next_path=next_path)
