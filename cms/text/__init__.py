"""The words of the pages a new site begins with; editors take it from there."""

from dataclasses import dataclass
from pathlib import Path

WORDS = Path(__file__).parent / "words"


@dataclass(frozen=True, slots=True)
class Words:
    """One page: where it stands, what it is called, and its text, kept as HTML in `words/<slug>.html`."""

    slug: str
    title: str
    summary: str

    def body(self, contact: str) -> str:
        """The text; `contact` is the address of those who run the site."""
        return (WORDS / f"{self.slug}.html").read_text(encoding="utf-8").replace("CONTACT", contact)


PAGES = (
    Words("about", "About", "One evening a month with people who run a business like yours; and the talk between."),
    Words("how-it-works", "How it works", "Groups, evenings, talk, and how sponsors are kept in their place."),
    Words("privacy", "Privacy", "What is kept of you here, who sees it, and how to take it away with you."),
)
