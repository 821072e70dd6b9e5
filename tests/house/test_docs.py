"""What the documents point at exists, and none grows past what is read in one sitting."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
LONGEST = {"README.md": 80, "docs/decisions": 40, "docs/explanation": 80}


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def anchors(page: Path) -> set[str]:
    """The anchors a page's headings have on a code host."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def dead(page: Path, link: str) -> bool:
    """A relative link that leads to no file, or to no heading of one."""
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.is_relative_to(ROOT) or not target.exists():
        return True
    return bool(anchor) and anchor not in anchors(target)


@pytest.mark.parametrize("document", PAGES, ids=name)
def test_links_lead_somewhere(document: Path) -> None:
    text = CODE.sub("", document.read_text(encoding="utf-8"))
    links = [link for link in LINK.findall(text) if not re.match(r"[a-z]+:", link)]
    assert [link for link in links if dead(document, link)] == []


def test_a_dead_link_is_noticed() -> None:
    readme = ROOT / "README.md"
    links = (
        "docs/nowhere.md",
        "../elsewhere.md",
        "docs/howto/deploy.md#nothing",
        "docs/howto/deploy.md#more-load",
        "docs",
    )
    assert [link for link in links if dead(readme, link)] == list(links[:3])


def test_pages_stay_short() -> None:
    lines = {name(page): len(page.read_text(encoding="utf-8").splitlines()) for page in PAGES}
    limits = {page: limit for page in lines for start, limit in LONGEST.items() if page.startswith(start)}
    assert {page: lines[page] for page, limit in limits.items() if lines[page] > limit} == {}
