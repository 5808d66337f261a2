"""Branch groups: in which company an offer is counted when its public area is chosen. Pure.

A group is a kind ("farm"), or a kind with one trade ("craft:wood"). What is shown is never finer than what was counted.
"""

from succession.facts.kinds import Kind
from succession.facts.offer import WITH_CRAFT
from succession.facts.terms import TRADES
from succession.i18n import Text

TRADE_FIELD = "trades"

Branch = str
"""A group by its key."""


def of_kind(kind: Kind) -> Branch:
    """The group of all businesses of a kind; for land, of all who own some."""
    return kind.value


def of_trade(kind: Kind, trade: str) -> Branch:
    """The group of those that are also of this trade."""
    return f"{kind.value}:{trade}"


def every_branch() -> tuple[Branch, ...]:
    """All groups that can be counted: the kinds, then kinds with a trade."""
    trades = [of_trade(kind, term.key) for kind in Kind if kind in WITH_CRAFT for term in TRADES.terms]
    return (*(of_kind(kind) for kind in Kind), *trades)


def trades_in(kind: Kind, code: int | None) -> dict[Branch, int]:
    """The groups with a trade that a published code names, each with the code that says only this trade."""
    if code is None or kind not in WITH_CRAFT:
        return {}
    codes = {term.key: TRADES.code([term.key]) or 0 for term in TRADES.chosen(code)}
    return {of_trade(kind, trade): alone for trade, alone in codes.items()}


def label(branch: Branch) -> Text:
    """What a person reads of a group."""
    kind, _, trade = branch.partition(":")
    of = Kind(kind).label
    if not trade:
        return of
    named = next(term.label for term in TRADES.terms if term.key == trade)
    return Text("%(kind)s, %(trade)s", {"kind": of, "trade": named})
