"""The closed lists of principle sets and of rounds of ten cases, and what each is called. Pure."""

from enum import StrEnum

from succession.i18n import Text

LONGEST_TITLE = 120
LONGEST_LABEL = 60
MOST_PAIRS = 10


class Origin(StrEnum):
    """Where a principle set began."""

    SHIPPED = "shipped"
    EMPTY = "empty"
    IMPORT = "import"
    VERSION = "version"
    TEN_CASES = "ten_cases"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _ORIGINS[self]


_ORIGINS = {
    Origin.SHIPPED: Text("from a published set"),
    Origin.EMPTY: Text("begun empty"),
    Origin.IMPORT: Text("brought in from a file"),
    Origin.VERSION: Text("a further version"),
    Origin.TEN_CASES: Text("from ten cases"),
}


class RoundState(StrEnum):
    """Whether sheets of a round of ten cases still come in."""

    OPEN = "open"
    CLOSED = "closed"


class SheetWay(StrEnum):
    """How a sheet of ten cases came in."""

    SCREEN = "screen"
    PAPER = "paper"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _WAYS[self]


_WAYS = {SheetWay.SCREEN: Text("on the screen"), SheetWay.PAPER: Text("on paper")}


class Choice(StrEnum):
    """Which farm of a pair should get the land."""

    FIRST = "first"
    SECOND = "second"
    EQUAL = "equal"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _CHOICES[self]


_CHOICES = {
    Choice.FIRST: Text("the left one"),
    Choice.SECOND: Text("the right one"),
    Choice.EQUAL: Text("both alike"),
}
