"""Texts that no person writes: refused when too long, shown as typed when only made to keep us busy."""

from html import escape

from community.text import MAX_BYTES

MAX_BRACKETS = 4_000
MAX_TABLE_CELLS = 20_000
MAX_FOLDS = 200


class TooLong(ValueError):  # noqa: N818  (it says what is wrong)
    """The text is longer than we keep; the words are for the one who wrote it."""

    def __init__(self, size: int) -> None:
        """Say by how much."""
        over = (size - MAX_BYTES + 999) // 1000
        super().__init__(f"This text is too long by about {over},000 characters. Please split it in two.")


def check_size(source: str) -> None:
    """Raise `TooLong` beyond 60 kB."""
    size = len(source.encode("utf-8", "replace"))
    if size > MAX_BYTES:
        raise TooLong(size)


def is_crowded(source: str) -> bool:
    """Brackets, folds or table cells by the thousand: cheap to send, dear to parse."""
    if source.count("[") > MAX_BRACKETS or source.count(":::") > MAX_FOLDS:
        return True
    rows = [line.count("|") for line in source.splitlines() if "|" in line]
    return bool(rows) and max(rows) * len(rows) > MAX_TABLE_CELLS


def as_typed(source: str) -> str:
    """The text without any formatting, as HTML."""
    return f"<pre>{escape(source, quote=False)}</pre>\n"
