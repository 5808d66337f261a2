"""The open format `lottery-1`: tickets and order of a draw, and whether its seed was fixed as promised. Pure."""

from collections.abc import Mapping
from typing import Any

from succession.allocation import lottery
from succession.allocation.naming import name, names
from succession.records.documents import DocumentError, required, text

FORMAT = "lottery-1"


def answer(case: Mapping[str, Any], path: str) -> dict[str, Any]:
    """Commitment of the seed, everybody's ticket, and the order; a secret is checked where it is told."""
    seed = name(required(case, "seed", path), f"{path}.seed")
    draw_round = name(required(case, "round", path), f"{path}.round")
    participants = names(required(case, "ids", path), f"{path}.ids")
    check_secret(case, seed, path)
    return {
        "commitment": lottery.commitment(seed),
        "tickets": {one: lottery.ticket(seed, draw_round, one) for one in participants},
        "order": lottery.order(seed, draw_round, participants),
    }


def check_secret(case: Mapping[str, Any], seed: str, path: str) -> None:
    """The secret must be the one committed to, and the seed must follow from it and the public draw."""
    told = {key: text(case[key], f"{path}.{key}") for key in ("secret", "secret_commitment") if key in case}
    drawn = name(case["public_draw"], f"{path}.public_draw") if "public_draw" in case else None
    if "secret" not in told:
        return
    secret = name(told["secret"], f"{path}.secret")
    if "secret_commitment" in told and not lottery.keeps(secret, told["secret_commitment"]):
        raise DocumentError(f"{path}.secret_commitment", "is not the SHA-256 of the secret")
    if drawn is not None and lottery.seed_from(secret, drawn) != seed:
        raise DocumentError(f"{path}.seed", "does not follow from the secret and the public draw")
