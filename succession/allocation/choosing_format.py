"""The open format `choosing-1`: a draw for the order of choosing, with what happens if somebody refuses. Pure."""

from collections.abc import Mapping
from typing import Any

from succession.allocation.choosing import OnRefusal, choose
from succession.allocation.lottery_format import check_secret
from succession.allocation.naming import name, names
from succession.allocation.points_rules import one_of
from succession.records.documents import DocumentError, mapping, required

FORMAT = "choosing-1"


def answer(case: Mapping[str, Any], path: str) -> dict[str, Any]:
    """Order, who took what, who refused, what is left."""
    seed = name(required(case, "seed", path), f"{path}.seed")
    draw_round = name(required(case, "round", path), f"{path}.round")
    check_secret(case, seed, path)
    lots = names(required(case, "lots", path), f"{path}.lots")
    at = f"{path}.applicants"
    wishes = {
        name(one, at): names(row, f"{at}.{one}") for one, row in mapping(required(case, "applicants", path), at).items()
    }
    for one, row in wishes.items():
        for place, lot in enumerate(row):
            if lot not in lots:
                raise DocumentError(f"{at}.{one}[{place}]", f"there is no lot {lot}")
    required(case, "on_refusal", path)
    on_refusal = one_of({one.value: one for one in OnRefusal}, case, "on_refusal", path)
    refusing = names(case.get("refused", []), f"{path}.refused")
    for place, one in enumerate(refusing):
        if one not in wishes:
            raise DocumentError(f"{path}.refused[{place}]", f"{one} does not take part")
    found = choose(lots, wishes, seed, draw_round, on_refusal=on_refusal, refusing=refusing)
    return {
        "order": list(found.order),
        "chosen": dict(found.lots),
        "refused": list(found.refused),
        "left": list(found.left),
    }
