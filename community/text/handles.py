"""What a handle may be, and how the eye reads it (`docs/decisions/0013-handles.md`)."""

import hashlib
import unicodedata
from functools import cache

from confusable_homoglyphs import categories, confusables

SHORTEST, LONGEST = 2, 30
MARKS = "_.-"
FALLBACK = "newcomer"
"""The handle of whoever has a name we can make none from."""

RESERVED = frozenset(
    """
    admin administrator all anonymous anyone api everyone group groups help here host info login logout mail me
    member members moderator moderators news nobody none null organiser organisers owner pilot pilotlight
    pilot-light pilot_light postmaster root security settings staff support system team undefined webmaster you
    """.split(),  # noqa: SIM905  (a list of words reads better as words)
)
"""Words that would pass for the site, for a role, or for everyone."""

TOGETHER = (
    {"LATIN"},
    {"LATIN", "HAN", "HIRAGANA", "KATAKANA"},
    {"LATIN", "HAN", "BOPOMOFO"},
    {"LATIN", "HAN", "HANGUL"},
)
"""Scripts that people do write together (Unicode TR39 §5.2, "highly restrictive"); any one alone is fine."""


def tidy(text: str) -> str:
    """The form a handle is kept in: small letters, one way of writing each sign, no "@" before it."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text.strip().removeprefix("@")).lower())


def key(handle: str) -> str:
    """The handle as the eye reads it (TR39 §4): two that look alike share it; at most 60 characters."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", handle).casefold())
    prototypes = "".join(_prototypes().get(sign, sign) for sign in plain)
    seen = unicodedata.normalize("NFC", prototypes.casefold())
    return seen if len(seen) <= 60 else seen[:28] + hashlib.sha256(seen.encode()).hexdigest()[:32]  # noqa: PLR2004


def leading(text: str) -> str:
    """The longest start of `text` that can be a handle; "" when there is none or it runs on too long."""
    length = next((i for i, sign in enumerate(text) if not _may_stand(sign)), len(text))
    found = text[:length].rstrip(".-")
    return found if SHORTEST <= len(found) <= LONGEST else ""


def problem(handle: str) -> str:
    """Why this (tidied) handle cannot be taken by anyone, in words for people; "" when it can."""
    if not SHORTEST <= len(handle) <= LONGEST:
        return f"A handle has {SHORTEST} to {LONGEST} letters or digits; this one has {len(handle)}."
    odd = next((sign for sign in handle if not _may_stand(sign)), "")
    if odd:
        shown = "a space" if odd.isspace() else f"“{odd}”"
        return f"A handle has letters, digits and {' '.join(MARKS)} only; {shown} cannot be in it."
    if not (_is_letter(handle[0]) and (_is_letter(handle[-1]) or _is_accent(handle[-1]))):
        return "A handle begins and ends with a letter or a digit."
    mixed = scripts(handle)
    if len(mixed) > 1 and not any(mixed <= together for together in TOGETHER):
        names = " and ".join(sorted(name.replace("_", " ").title() for name in mixed))
        return f"This handle mixes {names} letters and could imitate somebody else. Please keep to one alphabet."
    if is_reserved(handle):
        return f"“{handle}” could be taken for the site itself. Please choose another handle."
    return ""


def is_reserved(handle: str) -> bool:
    """A word, or the look-alike of one, that no member may carry."""
    return key(handle) in _reserved_keys() or handle.startswith("former-")


def scripts(handle: str) -> set[str]:
    """The alphabets the letters come from, as Unicode names them."""
    return categories.unique_aliases(handle) - {"COMMON", "INHERITED"}


def suggest(name: str) -> str:
    """A handle made from a person's name, "newcomer" when nothing in it can be used."""
    signs = (sign if _may_stand(sign) else " " for sign in tidy(name))
    words = [word.strip(MARKS) for word in "".join(signs).split()]
    words = [word for word in words if word]
    for candidate in ("-".join(words), *words):
        cut = candidate[: LONGEST - 4].strip(MARKS)
        if not problem(cut):
            return cut
    return FALLBACK


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign) in {"Ll", "Lo", "Lm", "Nd"}


def _is_accent(sign: str) -> bool:
    return unicodedata.category(sign) in {"Mn", "Mc"}


def _may_stand(sign: str) -> bool:
    return sign in MARKS or _is_letter(sign.lower()[:1]) or _is_accent(sign)


@cache
def _reserved_keys() -> frozenset[str]:
    return frozenset(key(word) for word in RESERVED)


@cache
def _prototypes() -> dict[str, str]:
    """Each sign → the one it is drawn like. The data lists pairs; the sign with most partners is the prototype."""
    partners = {sign: [p["c"].strip("\u200e") for p in pairs] for sign, pairs in confusables.confusables_data.items()}
    weight = {sign: len(others) for sign, others in partners.items()}
    table = {}
    for sign, others in partners.items():
        if len(sign) == 1:
            best = min(others, key=lambda other: (-weight.get(other, 0), -len(other), other))
            if _outweighs(best, sign, weight):
                table[sign] = best
    return table


def _outweighs(other: str, sign: str, weight: dict[str, int]) -> bool:
    mine, its = weight[sign], weight.get(other, 0)
    return (its, len(other), sign) > (mine, 1, other)
