"""What there is to say about a row or a file of geometries, and the refusal of a whole file. Pure."""

from dataclasses import dataclass

from succession.errors import Refused
from succession.i18n import AnyText


class FileRefused(Refused):
    """The whole file cannot be taken; `code` is stable and in kebab-case, the sentence says what to do."""

    def __init__(self, code: str, text: AnyText) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to say about a row or the file; `code` is stable and in kebab-case."""

    code: str
    text: AnyText
