"""LP-9, S12: of a PDF its pages are kept, and nothing that acts or tells."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from succession.errors import Refused
from succession.files import documents
from succession.files.jpeg_segments import without_metadata
from succession.files.sniffing import FileKind, kind_of
from tests.factories.files import BAD_DOCUMENTS, SERIAL, a_document, a_photo

ACTING = re.compile(rb"/(JavaScript|JS|OpenAction|AA|EmbeddedFile|URI|Launch|Metadata|Author|Producer|LastModified)\b")


@pytest.mark.parametrize("with_picture", [False, True])
def test_the_pages_stay_and_everything_else_goes(with_picture):
    original = a_document(3, with_picture=with_picture)
    assert ACTING.search(original)
    cleaned, pages = documents.clean(original)
    assert pages == len(PdfReader(BytesIO(cleaned)).pages) == 3
    assert not ACTING.search(cleaned)
    assert b"Sonnenschein" not in cleaned
    assert not PdfReader(BytesIO(cleaned)).metadata


def test_a_photo_inside_a_document_loses_its_place_too():
    original = a_document(with_picture=True)
    assert SERIAL.encode() in original
    cleaned, _ = documents.clean(original)
    assert SERIAL.encode() not in cleaned
    assert b"Exif" not in cleaned
    assert b"\xff\xd8" in cleaned


@pytest.mark.parametrize(
    "name", [name for name, content in BAD_DOCUMENTS.items() if kind_of(content[:64]) is FileKind.PDF]
)
def test_a_bad_document_is_refused_with_a_sentence(name):
    with pytest.raises(Refused):
        documents.clean(BAD_DOCUMENTS[name])


def test_a_document_of_too_many_pages_is_refused():
    with pytest.raises(Refused):
        documents.clean(a_document(201))


def test_a_jpeg_without_metadata_is_the_same_picture():
    from PIL import Image, ImageChops

    original = a_photo() + b"hidden behind the end"
    bare = without_metadata(original)
    assert SERIAL.encode() not in bare
    assert b"hidden" not in bare
    with Image.open(BytesIO(original)) as before, Image.open(BytesIO(bare)) as after:
        assert ImageChops.difference(before, after).getbbox() is None


@pytest.mark.parametrize("content", [b"", b"no picture", b"\xff\xd8", a_photo()[:200]])
def test_what_breaks_off_breaks_nothing(content):
    assert len(without_metadata(content)) <= len(content)
