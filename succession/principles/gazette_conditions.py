"""A condition on a statement or on a lot as a sentence. Pure."""

from succession.allocation.conditions import Condition, Test
from succession.allocation.wording import Wording, Wordings, listed, named, statement
from succession.i18n import Text, Value

_LOT_FIELDS = {
    "area_ha": Text("Area of the lot in hectares"),
    "in_nature_network": Text("The lot belongs to the nature network"),
}


def condition_sentence(condition: Condition, words: Wordings) -> Text:
    """A condition as a sentence; fields of the lot have names of their own."""
    field = _LOT_FIELDS.get(condition.field, named(words, condition.field))
    wording = words.get(condition.field, Wording(condition.field))
    values = {"field": field, "value": _value(condition, wording)}
    match condition.test:
        case Test.LESS_THAN:
            return Text("%(field)s: less than %(value)s.", values)
        case Test.AT_MOST:
            return Text("%(field)s: at most %(value)s.", values)
        case Test.MORE_THAN:
            return Text("%(field)s: more than %(value)s.", values)
        case Test.AT_LEAST:
            return Text("%(field)s: at least %(value)s.", values)
        case Test.NOT_EQUALS:
            return Text("%(field)s: not %(value)s.", values)
        case _ if wording.label.endswith("?"):
            return Text("“%(field)s” – answer: %(value)s.", values)
        case _:
            return Text("%(field)s: %(value)s.", values)


def _value(condition: Condition, wording: Wording) -> Value:
    if isinstance(condition.value, tuple):
        return listed([statement(one, wording) for one in condition.value])
    return statement(condition.value, wording)
