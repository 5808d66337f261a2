"""Whether a target given in a request is a page of our own. Pure."""

from urllib.parse import urlsplit

LONGEST_PATH = 2000


def own_path(target: str | None) -> str | None:
    """The target if it is a path on this site, else None: no other host, however it is disguised."""
    if not target or len(target) > LONGEST_PATH or not target.startswith("/"):
        return None
    if target.startswith("//") or "\\" in target or any(ord(sign) <= 0x20 or ord(sign) == 0x7F for sign in target):
        return None
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    return None if parts.scheme or parts.netloc else target
