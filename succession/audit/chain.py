"""The bytes that the chain covers and the hashes over them. Pure."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Protocol
from uuid import UUID

FORMAT = "audit-1"
BEGINNING = bytes(32)
DetailValue = str | int | bool | None


class Sealable(Protocol):
    """The columns of an entry."""

    id: int
    recorded_at: datetime
    written_at: datetime
    account_public_id: UUID | None
    on_behalf_of: UUID | None
    organisation_public_id: UUID | None
    action: str
    kind: str
    public_id: UUID | None
    detail_hash: bytes | None

    @property
    def acted_as(self) -> str:
        """In what capacity."""


def hash_detail(salt: bytes, detail: Mapping[str, DetailValue]) -> bytes:
    """What stands in the entry for its personal detail; without the salt nobody can try out what it was."""
    return sha256(salt + _canonical(detail)).digest()


def hash_seal(previous: bytes, number: int, sealed_at: datetime, entry: Sealable) -> bytes:
    """The next link: it depends on everything before it."""
    covered: dict[str, DetailValue] = {
        "format": FORMAT,
        "previous": previous.hex(),
        "number": number,
        "sealed_at": _moment(sealed_at),
        "id": entry.id,
        "recorded_at": _moment(entry.recorded_at),
        "written_at": _moment(entry.written_at),
        "acted_as": str(entry.acted_as),
        "account_public_id": _id(entry.account_public_id),
        "on_behalf_of": _id(entry.on_behalf_of),
        "organisation_public_id": _id(entry.organisation_public_id),
        "action": entry.action,
        "kind": entry.kind,
        "public_id": _id(entry.public_id),
        "detail_hash": entry.detail_hash.hex() if entry.detail_hash is not None else None,
    }
    return sha256(_canonical(covered)).digest()


def _canonical(values: Mapping[str, DetailValue]) -> bytes:
    """One text for the same values, whatever their order."""
    return json.dumps(dict(values), sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _id(value: UUID | None) -> str | None:
    return None if value is None else str(value)
