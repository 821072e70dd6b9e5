"""What people type into a search box, made harmless: words, and phrases in quotes."""

import re

MOST = 8
LONGEST = 200
_TERM = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"\w")


def terms(query: str) -> list[str]:
    """At most eight words or phrases, without anything a search engine would take for an operator."""
    text = query.replace("\x00", " ").replace("“", '"').replace("”", '"')[:LONGEST]
    found = (match[1] or match[2] or "" for match in _TERM.finditer(text))
    cleaned = (term.replace('"', " ").strip() for term in found)
    return [term for term in cleaned if _WORD.search(term)][:MOST]
