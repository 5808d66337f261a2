"""Mails about acting for somebody; subjects are neutral, because other eyes may read a mailbox. Pure."""

from datetime import date
from uuid import UUID

from succession.accounts.tokens import Link
from succession.i18n import Text
from succession.outbox.values import Mail


def asked_to_help(*, person: str, name: str, ends_on: date, link: Link) -> Mail:
    """Somebody is asked to act for a person, with the link on which they say yes or no."""
    return Mail("accounts/asked_to_help", {"person": person, "name": name, "ends_on": ends_on, "token": link.sealed})


def help_changed(what: Text, *, agent: str) -> Mail:
    """To the person: somebody said yes or no, or no longer acts for them."""
    return Mail("accounts/help_changed", {"what": what, "agent": agent})


def yes_needed(*, agent: str, what: Text, public_id: UUID) -> Mail:
    """To the person: something waits for their yes."""
    return Mail("accounts/yes_needed", {"agent": agent, "what": what, "path": f"/confirmations/{public_id}"})


ACCEPTED = Text("now acts for you")
DECLINED = Text("does not want to act for you")
STOPPED = Text("no longer acts for you")
