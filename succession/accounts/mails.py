"""Mails about an account; subjects are neutral, because other eyes may read a mailbox. Pure."""

from datetime import datetime

from succession.accounts.actor import Role
from succession.outbox.sealing import Sealed
from succession.outbox.values import Mail


def confirm_address(name: str, token: Sealed, until: datetime) -> Mail:
    """To the address that was registered: the link that confirms it."""
    return Mail("accounts/confirm", {"name": name, "token": token, "until": until})


def already_registered(name: str) -> Mail:
    """To somebody whose address was registered once more: nothing has happened, and where to sign in."""
    return Mail("accounts/already_registered", {"name": name})


def already_confirmed(name: str) -> Mail:
    """To somebody who asked for a confirmation and needs none."""
    return Mail("accounts/already_confirmed", {"name": name})


def set_password(name: str, token: Sealed, until: datetime) -> Mail:
    """To somebody who has forgotten the password: the link to a new one."""
    return Mail("accounts/set_password", {"name": name, "token": token, "until": until})


def password_changed(name: str, changed_at: datetime) -> Mail:
    """To the person: the password is another one now."""
    return Mail("accounts/password_changed", {"name": name, "changed_at": changed_at})


def confirm_new_address(name: str, token: Sealed, until: datetime) -> Mail:
    """To the new address: the link that makes it the address of the account."""
    return Mail("accounts/confirm_new_address", {"name": name, "token": token, "until": until})


def address_in_use() -> Mail:
    """To somebody whose address another account asked for: nothing has happened."""
    return Mail("accounts/address_in_use", {})


def address_changed(name: str, token: Sealed, until: datetime) -> Mail:
    """To the former address: it is no longer used, and the link that takes this back."""
    return Mail("accounts/address_changed", {"name": name, "token": token, "until": until})


def invitation(name: str, inviter: str, role: Role, token: Sealed, until: datetime) -> Mail:
    """To somebody who is asked to join."""
    return Mail(
        "accounts/invitation",
        {"name": name, "inviter": inviter, "role": role.label, "token": token, "until": until},
    )
