"""Whose land it is: an organisation or a person; and which owner a row of an office's file names. Pure."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from succession.geo.findings import Finding
from succession.geo.formats.source import FieldValue
from succession.i18n import Text


@dataclass(frozen=True, slots=True)
class Owner:
    """Exactly one of the two numbers is there. An office owns nothing: it brings in land for the owners it manages."""

    organisation_id: int | None = None
    account_id: int | None = None
    name: str = ""
    public_id: UUID | None = None
    is_office: bool = False


class OwnersByName:
    """Finds the owner of a row among those that an office manages.

    What stands in the file is never repeated: it may be the name of a person.
    """

    def __init__(self, column: str, owners: Iterable[Owner]) -> None:
        self.column = column
        self._owners: dict[str, list[Owner]] = {}
        for owner in owners:
            self._owners.setdefault(_plain(owner.name), []).append(owner)

    def find(self, values: Mapping[str, FieldValue]) -> tuple[Owner | None, Finding | None]:
        """The owner of a row, or why there is none."""
        named = values.get(self.column)
        word = "" if named is None else _plain(str(named))
        if not word:
            return None, Finding("owner-missing", Text("This row names no owner."))
        found = self._owners.get(word, [])
        if len(found) == 1:
            return found[0], None
        if found:
            return None, Finding("owner-ambiguous", Text("You manage several owners of the name in this row."))
        return None, Finding(
            "owner-without-mandate",
            Text("You have no mandate today to bring in land for the owner in this row, or the name differs."),
        )


def _plain(name: str) -> str:
    """A name reduced to what matters."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
