"""The web door of awards: the desk of a lot, evidence, points, preparation, decision, and what follows the decision."""

from succession.blueprints.awards import (
    contract,
    deciding,
    desk,
    evidence,
    handing_in,
    interests,
    letters,
    not_signed,
    objections,
    papers,
    points,
    ranking,
    results,
)
from succession.blueprints.awards.blueprint import bp

__all__ = [
    "bp",
    "contract",
    "deciding",
    "desk",
    "evidence",
    "handing_in",
    "interests",
    "letters",
    "not_signed",
    "objections",
    "papers",
    "points",
    "ranking",
    "results",
]
