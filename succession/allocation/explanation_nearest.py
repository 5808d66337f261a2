"""The way to the first place in sentences, for the letter to those who did not get a lot. Pure."""

from fractions import Fraction

from succession.allocation.nearest import Change, Way
from succession.allocation.wording import Wording, Wordings, amount, points, statement
from succession.i18n import Text, Value


def way_sentences(way: Way, wordings: Wordings) -> tuple[Text, ...]:
    """What would have had to be otherwise, one sentence for each statement."""
    return tuple(change_sentence(change, wordings.get(change.criterion, Wording(change.criterion))) for change in way)


def change_sentence(change: Change, wording: Wording) -> Text:
    """One statement as it would have had to be, and what it would have brought."""
    values: dict[str, Value] = {"criterion": wording.label, "gained": points(change.gained)}
    if change.proof_only:
        return Text("“%(criterion)s” with proof: %(gained)s more.", values)
    if change.place is not None:
        return Text("“%(criterion)s” at place %(place)s: %(gained)s more.", {**values, "place": change.place})
    if isinstance(change.after, Fraction):
        return _figure(change, change.after, wording)
    after: dict[str, Value] = {**values, "after": statement(change.after, wording)}
    return Text("“%(criterion)s”: %(after)s. That brings %(gained)s more.", after)


def _figure(change: Change, after: Fraction, wording: Wording) -> Text:
    """At least or at most, as seen from what was stated."""
    values: dict[str, Value] = {
        "criterion": wording.label,
        "gained": points(change.gained),
        "after": amount(after, wording.unit),
    }
    if isinstance(change.before, Fraction) and change.before > after:
        return Text("“%(criterion)s”: at most %(after)s. That brings %(gained)s more.", values)
    if isinstance(change.before, Fraction):
        return Text("“%(criterion)s”: at least %(after)s. That brings %(gained)s more.", values)
    return Text("“%(criterion)s”: %(after)s. That brings %(gained)s more.", values)
