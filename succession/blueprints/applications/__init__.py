"""The web door of applications: the applicant's wizard and receipt, and the office's envelopes and list."""

from succession.blueprints.applications import envelopes, own, paper, papers, reading, sending, withdrawing, wizard
from succession.blueprints.applications.blueprint import bp

__all__ = ["bp", "envelopes", "own", "paper", "papers", "reading", "sending", "withdrawing", "wizard"]
