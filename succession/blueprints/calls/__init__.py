"""Calls: what everybody reads, and the pages on which owners prepare them."""

from succession.blueprints.calls import changing, documents, editing, lots, own, public, steps
from succession.blueprints.calls.blueprint import bp

__all__ = ["bp", "changing", "documents", "editing", "lots", "own", "public", "steps"]
