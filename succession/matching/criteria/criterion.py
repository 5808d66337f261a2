"""What one criterion of the two-sided score is: a fact of one side, a wish of the other, rule, SQL and words. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from succession.facts.display import listed, stated, wished
from succession.facts.field import Field, Wish
from succession.facts.offer import OFFER_FIELDS
from succession.facts.seeker import SEEKER_FIELDS
from succession.facts.shapes import Shape as FactShape
from succession.facts.wishes import OFFER_WISHES, SEARCH_WISHES, wish_column
from succession.i18n import Text
from succession.matching.shapes import ONE, Code, Expression, Scale, Shape

Columns = Callable[[str], Expression]
"""Gives a column or a bound parameter for a name; None where a bound value is known to be missing."""

Codes = Mapping[str, Code]
"""A row of a published table, or what is bound in its place, by column."""

KILOMETRES = "km"
"""The one fact that belongs to a pair and not to a row: the shown distance."""


class Side(StrEnum):
    """Whose wishes a criterion belongs to; the values are the words of the open format."""

    SEEKER = "seeker"
    LISTING = "listing"


class Mark(StrEnum):
    """How far a wish is met, as a person sees it."""

    FITS = "fits"
    PARTLY = "partly"
    OPEN = "open"
    AGAINST = "against"

    @classmethod
    def of(cls, satisfaction: Fraction | None) -> "Mark":
        """The mark for a satisfaction."""
        if satisfaction is None:
            return cls.OPEN
        if satisfaction == ONE:
            return cls.FITS
        return cls.PARTLY if satisfaction else cls.AGAINST


@dataclass(frozen=True, slots=True)
class Sentences:
    """The words of a criterion; `%(stated)s` is what the other side says, `%(wanted)s` what is wished.

    The first four are for the one whose wish it is, `theirs` tells the other side what is wished of them.
    """

    fits: Text
    less: Text
    open: Text
    theirs: Text
    nothing: Text | None = None
    """Instead of `fits` and `less` where the stated code is 0 and its label would not fit into the sentence."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One wish and the fact it is about; `wish` names the values in the order that the shape wants them."""

    side: Side
    wish: Wish
    fact: str
    shape: Shape
    sentences: Sentences

    @property
    def key(self) -> str:
        """Its name in weights, pool means and documents."""
        return self.wish.criterion

    @property
    def fact_shape(self) -> FactShape:
        """How the code of the fact is to be read."""
        return _FIELDS[self.side][self.fact].shape if self.fact != KILOMETRES else self.wish.values[0].shape

    @property
    def weight_column(self) -> str:
        """Where the narrow table of the wishing side keeps its weight."""
        return f"weight_{self.key}"

    @property
    def wish_columns(self) -> tuple[str, ...]:
        """Where the narrow table of the wishing side keeps its values."""
        return tuple(wish_column(value.name) for value in self.wish.values)

    def rule(self, facts: Codes, wishes: Codes) -> Fraction | None:
        """How far the facts meet the wish: exact, None while unknown."""
        return self.shape.rule(facts[self.fact], tuple(wishes[column] for column in self.wish_columns))

    def sql(self, facts: Columns, wishes: Columns) -> str:
        """The same as a float8 expression."""
        return self.shape.sql(facts(self.fact) or "NULL::int", tuple(wishes(column) for column in self.wish_columns))

    def met(self, facts: Columns, wishes: Columns) -> str:
        """Whether a must-have is met, as a three-valued condition."""
        return self.shape.met(facts(self.fact) or "NULL::int", tuple(wishes(column) for column in self.wish_columns))

    def points(self, facts: Columns, wishes: Columns, scale: Scale) -> str:
        """The satisfaction on a scale of numbers, where the wish has weight."""
        wish = tuple(wishes(column) for column in self.wish_columns)
        return self.shape.points(facts(self.fact) or "NULL::int", wish, scale)

    def stated(self, facts: Codes) -> Text | None:
        """What the other side says, None while it says nothing."""
        code = facts[self.fact]
        if code is None:
            return None
        if self.fact == KILOMETRES:
            return Text("%(km)s km", {"km": code})
        return stated(self.fact_shape, code)

    def wanted(self, wishes: Codes) -> Text | None:
        """What is wished; None where the wish is a plain yes."""
        pairs = [(value, wishes[column]) for value, column in zip(self.wish.values, self.wish_columns, strict=True)]
        if self.fact == KILOMETRES and pairs[0][1] is not None:
            return Text("%(km)s km", {"km": pairs[0][1]})
        said = [wished(value, code) for value, code in pairs if code is not None]
        return listed(said) if said else None

    def sentence(self, facts: Codes, wishes: Codes) -> Text:
        """For the one whose wish it is: what is there beside what is wished."""
        mark = Mark.of(self.rule(facts, wishes))
        said = {"stated": self.stated(facts), "wanted": self.wanted(wishes)}
        if mark is Mark.OPEN:
            return _filled(self.sentences.open, said)
        if facts[self.fact] == 0 and self.sentences.nothing is not None:
            return _filled(self.sentences.nothing, said)
        return _filled(self.sentences.fits if mark is Mark.FITS else self.sentences.less, said)

    def sentence_for_other(self, facts: Codes, wishes: Codes) -> Text:
        """For the one of whom it is wished: what matters to the other side, and whether one's own words meet it."""
        sentence = self.asked_of_other(wishes)
        match Mark.of(self.rule(facts, wishes)):
            case Mark.FITS:
                return sentence
            case Mark.PARTLY:
                return Text("%(sentence)s – you meet this in part", {"sentence": sentence})
            case Mark.AGAINST:
                return Text("%(sentence)s – what you say is different", {"sentence": sentence})
            case Mark.OPEN:
                return Text(
                    "%(sentence)s – you have said nothing about it, and that does no harm", {"sentence": sentence}
                )

    def asked_of_other(self, wishes: Codes) -> Text:
        """What is wished, in the words of the one of whom it is wished."""
        return _filled(self.sentences.theirs, {"wanted": self.wanted(wishes)})


def criterion(side: Side, key: str, fact: str, shape: Shape, sentences: Sentences) -> Criterion:
    """The criterion of this wish of the catalogue."""
    return Criterion(side, _WISHES[side][key], fact, shape, sentences)


def _filled(text: Text, said: Mapping[str, Text | None]) -> Text:
    """The sentence with those values that it names."""
    return replace(text, values={name: value for name, value in said.items() if f"%({name})s" in text.msgid})


_FIELDS: dict[Side, dict[str, Field]] = {
    Side.SEEKER: {field.name: field for field in OFFER_FIELDS},
    Side.LISTING: {field.name: field for field in SEEKER_FIELDS},
}
_WISHES: dict[Side, dict[str, Wish]] = {
    Side.SEEKER: {wish.criterion: wish for wish in SEARCH_WISHES},
    Side.LISTING: {wish.criterion: wish for wish in OFFER_WISHES},
}
