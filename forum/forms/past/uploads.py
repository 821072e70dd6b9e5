"""Pictures of a Discourse forum: named in its posts by the SHA-1 of their bytes, kept in the folder of its uploads."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from forum.actions.enclosing import Came, Missing

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""In which Discourse writes a SHA-1 in `upload://` (base 62)."""
_ADDRESS = r"(?:upload://|(?:(?:https?:)?//[^/\s)\"'<>]+)?/uploads/)[^\s)\"'<>]+"
_SHOWN = re.compile(
    rf"!\[(?P<words>[^\]\n]*)\]\(\s*<?(?P<in_brackets>{_ADDRESS})>?(?:\s+\"[^\"\n]*\")?\s*\)"
    rf"|<img\b[^>\n]*?\bsrc=[\"']?(?P<in_tag>{_ADDRESS})[\"']?[^>\n]*>"
)
_WORDS = re.compile(r"\balt=[\"']([^\"'\n]*)")
_SMALLER = re.compile(r"([0-9a-f]{40})(?:_\d+)?(?:_\d+x\d+)?")


class Uploads:
    """The files below a folder, found by what posts call them; none without a folder, and no symbolic links."""

    def __init__(self, folder: Path | None) -> None:
        """Read the names, no file."""
        self.has_folder = folder is not None
        self._files: dict[str, list[Path]] = {}
        for place, _, names in os.walk(folder) if folder else ():
            for name in names:
                path = Path(place, name)
                if not path.is_symlink():
                    self._files.setdefault(name.lower(), []).append(path)
                    self._files.setdefault(path.stem.lower(), []).append(path)

    def pictures(self, body: str) -> Iterator[Came]:
        """Those that a text shows, each once."""
        seen = set()
        for shown in _SHOWN.finditer(body):
            if (mark := shown[0]) in seen:
                continue
            seen.add(mark)
            alt = _WORDS.search(mark) if shown["in_tag"] else None
            words = (alt[1] if alt else shown["words"] or "").partition("|")[0]
            address = shown["in_brackets"] or shown["in_tag"]
            name = Path(unquote(urlsplit(address).path or urlsplit(address).netloc)).name
            yield Came(mark, name, words.strip(), partial(self._open, address))

    @contextmanager
    def _open(self, address: str) -> Iterator[tuple[BinaryIO, int]]:
        path = self._find(address)
        if path is None:
            raise Missing("it is not in the folder of uploads" if self.has_folder else "there is no folder of uploads")
        with path.open("rb") as file:
            yield file, path.stat().st_size

    def _find(self, address: str) -> Path | None:
        """By its whole path if there are several of that name."""
        named = urlsplit(address)
        if named.scheme == "upload":
            key = _sha1(named.netloc.partition(".")[0])
            return next(iter(self._files.get(key, [])), None)
        tail = Path(unquote(named.path))
        smaller = _SMALLER.fullmatch(tail.stem)
        found = self._files.get(tail.name.lower()) or (self._files.get(smaller[1], []) if smaller else [])
        return max(found, key=lambda path: _shared(path, tail), default=None)


def _sha1(written: str) -> str:
    """In hexadecimal digits; what is not written so stays as it is."""
    number = 0
    for digit in written:
        if digit not in DIGITS:
            return written.lower()
        number = number * len(DIGITS) + DIGITS.index(digit)
    return f"{number:040x}"


def _shared(path: Path, tail: Path) -> int:
    """How many of their last parts are the same."""
    pairs = zip(reversed(path.parts), reversed(tail.parts), strict=False)
    return next((n for n, (one, other) in enumerate(pairs) if one != other), min(len(path.parts), len(tail.parts)))
