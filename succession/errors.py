"""What can go wrong on purpose: each error carries a plain sentence and the status the web answers with. Pure."""

from succession.i18n import AnyText, Text


class SuccessionError(Exception):
    """A refusal that the person can understand and act upon."""

    status = 400

    def __init__(self, text: AnyText) -> None:
        super().__init__(text.msgid if isinstance(text, Text) else text.many)
        self.text = text
        self.headers: dict[str, str] = {}


class NotFound(SuccessionError):
    """There is no such thing, or not for this person: both look the same."""

    status = 404

    def __init__(self, text: AnyText | None = None) -> None:
        super().__init__(text or Text("We could not find this page."))


class Forbidden(SuccessionError):
    """The person is known and may not do this."""

    status = 403

    def __init__(self, text: AnyText | None = None) -> None:
        super().__init__(text or Text("You may not do this."))


class Conflict(SuccessionError):
    """The thing has changed, or its state does not allow the step."""

    status = 409


class Refused(SuccessionError):
    """What came in cannot be taken; the sentence says what to do."""

    status = 422


class Unavailable(SuccessionError):
    """Something that the product needs is not there at the moment."""

    status = 503


class TooMany(SuccessionError):
    """Tried too often; after `retry_after` seconds it may be tried again."""

    status = 429

    def __init__(self, text: AnyText, *, retry_after: int) -> None:
        super().__init__(text)
        self.headers = {"Retry-After": str(retry_after)}
