"""The web door of requests and releases: asking, answering, releasing, and looking at what was released."""

from succession.blueprints.releases import asking, deciding, releasing
from succession.blueprints.releases.blueprint import bp

__all__ = ["asking", "bp", "deciding", "releasing"]
