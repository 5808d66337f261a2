"""Mails about organisations: neutral subjects, because other eyes may read a mailbox. Pure."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from succession.accounts.duties import MembershipRole
from succession.accounts.organisations import today
from succession.i18n import Text
from succession.outbox.sealing import Sealed
from succession.outbox.values import Mail


def invitation(organisation: str, role: MembershipRole, token: Sealed, *, expires_at: datetime) -> Mail:
    """Somebody is asked to join; the link works once."""
    values = {"organisation": organisation, "role": role.label, "token": token, "until": today(expires_at)}
    return Mail("organisations/invitation", values)


def note(happened: Text, public_id: UUID, *, remark: str = "") -> Mail:
    """Something has happened to an organisation or its members: one sentence, and where to look."""
    return Mail("organisations/note", {"happened": happened, "remark": remark, "path": f"/organisations/{public_id}"})


def turned_down(organisation: str, reason: str) -> Mail:
    """An organisation could not be checked and is gone again."""
    return Mail("organisations/turned_down", {"organisation": organisation, "reason": reason})


def verified(name: str) -> Text:
    """A coordinator has checked it."""
    return Text("“%(organisation)s” has been checked. It can publish offers now.", {"organisation": name})


def joined(name: str, person: str, role: MembershipRole) -> Text:
    """An invitation was accepted."""
    return Text(
        "%(person)s now belongs to “%(organisation)s”, as: %(role)s.",
        {"person": person, "organisation": name, "role": role.label},
    )


def role_changed(name: str, role: MembershipRole) -> Text:
    """What the person does there now."""
    return Text("Your role at “%(organisation)s” is now: %(role)s.", {"organisation": name, "role": role.label})


def removed(name: str) -> Text:
    """The person no longer belongs to it."""
    return Text("You no longer belong to “%(organisation)s”.", {"organisation": name})


def mandate_given(owner: str, scopes: Sequence[Text]) -> Text:
    """An owner has given the office a mandate."""
    if len(scopes) == 1:
        return Text("“%(owner)s” has given you a mandate: %(first)s.", {"owner": owner, "first": scopes[0]})
    return Text(
        "“%(owner)s” has given you a mandate for %(number)s kinds of tasks.", {"owner": owner, "number": len(scopes)}
    )


def mandate_ended(owner: str, office: str, *, by_owner: bool) -> Text:
    """A mandate has ended before its time, or without one."""
    values = {"owner": owner, "office": office}
    if by_owner:
        return Text("“%(owner)s” has revoked the mandate of “%(office)s”. It ended at once.", values)
    return Text("“%(office)s” has handed back the mandate of “%(owner)s”. It ended at once.", values)
