"""What must not stand where other eyes may look: in the subject and the sender of a mail. Pure."""

import re

_TELLING = re.compile(
    r"hof\b|höfe|nachfolg|betrieb|verkauf|verkäuf|übergabe|übernahme|übergeben|landwirt|bauer|pacht|erbe\b|erben\b|flurstück"
    r"|farm|succession|successor|handover|hand over|takeover|for sale|selling|\blease|parcel|business|heir",
    re.IGNORECASE,
)


def telling_words(line: str) -> tuple[str, ...]:
    """The words in a subject or a sender by which a neighbour would guess what it is about."""
    return tuple(dict.fromkeys(found.group().lower() for found in _TELLING.finditer(line)))
