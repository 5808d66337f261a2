"""One's own second step for signing in: what is set up, setting up, taking away, and the password once more."""

from succession.blueprints.second_factor import passkey, reset, setting_up, step
from succession.blueprints.second_factor.blueprint import bp

__all__ = ["bp", "passkey", "reset", "setting_up", "step"]
