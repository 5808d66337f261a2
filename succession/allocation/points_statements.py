"""Reads statements of a `points-1` document as the rules that look at them want them. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from succession.allocation.rules import Declared, Rule, Want
from succession.records.documents import DocumentError, mapping, number, sequence, text, yes_or_no

Document = Mapping[str, Any]


def facts(document: Document, rules: Mapping[str, Sequence[Rule]], path: str) -> dict[str, Declared | None]:
    """Statements by field; null is as good as absent."""
    return {
        field: None if value is None else declared(value, rules.get(field, ()), f"{path}.{field}")
        for field, value in document.items()
    }


def declared(value: Any, rules: Sequence[Rule], path: str) -> Declared:
    """The statement as all its rules want it; where none looks at it, as it stands."""
    wants = {rule.wants for rule in rules}
    if len(wants) > 1:
        raise DocumentError(path, f"is read by rules that want different things: {', '.join(sorted(wants))}")
    if not wants:
        return _plain(value, path)
    read = _wanted(value, wants.pop(), path)
    for rule in rules:
        because = rule.refuses(read)
        if because is not None:
            raise DocumentError(path, because)
    return read


def _plain(value: Any, path: str) -> Declared:
    if isinstance(value, bool):
        return value
    return text(value, path) if isinstance(value, str) else number(value, path)


def _wanted(value: Any, want: Want, path: str) -> Declared:
    match want:
        case Want.YES_OR_NO:
            return yes_or_no(value, path)
        case Want.NUMBER:
            return number(value, path)
        case Want.NAME:
            return text(value, path)
        case Want.NUMBERS:
            return tuple(number(one, f"{path}[{place}]") for place, one in enumerate(sequence(value, path)))
        case Want.SHARES:
            return tuple((zone, number(area, f"{path}.{zone}")) for zone, area in mapping(value, path).items())
