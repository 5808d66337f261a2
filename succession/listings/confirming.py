"""What a person is asked before an offer is published in their name: all that others would see, line by line. Pure."""

from collections.abc import Sequence

from succession.facts.fingerprints import fingerprint
from succession.i18n import Text
from succession.listings import summaries
from succession.listings.queries import PublicOffer

Line = tuple[Text, list[Text | str]]


def mark(offer: PublicOffer, version: int) -> str:
    """Changes with every change of the offer, and with the area that it would be shown in."""
    area = str(offer.area_public_id)
    return fingerprint({"offer": str(offer.public_id), "version": version, "area": area, "is_exact": offer.is_exact})


def shown(offer: PublicOffer, photos: Sequence[str]) -> list[Line]:
    """Who sees it, and what, with the words under each photo: nothing else is published."""
    lines: list[Line] = [
        (Text("Who sees it"), [_AT_THE_PLACE if offer.is_exact else _COARSE]),
        (Text("Title"), [offer.title]),
        (Text("Description"), _paragraphs(offer.description)),
        (Text("Kind"), [offer.kind.label]),
        (Text("Given as owner"), [offer.owner_kind.label]),
        (Text("Where"), [offer.area or Text("not said")]),
    ]
    lines += [(group.topic.label, list(group.phrases)) for group in offer.groups]
    if photos:
        lines.append((Text("Photos"), [words or Text("a photo without words") for words in photos]))
    wishes: list[Text | str] = [line.text for line in summaries.wish_lines(offer.wishes)]
    return [*lines, (Text("What you wish"), wishes)] if wishes else lines


_COARSE = Text("Everybody, without your name and without the exact place.")
_AT_THE_PLACE = Text("Everybody, without your name; the place itself is shown.")


def _paragraphs(text: str) -> list[Text | str]:
    return [line for line in text.splitlines() if line.strip()]
