"""Small things in a line: people who are called, signs, sizes of pictures, files that were sent along."""

import re

from forum.forms.past.markup.known import Reading

SIGNS = {
    "money_mouth": "money_mouth_face",
    "rolling_eyes": "roll_eyes",
    "simple_smile": "slightly_smiling_face",
    "slight_frown": "slightly_frowning_face",
    "slight_smile": "slightly_smiling_face",
    "upside_down": "upside_down_face",
    "zipper_mouth": "zipper_mouth_face",
}
"""Names that Discourse has for signs, and those that are understood here."""

_TONE = re.compile(r"(:[a-z0-9_+-]{1,40}:)t[2-6]:")
_SIGN = re.compile(rf":({'|'.join(SIGNS)}):")
_SIZE = re.compile(
    r"(!\[[^\]\n]{0,500}?)((?:\\?\|\s*(?:\d{1,5}x\d{1,5}(?:\s*,\s*\d{1,5}(?:x\d{1,5})?%?)?|thumbnail)\s*){1,3})(?=\]\()"
)
_FILE = re.compile(
    r"!?\[(?P<name>[^\]\n|\\]{0,300})\\?\|(?P<kind>attachment|video|audio)[^\]\n]{0,40}\]\((?P<to>[^)\s]{1,500})\)"
    r"(?:\s?\([\d.,]{1,12}\s?[KMGT]?i?(?:B|Bytes)\))?",
    re.IGNORECASE,
)
_CALLED = re.compile(r"(?:https?://|www\.)[^\s<>)]+|(?<![\w@/+\\-])@(?P<name>\w(?:[\w.-]*\w)?)")


def here(text: str, reading: Reading) -> str:
    """A piece without code, said as it is said here."""
    text = _SIZE.sub(r"\1", text)
    text = _FILE.sub(lambda match: _file(match, reading), text)
    text = _SIGN.sub(lambda match: f":{SIGNS[match[1]]}:", _TONE.sub(r"\1", text))
    return _CALLED.sub(lambda match: match[0] if match["name"] is None else reading.call(match["name"]), text)


def _file(match: re.Match[str], reading: Reading) -> str:
    """Where it lies elsewhere, a link; else its name, and the report says so."""
    name, to = " ".join(match["name"].split()), match["to"]
    name = name or to.rpartition("/")[2]
    if to.startswith(("http://", "https://")) and "/uploads/" not in to:
        return f"[{name}]({to})"
    reading.miss(f"its file {name}: only pictures are brought in")
    return name
