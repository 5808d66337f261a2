"""The web door of privacy: one's own data, the register of processing, what was erased, the archive."""

from succession.blueprints.privacy import archive, operators, own
from succession.blueprints.privacy.blueprint import bp

__all__ = ["archive", "bp", "operators", "own"]
