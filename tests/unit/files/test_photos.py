"""LP-9: nothing of a photo but its pixels survives."""

import shutil
import subprocess
from io import BytesIO

import pytest
from PIL import Image

from succession.errors import Refused
from succession.files import photos
from succession.files.photos import Size
from succession.files.sniffing import FileKind, kind_of
from tests.factories.files import BAD_PHOTOS, FORMATS, SERIAL, a_photo, png_of_size

TELLING = ("gps", "serial", "make", "model", "thumbnail", "datetimeoriginal", "createdate", "modifydate", "xmp", "icc")


def cleaned(content):
    return photos.clean(content, kind_of(content[:64]))


@pytest.mark.parametrize("file_format", FORMATS)
def test_every_size_of_every_format_is_a_bare_jpeg(file_format):  # LP-9
    content = a_photo(file_format)
    assert SERIAL.encode() in content
    for size, served in cleaned(content).sizes.items():
        with Image.open(BytesIO(served)) as picture:
            assert picture.format == "JPEG"
            assert max(picture.size) <= size.pixels
            assert not picture.getexif()
            assert set(picture.info) <= {
                "jfif",
                "jfif_version",
                "jfif_unit",
                "jfif_density",
                "progressive",
                "progression",
            }
        assert SERIAL.encode() not in served


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="needs exiftool: script/bootstrap --test")
@pytest.mark.parametrize("file_format", FORMATS)
def test_a_stranger_with_exiftool_finds_nothing(file_format, tmp_path):  # LP-9
    """The same tool finds the place in the original, so it would find it in what is served."""
    original = tmp_path / "original"
    original.write_bytes(a_photo(file_format))
    assert "camera works" in told_by_exiftool(original)
    assert file_format == "TIFF" or "gps" in told_by_exiftool(original)
    for size, served in cleaned(original.read_bytes()).sizes.items():
        path = tmp_path / f"{size}.jpg"
        path.write_bytes(served)
        assert [word for word in TELLING if word in told_by_exiftool(path)] == []


def told_by_exiftool(path):
    done = subprocess.run(["exiftool", "-a", "-G1", "-s", "-ee", path], capture_output=True, text=True, check=True)
    lines = [
        line for line in done.stdout.lower().splitlines() if not line.startswith(("[exiftool]", "[system]", "[file]"))
    ]
    return "\n".join(lines)


def test_a_photo_stands_upright():
    tags = Image.Exif()
    tags[0x0112] = 6
    photo = cleaned(a_photo(size=(400, 300), with_place=False, exif=tags))
    assert (photo.width, photo.height) == (300, 400)


def test_what_is_transparent_becomes_white():
    out = BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(BytesIO(cleaned(out.getvalue()).sizes[Size.SMALL])) as picture:
        assert picture.getpixel((20, 20)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "RGB"])
def test_every_kind_of_colour_is_read(mode):
    file_format = "TIFF" if mode == "CMYK" else "PNG"
    assert cleaned(a_photo(file_format, mode=mode, with_place=False)).sizes


def test_a_small_picture_is_not_blown_up():
    with Image.open(BytesIO(cleaned(a_photo(size=(120, 80))).sizes[Size.LARGE])) as picture:
        assert picture.size == (120, 80)


@pytest.mark.parametrize("name", [name for name, content in BAD_PHOTOS.items() if kind_of(content[:64])])
def test_a_bad_picture_is_refused_with_a_sentence(name):  # S12
    with pytest.raises(Refused):
        cleaned(BAD_PHOTOS[name])


@pytest.mark.parametrize("name", [name for name, content in BAD_PHOTOS.items() if not kind_of(content[:64])])
def test_what_is_no_picture_is_not_taken_for_one(name):  # S12
    assert kind_of(BAD_PHOTOS[name][:64]) is None


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_unpacked():  # S12
    with pytest.raises(Refused) as refused:
        photos.clean(png_of_size(30_000, 30_000), FileKind.PNG)
    assert "million pixels" in refused.value.text.msgid


def test_there_are_at_least_25_bad_files():  # S12
    assert len(BAD_PHOTOS) >= 25
