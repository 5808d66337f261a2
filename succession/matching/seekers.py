"""What is said of a seeker in short, without a name. Pure."""

from collections.abc import Mapping

from succession.facts.phrases import phrase
from succession.facts.seeker import SEEKER_FIELDS
from succession.i18n import Text

_FIRST = ("training", "experience_years", "concept", "start_from", "labour", "residence", "equity")
_FIELDS = {field.name: field for field in SEEKER_FIELDS}


def in_short(facts: Mapping[str, int], count: int = 4) -> tuple[Text, ...]:
    """The few phrases that tell most."""
    return tuple(phrase(_FIELDS[name], facts[name]) for name in _FIRST if name in facts)[:count]
