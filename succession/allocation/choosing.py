"""A draw for the order of choosing: who is drawn earlier chooses earlier, and what happens on a refusal. Pure.

Rule type 38 of the survey. As many are drawn as there are lots; each takes the best of their wishes that is still
free. Somebody refuses by saying so when it is their turn, or by wishing nothing that is left.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from succession.allocation import lottery


class OnRefusal(StrEnum):
    """Who chooses instead."""

    NOBODY = "nobody_moves_up"
    NEXT = "next_moves_up"
    REDRAW = "redraw"
    """A new draw among those who were not drawn; the first of it chooses."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who was drawn in which order (those moved up behind), what each took, who refused, and what is left."""

    order: tuple[str, ...]
    lots: Mapping[str, str]
    refused: tuple[str, ...]
    left: tuple[str, ...]


def choose(
    lots: Sequence[str],
    wishes: Mapping[str, Sequence[str]],
    seed: str,
    draw_round: str,
    *,
    on_refusal: OnRefusal,
    refusing: Collection[str] = (),
) -> Chosen:
    """Everything in turn. Further draws are rounds of their own: `round/2`, `round/3` and so on."""
    drawn = lottery.order(seed, draw_round, wishes)
    turns, waiting = drawn[: len(lots)], drawn[len(lots) :]
    free = list(lots)
    taken: dict[str, str] = {}
    refused: list[str] = []
    further = 1
    for one in turns:
        lot = None if one in refusing else next((wish for wish in wishes[one] if wish in free), None)
        if lot is not None:
            taken[one] = lot
            free.remove(lot)
            continue
        refused.append(one)
        if waiting and on_refusal is not OnRefusal.NOBODY:
            if on_refusal is OnRefusal.REDRAW:
                further += 1
                waiting = lottery.order(seed, f"{draw_round}/{further}", waiting)
            turns.append(waiting.pop(0))
    return Chosen(tuple(turns), taken, tuple(refused), tuple(free))
