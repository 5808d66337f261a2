"""How much a wish counts, in words; the numbers behind them are weights of the two-sided score. Pure."""

from enum import StrEnum

from succession.i18n import Text


class Importance(StrEnum):
    """From "does not matter" to "must be"; a must-have also weighs as much as the most important wish."""

    NONE = "none"
    NICE = "nice"
    RATHER = "rather"
    IMPORTANT = "important"
    VERY = "very"
    MUST = "must"

    @property
    def weight(self) -> int:
        """The weight w of the score, 0 where the wish does not count."""
        return _WEIGHTS[self]

    @property
    def is_must(self) -> bool:
        """Whether the other side has to meet it."""
        return self is Importance.MUST

    @property
    def label(self) -> Text:
        """The word on the form."""
        return _LABELS[self]


_WEIGHTS = {
    Importance.NONE: 0,
    Importance.NICE: 1,
    Importance.RATHER: 2,
    Importance.IMPORTANT: 3,
    Importance.VERY: 5,
    Importance.MUST: 5,
}

_LABELS = {
    Importance.NONE: Text("does not matter"),
    Importance.NICE: Text("would be nice"),
    Importance.RATHER: Text("rather important"),
    Importance.IMPORTANT: Text("important"),
    Importance.VERY: Text("very important"),
    Importance.MUST: Text("must be"),
}
