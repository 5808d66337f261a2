"""The web door of offers: one's own, their topics, and what everybody reads."""

from succession.blueprints.listings import editing, own, public
from succession.blueprints.listings.blueprint import bp

__all__ = ["bp", "editing", "own", "public"]
