"""Names as people type them: without accents, capitals or punctuation."""

import re
import unicodedata

APART = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "\u0131": "i"},
)
APOSTROPHE = re.compile(r"['`\u2019]")
SAINT = re.compile(r"\b(saint|sainte|sankt|st|ste)\b")
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})  # codespell:ignore ue
NOT_A_LETTER = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """One key for all the ways to write a name: "St. Gallen" and "SANKT GALLEN", "Zürich" and "Zurich"."""
    plain = APOSTROPHE.sub("", text.casefold().translate(APART))
    letters = "".join(each for each in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(each))
    spaced = NOT_A_LETTER.sub(" ", letters).strip()
    return SAINT.sub("st", spaced)


def german(text: str) -> str:
    """The key of a name typed without umlauts: "Koeln", "Zuerich"."""
    return fold(unicodedata.normalize("NFC", text).casefold().translate(UMLAUTS))
