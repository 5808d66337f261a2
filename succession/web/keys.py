"""The keys of this installation, made from its secret once for each process."""

from flask import current_app

from succession.accounts.sealing import Keys
from succession.web.context import settings

EXTENSION = "installation_keys"


def keys() -> Keys:
    """The keys; deriving them takes time, so they are kept with the application."""
    found: Keys | None = current_app.extensions.get(EXTENSION)
    if found is None:
        found = current_app.extensions[EXTENSION] = Keys(settings().secret_key)
    return found
