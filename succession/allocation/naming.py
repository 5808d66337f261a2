"""Names in open documents: texts that can be hashed, printed and told apart. Pure."""

from collections.abc import Sequence
from typing import Any

from succession.allocation.lottery import SEPARATOR
from succession.records.documents import DocumentError, sequence, text


def name(value: Any, path: str) -> str:
    """A text that is not empty, has no U+001F (which separates names in hashes) and can be written as UTF-8."""
    found = text(value, path)
    if SEPARATOR in found:
        raise DocumentError(path, "must not contain U+001F, which separates names in hashes")
    try:
        found.encode("utf-8")
    except UnicodeEncodeError as error:
        raise DocumentError(path, "holds half a character (an unpaired surrogate)") from error
    return found


def names(value: Any, path: str) -> Sequence[str]:
    """A list of names, each once."""
    found: dict[str, None] = {}
    for place, one in enumerate(sequence(value, path)):
        at = f"{path}[{place}]"
        if name(one, at) in found:
            raise DocumentError(at, f"{one} stands in this list twice")
        found[one] = None
    return tuple(found)
