"""Pictures that members send, made safe: known by their content, decoded, drawn anew without what cameras write in."""

from io import BytesIO
from typing import BinaryIO

from django.core.files.base import ContentFile
from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP")


class Unusable(Exception):  # noqa: N818  (it says the outcome)
    """The picture cannot be taken; the words are for the one who sent it."""


def redrawn(file: BinaryIO, *, name: str, size: int, longest: int = 2048, square: bool = False) -> ContentFile:
    """The picture as WebP of at most `longest` pixels a side, upright, without EXIF; `square` cuts to the middle.

    `size` is the number of bytes sent. Raises `Unusable`.
    """
    if size > MAX_BYTES:
        raise Unusable(f"This picture has {size / 1024 / 1024:.0f} MB. We take up to 8 MB.")
    image = _opened(file)
    if square:
        image = ImageOps.fit(image, (longest, longest))
    else:
        image.thumbnail((longest, longest))
    out = BytesIO()
    image.save(out, "WEBP", quality=85)
    return ContentFile(out.getvalue(), name=f"{name}.webp")


def _opened(file: BinaryIO) -> Image.Image:
    try:
        sent = Image.open(file, formats=FORMATS)
        width, height = sent.size  # known from the head, before anything is decoded
        if width * height > MAX_PIXELS:
            raise Unusable(f"This picture has {width * height // 1_000_000} megapixels. We take up to 40.")
        sent.load()
        upright = ImageOps.exif_transpose(sent)
        return upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except Image.DecompressionBombError as error:
        raise Unusable("This picture has too many pixels. We take up to 40 megapixels.") from error
    except UnidentifiedImageError as error:
        if _is_drawing(file):
            raise Unusable("This is an SVG drawing, which can carry programs. Save it as PNG and send that.") from error
        raise Unusable("We take JPEG, PNG and WebP pictures; this is none of them.") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise Unusable("This picture is damaged: it cannot be opened.") from error


def _is_drawing(file: BinaryIO) -> bool:
    file.seek(0)
    return b"<svg" in file.read(4096).lower()
