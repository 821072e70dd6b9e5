"""Pictures from members: by content, within bounds, without what cameras write in."""

from io import BytesIO
from struct import pack
from zlib import compress, crc32

import pytest
from PIL import Image

from assets import pictures


def sent(form: str = "JPEG", size: tuple[int, int] = (60, 40), **options: object) -> BytesIO:
    out = BytesIO()
    Image.new("RGB", size, "red").save(out, form, **options)
    out.seek(0)
    return out


def drawn(file: BytesIO, **options: object) -> Image.Image:
    return Image.open(pictures.redrawn(file, name="x", size=len(file.getvalue()), **options))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_known_by_content(form: str) -> None:
    image = drawn(sent(form))
    assert (image.format, image.size) == ("WEBP", (60, 40))


def test_square_and_small() -> None:
    assert drawn(sent(size=(300, 200)), longest=64, square=True).size == (64, 64)
    assert drawn(sent(size=(300, 200)), longest=150).size == (150, 100)


def test_what_the_camera_wrote_is_gone_and_the_picture_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[1] = "N"
    image = drawn(sent(exif=exif))
    assert image.size == (40, 60)
    assert not image.getexif()
    assert "exif" not in image.info


def huge_png(width: int, height: int) -> BytesIO:
    """Says it is huge, and is 100 bytes long."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", crc32(kind + data))

    head = pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", compress(b"")) + chunk(b"IEND", b""))


@pytest.mark.parametrize(
    ("file", "size", "says"),
    [
        (BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), 60, "SVG drawing"),
        (BytesIO(b"GIF89a" + b"\0" * 50), 60, "none of them"),
        (BytesIO(b""), 0, "none of them"),
        (BytesIO(sent().getvalue()[:200]), 200, "damaged|none of them"),
        (huge_png(8000, 6000), 100, "48 megapixels"),
        (huge_png(20_000, 10_000), 100, "too many pixels|200 megapixels"),
        (sent(), 9 * 1024 * 1024, "9 MB"),
    ],
)
def test_refused_in_words(file: BytesIO, size: int, says: str) -> None:
    with pytest.raises(pictures.Unusable, match=says):
        pictures.redrawn(file, name="x", size=size)
