"""A letter before it is set: a template's name, plain values, and to whom it goes. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom the envelope names: `address` has a line for each of street and town."""

    name: str
    address: str

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands in the window of the envelope; more than six lines do not fit there."""
        below = [line.strip() for line in self.address.splitlines() if line.strip()]
        return (self.name, *below)[:6]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: `Letter("accounts/mandate", addressee, day, {"code": …})`.

    The template is `templates/letters/<area>/<name>.html`; values are text, numbers, dates and sentences (`Text`).
    """

    template: str
    addressee: Addressee
    written_on: date
    values: Mapping[str, Any] = field(default_factory=dict)
