"""Which browser on which system, in two words: enough to know one's own devices again. Pure."""

from succession.i18n import Text

# Looked for in this order: many browsers also name the ones they descend from.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
SEPARATOR = "/"


def family_of(user_agent: str) -> str | None:
    """What is kept of the browser's own description: "Firefox/Windows", or nothing if it is neither known."""
    browser, system = _first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)
    return f"{browser}{SEPARATOR}{system}" if browser or system else None


def in_words(family: str | None) -> Text:
    """What a person reads."""
    browser, _, system = (family or "").partition(SEPARATOR)
    if browser and system:
        return Text("%(browser)s on %(system)s", {"browser": browser, "system": system})
    if browser or system:
        return Text("%(browser)s", {"browser": browser or system})
    return Text("A browser we do not know")


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((word for part, word in names if part in user_agent), "")
