"""Names as people type them, made comparable."""

import re
from unicodedata import normalize

_BESIDE = re.compile(r"[(\[]([^)\]]*)[)\]]")
_BETWEEN = re.compile(r"[,;/&]| and | of | from | at |@", re.IGNORECASE)


def folded(name: str) -> str:
    """Without what does not tell names apart: case, width, spaces."""
    return " ".join(normalize("NFKC", name).casefold().split())


def in_it(typed: str) -> set[str]:
    """All names that what was typed of a speaker may hold, folded: "Ann  Lee (Acme)" holds "ann lee" and "acme"."""
    bare = _BESIDE.sub(" ", typed)
    found = {typed, bare, *_BESIDE.findall(typed), *_BETWEEN.split(bare)}
    return {folded(each) for each in found} - {""}
