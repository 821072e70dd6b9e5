"""What a tag may be called: a word or two that also stands in an address, and never looks like another tag."""

import unicodedata

from community.text import handles

MOST = 5
"""Tags of one topic."""
SHORTEST, LONGEST = 2, 30
MARKS = "-+.#"
"""Besides letters and digits: cash-flow, c++, .net, c#."""


def tidy(typed: str) -> str:
    """The form a tag is kept in: small letters, hyphens for spaces, one way of writing each sign."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", typed).lower())
    return "-".join(plain.replace("_", " ").replace("-", " ").split())


def key(name: str) -> str:
    """The tag as the eye reads it; "cashflow" and "cash-flow" are one."""
    return handles.key(name.replace("-", ""))


def problem(name: str) -> str:
    """Why this (tidied) name cannot be a tag, in words for people; "" when it can."""
    if not SHORTEST <= len(name) <= LONGEST:
        return f"A tag has {SHORTEST} to {LONGEST} letters; “{name[:40]}” has {len(name)}."
    odd = next((sign for sign in name if not _may_stand(sign)), "")
    if odd:
        return f"A tag has letters, digits and {' '.join(MARKS)}; “{odd}” cannot be in it."
    if not any(unicodedata.category(sign)[0] in "LN" for sign in name):
        return f"“{name}” has no letter in it."
    mixed = handles.scripts(name)
    if len(mixed) > 1 and not any(mixed <= together for together in handles.TOGETHER):
        return f"“{name}” mixes alphabets and could look like another tag. Please keep to one."
    return ""


def split(typed: str) -> list[str]:
    """The tags in a line of them, tidied, in order, each once."""
    found: dict[str, str] = {}
    for each in typed.replace("،", ",").replace("、", ",").replace(";", ",").split(","):
        if name := tidy(each.strip().removeprefix("#")):
            found.setdefault(key(name), name)
    return list(found.values())


def _may_stand(sign: str) -> bool:
    return sign in MARKS or unicodedata.category(sign) in {"Ll", "Lo", "Lm", "Nd", "Mn", "Mc"}
