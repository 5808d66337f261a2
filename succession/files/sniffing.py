"""What kind of file something is, by its first bytes; its name is never asked. Pure."""

from enum import StrEnum

HEAD = 64


class FileKind(StrEnum):
    """What may be handed in."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    TIFF = "tiff"
    PDF = "pdf"

    @property
    def is_photo(self) -> bool:
        """A picture, as against a document."""
        return self is not FileKind.PDF


HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


def kind_of(head: bytes) -> FileKind | None:
    """The kind by the first `HEAD` bytes; None for everything that may not be handed in."""
    if head.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return FileKind.WEBP
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        return FileKind.HEIC
    if head[:4] in {b"II*\x00", b"MM\x00*"}:
        return FileKind.TIFF
    if head.startswith(b"%PDF-"):
        return FileKind.PDF
    return None
