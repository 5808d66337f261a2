"""The web door of seekers: their profile and their searches."""

from succession.blueprints.profiles import profile, search_editing, searches
from succession.blueprints.profiles.blueprint import bp

__all__ = ["bp", "profile", "search_editing", "searches"]
