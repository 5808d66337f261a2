"""An address for each route of the application, with a value of the right kind for each of its parts."""

from collections.abc import Iterator

NO_ID = "00000000-0000-0000-0000-000000000000"


def addresses(app, method: str) -> Iterator[tuple[str, str]]:
    """Endpoint and address of every route that answers `method`, static files left out."""
    for rule in app.url_map.iter_rules():
        if method in rule.methods and rule.endpoint != "static":
            parts = {name: _value(kind) for name, kind in rule._converters.items()}
            yield rule.endpoint, app.url_map.bind("localhost").build(rule.endpoint, parts, method=method)


def _value(kind):
    match type(kind).__name__:
        case "IntegerConverter":
            return 1
        case "UUIDConverter":
            return NO_ID
        case "AnyConverter":
            return min(kind.items)
        case _:
            return "x"
