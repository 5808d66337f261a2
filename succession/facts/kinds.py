"""The kinds of listing, and the two sorts they fall into. Pure."""

from enum import StrEnum

from succession.i18n import Text


class Kind(StrEnum):
    """What is offered; the order is fixed, because the place in it is the published code."""

    LAND = "land"
    FARM = "farm"
    HORTICULTURE = "horticulture"
    FORESTRY = "forestry"
    CRAFT = "craft"
    SHOP = "shop"
    INN = "inn"
    CARE = "care"
    OTHER = "other"

    @property
    def code(self) -> int:
        """The published number of the kind."""
        return list(Kind).index(self)

    @property
    def is_business(self) -> bool:
        """Everything but bare land."""
        return self is not Kind.LAND

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _LABELS[self]


_LABELS = {
    Kind.LAND: Text("Land"),
    Kind.FARM: Text("Farm"),
    Kind.HORTICULTURE: Text("Market garden"),
    Kind.FORESTRY: Text("Forestry business"),
    Kind.CRAFT: Text("Craft workshop"),
    Kind.SHOP: Text("Shop"),
    Kind.INN: Text("Inn"),
    Kind.CARE: Text("Care and health"),
    Kind.OTHER: Text("Other business"),
}

GROWING = frozenset({Kind.LAND, Kind.FARM, Kind.HORTICULTURE, Kind.FORESTRY})
"""Kinds that come with fields, gardens or wood."""

BUSINESSES = frozenset(kind for kind in Kind if kind.is_business)
EVERY_KIND = frozenset(Kind)
