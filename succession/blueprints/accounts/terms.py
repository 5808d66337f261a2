"""Which version of the terms a person accepts by registering."""

FIRST_VERSION = "1"


def terms_version() -> str:
    """The version that the registration form links to at this moment."""
    return FIRST_VERSION
