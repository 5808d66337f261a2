"""The web door of offers: one's own, their topics, and what everybody reads."""

from succession.blueprints.listings import editing, files, own, placing, public
from succession.blueprints.listings.blueprint import bp

__all__ = ["bp", "editing", "files", "own", "placing", "public"]
