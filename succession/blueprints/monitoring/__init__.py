"""The web door of promises: the office's agenda, contracts, checks, the yearly report, what everybody may know."""

from succession.blueprints.monitoring import checks, contracts, reports
from succession.blueprints.monitoring.blueprint import bp

__all__ = ["bp", "checks", "contracts", "reports"]
