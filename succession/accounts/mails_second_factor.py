"""Mails about the second factor: whatever changes in it, its owner is told. Pure."""

from succession.accounts.second_factor import Way
from succession.i18n import Text
from succession.outbox.values import Mail

_CALL_US = Text("If it was not you who did this, please call us.")
_PATH = "/account/second-factor"


def added(way: Way) -> Mail:
    """Something was set up."""
    return _notice(Text("A second step for signing in was set up: %(way)s.", {"way": way.label}), _CALL_US)


def removed(way: Way) -> Mail:
    """Something was taken away, and something is left."""
    return _notice(Text("A second step for signing in was removed: %(way)s.", {"way": way.label}), _CALL_US)


def last_removed(way: Way) -> Mail:
    """Nothing is left but the password."""
    return _notice(
        Text("A second step for signing in was removed: %(way)s.", {"way": way.label}),
        Text("Your account is now protected by the password alone. If it was not you who did this, please call us."),
    )


def recovery_used() -> Mail:
    """Somebody signed in with an emergency code."""
    return _notice(Text("Somebody signed in to your account with an emergency code."), _CALL_US)


def reset_for_you() -> Mail:
    """The network has taken everything away after a call."""
    return _notice(
        Text("We have removed your second step for signing in, because somebody asked us to in your name."),
        Text("You can now sign in with your password and set it up anew. If it was not you who asked, please call us."),
    )


def guessed() -> Mail:
    """Somebody who knows the password fails at the second step."""
    return _notice(
        Text("Somebody entered your right password several times, but a wrong code after it."),
        Text("If it was not you, somebody knows your password. Please change it."),
    )


def _notice(happened: Text, advice: Text) -> Mail:
    return Mail("second_factor/notice", {"happened": happened, "advice": advice, "path": _PATH})
