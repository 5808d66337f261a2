"""Photos and documents for tests, good and bad ones."""

import struct
import zlib
from io import BytesIO

import pillow_heif
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

pillow_heif.register_heif_opener()

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "HEIF")
SERIAL = "SERIAL-4711"


def a_photo(file_format="JPEG", size=(400, 300), *, mode="RGB", with_place=True, **options) -> bytes:
    """A picture with place, day, camera and its serial number in it."""
    picture = Image.new(mode, size, "darkgreen" if mode != "P" else 3)
    out = BytesIO()
    if with_place:
        tags = Image.Exif()
        tags[0x010F], tags[0x0132], tags[0xA431] = "Camera Works", "2026:05:01 12:00:00", SERIAL
        tags.get_ifd(0x8825).update({1: "N", 2: (53.0, 2.0, 1.0), 3: "E", 4: (11.0, 9.0, 1.0)})
        options["exif"] = tags
    picture.save(out, file_format, **options)
    return out.getvalue()


def a_document(pages=2, *, with_picture=False) -> bytes:
    """A PDF with author, script, attachment, a link and, if asked for, a photo that knows its place."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": "Inge Sonnenschein", "/Title": "Hof am Deich"})
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('hello')")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): DictionaryObject(script)})
    writer.add_attachment("secret.txt", b"Flurstueck 12/3")
    writer.add_uri(0, "https://example.org/", [0, 0, 10, 10])
    if with_picture:
        image = DecodedStreamObject()
        image.set_data(a_photo())
        image.update({NameObject("/Subtype"): NameObject("/Image"), NameObject("/Filter"): NameObject("/DCTDecode")})
        reference = writer._add_object(image)
        objects = DictionaryObject({NameObject("/Im0"): reference})
        resources = DictionaryObject({NameObject("/XObject"): objects})
        writer.pages[0][NameObject("/Resources")] = resources
        writer.pages[0][NameObject("/LastModified")] = TextStringObject("D:20260501")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def png_of_size(width, height) -> bytes:
    """A PNG that says it is that large and holds next to nothing."""

    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def a_locked_document() -> bytes:
    """A PDF with a password."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("geheim", algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BAD_PHOTOS = {
    "empty": b"",
    "text": b"Ein Brief, der sich Foto nennt.",
    "html": b"<!doctype html><script>alert(1)</script>",
    "svg": SVG,
    "svg with a byte order mark": b"\xef\xbb\xbf" + SVG,
    "program for Linux": b"\x7fELF" + bytes(200),
    "program for Windows": b"MZ" + bytes(200),
    "zip": b"PK\x03\x04" + bytes(200),
    "gif": b"GIF89a" + bytes(200),
    "icon": b"\0\0\1\0" + bytes(200),
    "bitmap": b"BM" + bytes(200),
    "film": b"\0\0\0\x18ftypmp42" + bytes(200),
    "avif": b"\0\0\0\x18ftypavif" + bytes(200),
    "only the beginning of a jpeg": b"\xff\xd8\xff\xe0",
    "a jpeg cut off in its head": a_photo()[:150],
    "a png cut off in its head": a_photo("PNG")[:40],
    "a webp cut off": a_photo("WEBP")[:30],
    "a heic cut off": a_photo("HEIF")[:60],
    "a tiff without pixels": b"II*\0" + bytes(60),
    "a png of 30,000 by 30,000": png_of_size(30_000, 30_000),
    "a png of two billion pixels": png_of_size(2**31 - 1, 2),
    "a png with no pixels": png_of_size(0, 0),
    "a png with hardly any data": png_of_size(2000, 2000),
    "a heic that is text": b"\0\0\0\x18ftypheic" + b"Text" * 50,
    "a webp that is text": b"RIFF\x40\0\0\0WEBPVP8 " + b"Text" * 20,
    "php behind a picture's beginning": b"\xff\xd8\xff\xe0<?php system($_GET['x']); ?>",
}
BAD_DOCUMENTS = {
    "empty": b"",
    "a photo": a_photo(),
    "only the beginning": b"%PDF-1.7\n",
    "no pages": b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF",
    "pages that hold themselves": b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    "with a password": a_locked_document(),
    "a web page that says it is a PDF": b"%PDF-1.4\n<html><script>alert(1)</script></html>",
    "a Word document": b"PK\x03\x04" + bytes(200),
}
