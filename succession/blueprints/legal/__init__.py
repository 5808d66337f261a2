"""What the law asks for: the legal pages, writing them, and reports of what should not be here."""

from succession.blueprints.legal import component, deciding, pages, reporting, writing
from succession.blueprints.legal.blueprint import bp

__all__ = ["bp", "component", "deciding", "pages", "reporting", "writing"]
