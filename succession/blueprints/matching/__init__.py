"""The web door of matching: a seeker's matches, an owner's candidates, and how the figure comes about."""

from succession.blueprints.matching import candidates, matches
from succession.blueprints.matching.blueprint import bp

__all__ = ["bp", "candidates", "matches"]
