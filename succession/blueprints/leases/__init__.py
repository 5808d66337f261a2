"""Leases on one's land: the list, single ones, a table from the office, and what they ask for when."""

from succession.blueprints.leases import calendar, editing, listing
from succession.blueprints.leases.blueprint import bp

__all__ = ["bp", "calendar", "editing", "listing"]
