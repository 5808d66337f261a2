"""What a file is handed in for; that decides who may ever see it. Pure."""

from enum import StrEnum


class Purpose(StrEnum):
    """What a file is for."""

    OFFER_PHOTO = "offer_photo"
    OFFER_DOCUMENT = "offer_document"
    MANDATE = "mandate"

    @property
    def is_for_others(self) -> bool:
        """Whether anybody but its owner may see it while the offer it belongs to is published."""
        return self is Purpose.OFFER_PHOTO
