"""HTML that another forum rendered, back to Markdown: paragraphs, links, lists, quotes, code, pictures; else words."""

import re
from html.parser import HTMLParser

AROUND = {"strong": "**", "b": "**", "em": "*", "i": "*", "del": "~~", "s": "~~"}
BLOCKS = {"p", "div", "ul", "ol", "table", "tr", "aside", "section", "details", "hr"}
SILENT = {"script", "style", "svg", "head"}
_EMPTY = re.compile(r"\n{3,}")


def to_markdown(html: str) -> str:
    """Markdown that says the same; scripts and styles are left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return _EMPTY.sub("\n\n", "".join(reader.said[0])).strip()


class _Reader(HTMLParser):
    """`said` is a pile: a quote is written apart, and marked line by line when it ends."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[list[str]] = [[]]
        self.links: list[str] = []
        self.silent = 0
        self.is_code = False
        self.is_around_picture = False

    def _say(self, words: str) -> None:
        if not self.silent:
            self.said[-1].append(words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in SILENT:
            self.silent += 1
        elif tag == "blockquote":
            self.said.append([])
        elif tag == "a":
            self._link(told)
        elif tag == "img":
            self._picture(told)
        elif tag == "pre":
            self.is_code = True
            self._say("\n\n```\n")
        elif tag == "code" and not self.is_code:
            self._say("`")
        else:
            self._begin(tag)

    def _link(self, told: dict[str, str | None]) -> None:
        """Around a picture that opens larger nothing is needed, and what is said of its size below it neither.

        A name that calls somebody led to their page there: it stays a name.
        """
        kind = (told.get("class") or "").split()
        self.is_around_picture = "lightbox" in kind
        is_bare = self.is_around_picture or "mention" in kind
        self.links.append("" if is_bare else told.get("href") or "")
        self._say("[" if self.links[-1] else "")

    def _picture(self, told: dict[str, str | None]) -> None:
        """A sign is its word; a picture that was sent there stays one, for whoever has its bytes."""
        words, source = told.get("alt") or told.get("title") or "", told.get("src") or ""
        is_sent = "/uploads/" in source and "emoji" not in (told.get("class") or "").split()
        self._say(f"![{words}]({source})" if is_sent else words)
        self.silent += self.is_around_picture

    def _end_link(self) -> None:
        if self.is_around_picture:
            self.links.pop()
            self.silent = 0
            self.is_around_picture = False
        elif link := self.links.pop():
            self._say(f"]({link})")

    def _begin(self, tag: str) -> None:
        if tag in AROUND:
            self._say(AROUND[tag])
        elif tag == "br":
            self._say("  \n")
        elif tag == "li":
            self._say("\n- ")
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():  # noqa: PLR2004
            self._say(f"\n\n{'#' * int(tag[1])} ")
        elif tag in BLOCKS:
            self._say("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(self.silent - 1, 0)
        elif tag == "blockquote" and len(self.said) > 1:
            inner = _EMPTY.sub("\n\n", "".join(self.said.pop())).strip()
            self._say("\n\n" + "\n".join(f"> {line}".rstrip() for line in inner.split("\n")) + "\n\n")
        elif tag == "a" and self.links:
            self._end_link()
        elif tag == "pre":
            self.is_code = False
            self._say("\n```\n\n")
        elif tag == "code" and not self.is_code:
            self._say("`")
        elif tag in AROUND:
            self._say(AROUND[tag])
        elif tag in BLOCKS:
            self._say("\n\n")

    def handle_data(self, data: str) -> None:
        self._say(data if self.is_code else re.sub(r"\s+", " ", data))

    def close(self) -> None:
        """Quotes that were never closed end here."""
        super().close()
        while len(self.said) > 1:
            self.handle_endtag("blockquote")
