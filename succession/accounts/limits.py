"""How often a door may be used in a period, by a person, an address or a network. Pure."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many uses of one door in one period, which begins with the first use."""

    name: str
    most: int
    period: timedelta


REGISTRATIONS_OF_A_NETWORK = Limit("registrations of a network", 10, HOUR)
LINKS_OF_A_NETWORK = Limit("links of a network", 20, HOUR)
CONFIRMATIONS_OF_AN_ADDRESS = Limit("confirmations of an address", 3, HOUR)
RESETS_OF_AN_ADDRESS = Limit("resets of an address", 3, HOUR)
ADDRESS_CHANGES_OF_A_PERSON = Limit("changes of address of a person", 5, DAY)
NEW_NAMES_OF_A_PERSON = Limit("new names of a person", 10, DAY)
"""Whoever takes one name or village after the other would find out whom the owner of an offer hides from."""
TAKE_OVERS_OF_A_NETWORK = Limit("take-overs of a network", 10, HOUR)
INVITATIONS_OF_A_PERSON = Limit("invitations of a person", 50, DAY)
OFFERS_OF_A_PERSON = Limit("new offers of a person", 30, DAY)
SEARCHES_OF_A_PERSON = Limit("new searches of a person", 30, DAY)


def a_minute(what: str, most: int) -> Limit:
    """At most so many of `what` in a minute: how many is for the operator to say."""
    return Limit(what, most, MINUTE)


def key_of(limit: Limit, *parts: str | int) -> bytes:
    """The key of a count; hashed, so that the table is no list of addresses."""
    words = (limit.name, *(str(part).strip().lower() for part in parts))
    return hashlib.sha256("\x1f".join(words).encode()).digest()


def network_of(address: str) -> str:
    """The network that an address belongs to, without its last part: enough to know one's own, too little to find one.

    Of IPv4 the first 24 bits, of IPv6 the first 48; nothing if it is no address.
    """
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    if isinstance(known, IPv6Address):
        if known.ipv4_mapped is None:
            return str(ip_network((known, 48), strict=False))
        known = known.ipv4_mapped
    return str(ip_network((known, 24), strict=False))
