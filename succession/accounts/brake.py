"""The brake on guessing passwords: how long to wait after how many failures. Pure.

Three counts run beside each other. One for the account from this network address: it grows early, so a person who
mistypes waits seconds, and a stranger elsewhere cannot make them wait. One for the address over all accounts. One for
the account over all addresses: it does not hold an address from which the person has signed in before. A fourth counts
wrong second factors.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv6Address, IPv6Network, ip_address

LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)


class Count(StrEnum):
    """What is counted."""

    PAIR = "pair"
    ADDRESS = "address"
    ACCOUNT = "account"
    FACTOR = "factor"


FREE_TRIES = {Count.PAIR: 5, Count.ADDRESS: 20, Count.ACCOUNT: 100, Count.FACTOR: 5}


@dataclass(frozen=True, slots=True)
class Tries:
    """What is known of one count."""

    failures: int = 0
    last_tried_at: datetime | None = None
    blocked_until: datetime | None = None
    succeeded_at: datetime | None = None


def count_keys(email: str, address: str) -> dict[Count, bytes]:
    """The key of each count; hashed, so that the table is no list of addresses."""
    folded, known = email.strip().lower(), network(address)
    parts = {Count.PAIR: (folded, known), Count.ADDRESS: ("", known), Count.ACCOUNT: (folded, "")}
    return {count: hashlib.sha256("\x1f".join((count, *part)).encode()).digest() for count, part in parts.items()}


def factor_key(account_id: int) -> bytes:
    """The key of the count of wrong second factors: only who knows the password gets so far, from wherever."""
    return hashlib.sha256(f"{Count.FACTOR}\x1f{account_id}".encode()).digest()


def wait_after(count: Count, failures: int) -> timedelta:
    """How long to wait after the given number of failures in a row: nothing at first, then twice as long each time."""
    beyond = failures - FREE_TRIES[count]
    if beyond < 0:
        return timedelta(0)
    return min(LONGEST_WAIT, timedelta(seconds=2 ** min(beyond + 1, 20)))


def blocked_until(tries: dict[Count, Tries], now: datetime) -> datetime | None:
    """When the next try is allowed; None if now."""
    pair = tries.get(Count.PAIR)
    knows_this_address = pair is not None and pair.succeeded_at is not None
    ends = [
        known.blocked_until
        for count, known in tries.items()
        if known.blocked_until is not None and not (count is Count.ACCOUNT and knows_this_address)
    ]
    latest = max(ends, default=None)
    return latest if latest is not None and latest > now else None


def after_try(count: Count, known: Tries, now: datetime) -> Tries:
    """The count with one more failure; every try counts as one until it turns out right."""
    is_old = known.last_tried_at is not None and now - known.last_tried_at > FORGOTTEN_AFTER
    failures = 1 if is_old else known.failures + 1
    wait = wait_after(count, failures)
    return Tries(
        failures=failures,
        last_tried_at=now,
        blocked_until=now + wait if wait else None,
        succeeded_at=known.succeeded_at,
    )


def after_success(count: Count, known: Tries, now: datetime) -> Tries:
    """The count after the right password: forgotten for the person, one less for the address."""
    if count is Count.ADDRESS:
        return Tries(max(0, known.failures - 1), now, None, known.succeeded_at)
    return Tries(0, now, None, now if count is Count.PAIR else known.succeeded_at)


def network(address: str) -> str:
    """An IPv6 address stands for its /64: whoever has one has them all."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or IPv6Network((int(known) >> 64 << 64, 64)))
    return str(known)
