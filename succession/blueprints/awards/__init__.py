"""The web door of awards: the desk of a lot, evidence, points of the body, preparation, decision."""

from succession.blueprints.awards import deciding, desk, evidence, handing_in, interests, points, ranking
from succession.blueprints.awards.blueprint import bp

__all__ = ["bp", "deciding", "desk", "evidence", "handing_in", "interests", "points", "ranking"]
