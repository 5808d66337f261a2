"""What is sent when somebody applies: one document, its hash, and how a part is fixed without being told. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from secrets import token_hex
from typing import Any
from uuid import UUID

from succession.allocation.principles import canonical, identifier
from succession.applications.states import FarmsteadKind, Way

FORMAT = "application-1"
SALT_BYTES = 32
SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class SentLot:
    """One lot that is wanted."""

    number: int
    rank: int | None = None
    bid_cents_year: int | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    distance_m: int | None = None
    """From the farmstead to the nearest boundary of the lot, in a straight line."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who applies and how they are reached."""

    name: str
    address: str
    email: str | None = None
    phone: str | None = None
    members: tuple[str, ...] = ()
    """The others, where several apply together."""
    ties: str = ""
    is_of_owner: bool = False


@dataclass(frozen=True, slots=True)
class Farmstead:
    """From where distances were measured; the point itself is fixed by a hash only."""

    kind: FarmsteadKind
    label: str
    commitment: str


@dataclass(frozen=True, slots=True)
class RoundWish:
    """In a round over many parcels: how much at most, and whether it must lie together."""

    max_area_m2: Decimal | None
    is_connected: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """Everything that counts of an application at one moment."""

    call: UUID
    principles: str
    code: str
    number: int
    way: Way
    arrived_at: datetime
    applicant: Applicant
    answers: Mapping[str, Any]
    lots: tuple[SentLot, ...]
    evidence: Mapping[str, tuple[UUID, ...]] = field(default_factory=dict)
    farmstead: Farmstead | None = None
    round_wish: RoundWish | None = None
    special: str | None = None
    """The hash of the answers on religion, which lie apart and are deleted first."""
    envelope: int | None = None


def document(sent: Sent) -> dict[str, Any]:
    """The document that is kept, and that the applicant can download."""
    applicant = sent.applicant
    found: dict[str, Any] = {
        "format": FORMAT,
        "call": str(sent.call),
        "principles": sent.principles,
        "code": sent.code,
        "number": sent.number,
        "way": sent.way.value,
        "arrived_at": sent.arrived_at.isoformat(),
        "applicant": {
            "name": applicant.name,
            "address": applicant.address,
            "email": applicant.email,
            "phone": applicant.phone,
            "members": list(applicant.members),
            "ties": applicant.ties,
            "is_of_owner": applicant.is_of_owner,
        },
        "answers": dict(sent.answers),
        "lots": [_lot(lot) for lot in sorted(sent.lots, key=lambda one: one.number)],
        "evidence": {question: sorted(map(str, files)) for question, files in sorted(sent.evidence.items()) if files},
    }
    if sent.farmstead is not None:
        stead = sent.farmstead
        found["farmstead"] = {"kind": stead.kind.value, "label": stead.label, "commitment": stead.commitment}
    if sent.round_wish is not None:
        most = sent.round_wish.max_area_m2
        found["round"] = {
            "max_area_m2": None if most is None else f"{most:f}",
            "is_connected": sent.round_wish.is_connected,
        }
    if sent.special is not None:
        found["special_answers"] = sent.special
    if sent.envelope is not None:
        found["envelope"] = sent.envelope
    return found


def hash_of(sent: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical form (RFC 8785): what stands on the receipt."""
    return identifier(sent)


def as_bytes(sent: Mapping[str, Any]) -> bytes:
    """The very bytes whose SHA-256 stands on the receipt."""
    return canonical(sent)


def new_salt() -> str:
    """What keeps a hash from being guessed back."""
    return token_hex(SALT_BYTES)


def commitment(salt: str, told: Mapping[str, Any]) -> str:
    """Fixes what is told apart, without saying it."""
    return sha256(salt.encode() + SEPARATOR.encode() + canonical(told)).hexdigest()


def _lot(lot: SentLot) -> dict[str, Any]:
    return {
        "number": lot.number,
        "rank": lot.rank,
        "bid_cents_year": lot.bid_cents_year,
        "answers": dict(lot.answers),
        "distance_m": lot.distance_m,
    }
