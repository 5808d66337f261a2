"""The web door of simulations: for everybody on the sample farms, for owners with a log."""

from succession.blueprints.simulation import own, public
from succession.blueprints.simulation.blueprint import bp

__all__ = ["bp", "own", "public"]
