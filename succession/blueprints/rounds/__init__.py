"""The web door of rounds: all lots of a call at once for the office, the certificate for its applicant."""

from succession.blueprints.rounds import views
from succession.blueprints.rounds.blueprint import bp

__all__ = ["bp", "views"]
