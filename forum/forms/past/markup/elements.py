"""HTML and small marks that Discourse allows among Markdown: Markdown where there is such, else their words."""

import re

AROUND = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~", "strike": "~~", "kbd": "`"}
BARE = ("u", "ins", "big", "small", "sub", "sup", "mark", "span", "font", "center", "left", "right", "size", "color")
APART = ("div", "p", "ul", "ol", "section", "article")
GRID = "grid"

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_DETAILS = re.compile(r"<details\b[^<>]*>\s*<summary\b[^<>]*>(.{0,300}?)</summary>", re.IGNORECASE | re.DOTALL)
_LINK = re.compile(r"<a\b[^<>]*?\bhref=[\"']?([^\s\"'<>]+)[\"']?[^<>]*>([^<\n]{0,500})</a>", re.IGNORECASE)
_PICTURE = re.compile(r"<img\b[^<>]*?\bsrc=[\"']?(https?://(?![^\s\"'<>]*/uploads/)[^\s\"'<>]+)[^<>]*>", re.IGNORECASE)
_ALT = re.compile(r"\balt=[\"']([^\"'\n]*)")
_ELEMENT = re.compile(r"<(?P<ends>/?)(?P<name>[a-z][a-z0-9]{0,12})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_AROUND = re.compile(r"\[(b|i|s)\]([ \t]*)([^\n]{1,2000}?)([ \t]*)\[/\1\]", re.IGNORECASE)
_BARE = re.compile(rf"\[/?(?:{'|'.join((*BARE, GRID))})(?:=[^\]\n]{{0,40}})?\]", re.IGNORECASE)
_ADDRESS = re.compile(
    r"\[(?P<kind>url|email)(?:=\"?(?P<to>[^\]\"\s]{1,500})\"?)?\]"
    r"(?P<words>[^\[\]\n]{0,500})\[/(?P=kind)\]",
    re.IGNORECASE,
)
_IMAGE = re.compile(r"\[img(?:=[^\]\n]{0,20})?\]\s*(\S{1,500}?)\s*\[/img\]", re.IGNORECASE)


def plainly(text: str) -> str:
    """A piece without code, in Markdown; what has no name here stays as typed."""
    text = _COMMENT.sub("", text)
    if "<" in text:
        text = _DETAILS.sub(_folded, text)
        text = _LINK.sub(r"[\2](\1)", text)
        text = _PICTURE.sub(_pictured, text)
        text = _ELEMENT.sub(_element, text)
    if "[" in text:
        text = _ADDRESS.sub(_addressed, _IMAGE.sub(r"![](\1)", text))
        text = _BARE.sub("", _around(_around(text)))
    return text


def _around(text: str) -> str:
    return _AROUND.sub(lambda m: f"{m[2]}{AROUND[m[1].lower()]}{m[3]}{AROUND[m[1].lower()]}{m[4]}", text)


def _folded(match: re.Match[str]) -> str:
    title = " ".join(_ELEMENT.sub("", match[1]).replace('"', "'").split())
    return f'\n[details="{title}"]\n'


def _pictured(match: re.Match[str]) -> str:
    words = _ALT.search(match[0])
    return f"![{words[1] if words else ''}]({match[1]})"


def _addressed(match: re.Match[str]) -> str:
    to = match["to"] or match["words"].strip()
    if match["kind"].lower() == "email" and not to.lower().startswith("mailto:"):
        to = f"mailto:{to}"
    return f"[{match['words'].strip() or to}]({to})"


def _element(match: re.Match[str]) -> str:
    name, is_end = match["name"].lower(), bool(match["ends"])
    if name in AROUND:
        return AROUND[name]
    if name == "blockquote":
        return "\n[/quote]\n" if is_end else "\n[quote]\n"
    if name == "details":
        return "\n[/details]\n" if is_end else "\n[details]\n"
    said = {"br": "\n", "hr": "\n\n---\n\n", "li": "" if is_end else "\n- "}
    said |= dict.fromkeys(BARE, "") | dict.fromkeys(APART, "\n")
    return said.get(name, match[0])
