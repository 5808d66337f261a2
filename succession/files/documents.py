"""PDF documents as they are kept: pages only, without metadata, scripts, attachments or links that act. Pure."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from succession.errors import Refused
from succession.files.jpeg_segments import without_metadata
from succession.files.limits import LARGEST_DOCUMENT, MEGABYTE, MOST_PAGES
from succession.i18n import Text

UNWANTED = (
    "/Metadata", "/AA", "/A", "/OpenAction", "/JavaScript", "/JS", "/EmbeddedFiles", "/EF", "/AF", "/Names",
    "/AcroForm", "/PieceInfo", "/LastModified", "/Thumb", "/Perms", "/Collection", "/URI", "/Dests", "/StructTreeRoot",
)  # fmt: skip
HARMLESS_NOTES = frozenset({"/Highlight", "/Underline", "/StrikeOut", "/Square", "/Circle", "/Line", "/Ink", "/Stamp"})
FAULTS = (PyPdfError, OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, MemoryError)


def clean(content: bytes) -> tuple[bytes, int]:
    """The document and the number of its pages; `Refused` for what is locked, broken or too long."""
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise Refused(Text("This document is locked with a password. Please save it without one."))
        pages = len(reader.pages)
        if pages > MOST_PAGES:
            raise Refused(Text("This document has more than %(most)s pages. Please split it.", {"most": MOST_PAGES}))
        if not pages:
            raise Refused(Text("This document has no pages."))
        cleaned = _rewritten(reader)
    except FAULTS as error:
        raise Refused(Text("This document cannot be read: it is damaged. Please save it anew as PDF.")) from error
    if len(cleaned) > LARGEST_DOCUMENT:
        most = {"most": LARGEST_DOCUMENT // MEGABYTE}
        raise Refused(Text("This document is too large: at most %(most)s MB.", most))
    return cleaned, pages


def _rewritten(reader: PdfReader) -> bytes:
    """Page by page into a new document, so that nothing comes along that no page needs."""
    writer = PdfWriter()
    for page in reader.pages:
        for name in UNWANTED:
            if name in page:
                del page[name]
        _keep_harmless_notes(page)
        writer.add_page(page)
    for each in _objects(writer):
        _strip(each)
    writer.metadata = None
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _keep_harmless_notes(page: DictionaryObject) -> None:
    """Notes drawn on the page stay; links, forms, films and attachments go."""
    notes = page.get("/Annots")
    notes = notes.get_object() if isinstance(notes, IndirectObject) else notes
    if not isinstance(notes, ArrayObject):
        page.pop("/Annots", None)
        return
    kept = [note for note in notes if note.get_object().get("/Subtype") in HARMLESS_NOTES]
    page[NameObject("/Annots")] = ArrayObject(kept)


def _objects(writer: PdfWriter) -> Iterator[Any]:
    """Every object of the new document."""
    for number in range(1, len(writer._objects) + 1):
        found = writer.get_object(number)
        if found is not None:
            yield found


def _strip(each: Any) -> None:
    """No metadata in any object, and none inside the pictures."""
    if not isinstance(each, DictionaryObject):
        return
    for name in UNWANTED:
        each.pop(name, None)
    if isinstance(each, StreamObject) and each.get("/Subtype") == "/Image" and _is_jpeg(each.get("/Filter")):
        each._data = without_metadata(each._data)


def _is_jpeg(named: Any) -> bool:
    """Whether the stream is a JPEG as it is, and not packed once more."""
    if isinstance(named, ArrayObject):
        return len(named) == 1 and named[0] == "/DCTDecode"
    return bool(named == "/DCTDecode")
