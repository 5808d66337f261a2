"""Logs grow old: after some days they lose network addresses, later whole lines go. Knows no database.

Every log of ours is a file of JSON lines with a time in `at`, one file a day, so that nobody writes into what is aged
here. A line that cannot be read has no time that could be trusted and goes. The security log cuts addresses before it
writes them; this is for what a server in front of us may put beside it.
"""

import json
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

FOLDER = "logs"
TIME_FIELDS = ("at", "time", "timestamp")
ADDRESS_FIELDS = ("address", "ip", "remote_addr")
SHORT_IPV4, SHORT_IPV6 = 24, 48


def age(instance: Path, *, now: datetime, keep_addresses: timedelta, keep: timedelta) -> None:
    """Lines older than `keep` are gone, those older than `keep_addresses` hold only the beginning of an address."""
    for path in sorted((instance / FOLDER).glob("*.jsonl*")):
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        aged = list(_aged(lines, now, keep_addresses, keep))
        if not aged:
            path.unlink(missing_ok=True)
        elif aged != lines:
            _replace(path, aged)


def shortened(address: str) -> str:
    """The beginning of a network address, as many share it; what is none is taken away."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    bits = SHORT_IPV4 if known.version == 4 else SHORT_IPV6
    return str(ip_network((known, bits), strict=False).network_address)


def _aged(lines: list[str], now: datetime, keep_addresses: timedelta, keep: timedelta) -> Iterator[str]:
    for line in lines:
        entry, moment = _read(line)
        if moment is None or moment <= now - keep:
            continue
        if moment <= now - keep_addresses:
            short = {
                name: shortened(value) if name in ADDRESS_FIELDS and isinstance(value, str) else value
                for name, value in entry.items()
            }
            yield json.dumps(short, ensure_ascii=False) if short != entry else line
        else:
            yield line


def _read(line: str) -> tuple[dict[str, Any], datetime | None]:
    try:
        entry = json.loads(line)
        word = next(entry[name] for name in TIME_FIELDS if name in entry)
        moment = datetime.fromisoformat(word)
    except (ValueError, TypeError, StopIteration):
        return {}, None
    return entry, moment if moment.tzinfo is not None else None


def _replace(path: Path, lines: list[str]) -> None:
    fresh = path.with_name(f".{path.name}.aged")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("".join(f"{line}\n" for line in lines))
    fresh.replace(path)
