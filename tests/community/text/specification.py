"""The examples of the CommonMark and GFM specifications, read from the archive that `make setup-dev` puts into `var/`."""

import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "var/specification"
_PARTS = re.compile(r"^`{32} example ?(.*)\n([\s\S]*?)^\.\n([\s\S]*?)^`{32}$", re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """A text, what the book makes of it, and the number it has there; `extension` is empty for plain CommonMark."""

    number: int
    extension: str
    text: str
    html: str


@cache
def book(name: str) -> str:
    """The text of a specification, `commonmark` or `gfm`."""
    archives = sorted(FOLDER.glob("marko-*.tar.gz"))
    if len(archives) != 1:
        raise FileNotFoundError(f"There should be one archive in {FOLDER}: run `make setup-dev`.")
    with tarfile.open(archives[0]) as archive:
        inside = archives[0].name.removesuffix(".tar.gz")
        file = archive.extractfile(f"{inside}/tests/spec/{name}.txt")
        assert file
        return file.read().decode()


def examples(name: str) -> Iterator[Example]:
    """All examples of a specification, in its order; an arrow stands for a tab."""
    for number, found in enumerate(_PARTS.finditer(book(name)), 1):
        extension, text, html = found.groups()
        yield Example(number, extension, text.replace("→", "\t"), html.replace("→", "\t"))
