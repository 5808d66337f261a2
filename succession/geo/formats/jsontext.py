"""A JSON document read member by member, so that memory does not grow with the file. Pure but for the file."""

import json
import re
from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder
from math import nan
from pathlib import Path
from typing import TextIO

from succession.geo.findings import FileRefused
from succession.i18n import Text

_CHUNK = 1024 * 1024
_BLANKS = re.compile(r"[ \t\r\n]*+")
_DECODER = JSONDecoder(parse_constant=lambda _: nan)

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


class Document:
    """The members of the one object that a file holds, and the elements of one list member apart."""

    def __init__(self, path: Path, list_member: str, most_bytes: int) -> None:
        self._path, self._list_member, self._most = path, list_member, most_bytes
        self.members: dict[str, Json] = {}

    def elements(self) -> Iterator[Json]:
        """The elements of the list member; afterwards `members` holds all others. Raises `FileRefused`."""
        self.members = {}
        try:
            with self._path.open(encoding="utf-8-sig") as file:
                yield from self._read(_Cursor(file, self._most))
        except UnicodeDecodeError as error:
            text = Text("The GeoJSON file is not written in UTF-8. Save it again as UTF-8.")
            raise FileRefused("json-not-utf8", text) from error
        except RecursionError as error:
            raise FileRefused("json-too-deep", Text("The GeoJSON file is nested too deeply.")) from error

    def _read(self, cursor: "_Cursor") -> Iterator[Json]:
        if cursor.peek() != "{":
            raise broken()
        cursor.take()
        first = True
        while cursor.peek() != "}":
            if not first:
                cursor.expect(",")
            first = False
            name = cursor.value()
            if not isinstance(name, str):
                raise broken()
            cursor.expect(":")
            if name == self._list_member and cursor.peek() == "[":
                yield from self._list(cursor)
                self.members[name] = []
            else:
                self.members[name] = cursor.value()
        cursor.take()
        if cursor.peek():
            text = Text("Something follows the end of the GeoJSON document. Only one document a file can be read.")
            raise FileRefused("json-several-documents", text)

    def _list(self, cursor: "_Cursor") -> Iterator[Json]:
        cursor.take()
        first = True
        while cursor.peek() != "]":
            if not first:
                cursor.expect(",")
            first = False
            yield cursor.value()
        cursor.take()


class _Cursor:
    """A place in a text that is read piece by piece."""

    def __init__(self, file: TextIO, most: int) -> None:
        self._file, self._most = file, most
        self._text, self._at, self._ended = "", 0, False

    def peek(self) -> str:
        """The next character that is no blank; empty at the end."""
        while True:
            if (blanks := _BLANKS.match(self._text, self._at)) is not None:
                self._at = blanks.end()
            if self._at < len(self._text):
                return self._text[self._at]
            if self._ended:
                return ""
            self._fill(_CHUNK)

    def take(self) -> None:
        """Step over the character that `peek` showed."""
        self._at += 1

    def expect(self, character: str) -> None:
        if self.peek() != character:
            raise broken()
        self.take()

    def value(self) -> Json:
        """The next value, read whole; at most the allowed size."""
        self.peek()
        size = _CHUNK
        while True:
            try:
                value: Json
                value, end = _DECODER.raw_decode(self._text, self._at)
            except JSONDecodeError as error:
                if self._ended:
                    raise broken() from error
            except ValueError as error:
                raise broken() from error
            else:
                if end < len(self._text) or self._ended:
                    self._at = end
                    return value
            if len(self._text) - self._at > self._most:
                raise _too_large()
            self._fill(size)
            size *= 2

    def _fill(self, size: int) -> None:
        more = self._file.read(size)
        self._ended = not more
        self._text = self._text[self._at :] + more
        self._at = 0


def broken() -> FileRefused:
    """The refusal of a file that is not JSON."""
    text = Text("The GeoJSON file is damaged or incomplete. Export or download it again.")
    return FileRefused("json-broken", text)


def _too_large() -> FileRefused:
    return FileRefused(
        "json-feature-too-large", Text("One feature of the GeoJSON file is too large, or it is damaged.")
    )


def compact(value: Json) -> str:
    """A nested value as text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
