"""Photos as they are kept: newly encoded in the sizes that pages need, without anything that came with the file. Pure.

Nothing of the original file survives but its pixels: no place, no camera, no date, no thumbnail, no profile, no text.
"""

import warnings
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

import pillow_heif
from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError
from PIL.Image import DecompressionBombError, DecompressionBombWarning

from succession.errors import Refused
from succession.files.limits import MOST_PIXELS
from succession.files.sniffing import FileKind
from succession.i18n import Text

pillow_heif.register_heif_opener(thumbnails=False)

QUALITY = 82
SRGB = ImageCms.createProfile("sRGB")
FORMATS = {
    FileKind.JPEG: "JPEG",
    FileKind.PNG: "PNG",
    FileKind.WEBP: "WEBP",
    FileKind.HEIC: "HEIF",
    FileKind.TIFF: "TIFF",
}


class Size(StrEnum):
    """The sizes a photo is kept in, by its longer side."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"

    @property
    def pixels(self) -> int:
        """The longer side."""
        return {Size.SMALL: 360, Size.MEDIUM: 960, Size.LARGE: 1920}[self]


@dataclass(frozen=True, slots=True)
class CleanPhoto:
    """One photo as JPEG in every size."""

    width: int
    height: int
    sizes: dict[Size, bytes]


def clean(content: bytes, kind: FileKind) -> CleanPhoto:
    """The photo in every size; `Refused` for what is too large, broken, or no picture after all."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # the library that makes our PDFs turns it on for the whole process
    with warnings.catch_warnings():
        warnings.simplefilter("error", DecompressionBombWarning)
        warnings.simplefilter("ignore", UserWarning)  # about tags, which are dropped anyway
        try:
            with Image.open(BytesIO(content), formats=[FORMATS[kind]]) as opened:
                _check_size(opened)
                picture = _upright(opened)
        except (DecompressionBombError, DecompressionBombWarning) as error:
            raise _too_many_pixels() from error
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError, IndexError) as error:
            raise Refused(
                Text("This picture cannot be read: it is damaged or was cut off. Please save it anew.")
            ) from error
    sizes = {size: _encoded(picture, size.pixels) for size in Size}
    return CleanPhoto(picture.width, picture.height, sizes)


def _check_size(opened: Image.Image) -> None:
    if opened.width * opened.height > MOST_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> Refused:
    most = {"most": MOST_PIXELS // 1_000_000}
    return Refused(
        Text("This picture is too large: at most %(most)s million pixels. Please make it smaller first.", most)
    )


def _upright(opened: Image.Image) -> Image.Image:
    """The pixels as a person sees them: turned upright, in sRGB, on white where they were transparent."""
    profile = opened.info.get("icc_profile")
    opened.draft("RGB", (Size.LARGE.pixels * 2, Size.LARGE.pixels * 2))  # a JPEG need not be decoded larger than that
    turned = ImageOps.exif_transpose(opened)
    turned.thumbnail((Size.LARGE.pixels * 2, Size.LARGE.pixels * 2))
    if profile and turned.mode in {"RGB", "CMYK", "L"}:
        turned = _in_srgb(turned, profile)
    if turned.mode in {"RGBA", "LA", "PA"} or "transparency" in turned.info:
        layered = turned.convert("RGBA")
        ground = Image.new("RGBA", layered.size, "white")
        turned = Image.alpha_composite(ground, layered)
    flat = turned.convert("RGB")
    bare = Image.new("RGB", flat.size)  # a new picture: nothing but pixels goes over
    bare.paste(flat)
    return bare


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """With the colours of its own profile; a profile that cannot be read is left out."""
    try:
        changed = ImageCms.profileToProfile(picture, ImageCms.ImageCmsProfile(BytesIO(profile)), SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, TypeError):
        return picture
    return changed or picture


def _encoded(picture: Image.Image, longest: int) -> bytes:
    copy = picture.copy()
    copy.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    out = BytesIO()
    copy.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()
