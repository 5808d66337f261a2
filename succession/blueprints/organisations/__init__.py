"""The web door of organisations: one's own, their members, mandates, and the owners an office manages."""

from succession.blueprints.organisations import joining, mandates, members, own
from succession.blueprints.organisations.blueprint import bp

__all__ = ["bp", "joining", "mandates", "members", "own"]
