"""The web door of the records of decisions: what everybody may read of an award, and computing it again."""

from succession.blueprints.award_records import checking, showing
from succession.blueprints.award_records.blueprint import bp

__all__ = ["bp", "checking", "showing"]
