"""The design system keeps its promises: contrast, names that exist, templates that compile."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.utils import timezone

from config.templatetags import look
from forum.models import Colour
from tests.factories.community import MemberFactory

CSS = settings.BASE_DIR / "static" / "site" / "css"
TEMPLATES = settings.BASE_DIR / "templates"
PAIR = re.compile(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);")
SINGLE = re.compile(r"--([\w-]+): (#\w{6});")

TEXT = 4.5
LARGE = 3.0
# ink on ground, least contrast
PROMISES = [
    ("ink", "paper", 7.0),
    ("ink", "surface", 7.0),
    ("ink", "paper-deep", 7.0),
    ("ink-quiet", "paper", TEXT),
    ("ink-quiet", "surface", TEXT),
    ("ink-quiet", "paper-deep", TEXT),
    ("ember", "paper", TEXT),
    ("ember", "surface", TEXT),
    ("ember", "paper-deep", TEXT),
    ("ember", "ember-wash", TEXT),
    ("ember-deep", "ember-wash", TEXT),
    ("on-ember", "ember", TEXT),
    ("on-ember", "ember-deep", TEXT),
    ("ink", "ember-wash", TEXT),
    ("ink-quiet", "ember-wash", TEXT),
    ("yes", "yes-wash", TEXT),
    ("yes", "surface", TEXT),
    ("waiting", "waiting-wash", TEXT),
    ("ink", "waiting-wash", TEXT),
    ("no", "no-wash", TEXT),
    ("no", "surface", TEXT),
    ("no", "paper", TEXT),
    ("vendor", "vendor-wash", TEXT),
    ("vendor", "paper", TEXT),
    ("paper", "ink", TEXT),
    ("line-strong", "surface", LARGE),
    ("line-strong", "paper", LARGE),
]


def tokens() -> dict[str, tuple[str, str]]:
    text = (CSS / "tokens.css").read_text()
    return {name: (light, dark) for name, light, dark in PAIR.findall(text)} | {
        name: (colour, colour) for name, colour in SINGLE.findall(text)
    }


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("ink", "ground", "least"), PROMISES)
@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_the_tokens_can_be_read(ink, ground, least, theme):
    colours = tokens()

    assert contrast(colours[ink][theme], colours[ground][theme]) >= least


@pytest.mark.parametrize("face", range(look.TONES))
def test_letters_on_faces_can_be_read(face):
    colours = tokens()

    assert contrast(colours["on-face"][0], colours[f"face-{face}"][0]) >= TEXT


@pytest.mark.parametrize("colour", Colour)
def test_the_dots_of_places_stand_out(colour):
    grounds = [shade for ground in ("paper", "surface", "paper-deep") for shade in tokens()[ground]]

    assert min(contrast(colour, ground) for ground in grounds) >= LARGE


def test_every_sheet_stands_in_a_layer_and_every_sheet_is_used():
    site = (CSS / "site.css").read_text()
    imported = re.findall(r'@import url\("([^"]+)"\) layer\((\w+)\);', site)

    sheets = {str(path.relative_to(CSS)) for path in CSS.rglob("*.css")} - {"site.css"}
    assert {name for name, _ in imported} == sheets
    order = re.search(r"^@layer ([^;]+);", site, re.MULTILINE).group(1).split(", ")
    assert {layer for _, layer in imported} <= set(order)
    assert site.count("@import") == len(imported)


def test_sheets_use_only_tokens_that_exist():
    said = "".join(path.read_text() for path in (settings.BASE_DIR / "static").rglob("*.css"))
    known = set(re.findall(r"(--[\w-]+):", said))

    assert set(re.findall(r"var\((--[\w-]+)", said)) - known == set()


def test_the_vendors_purple_is_used_for_nothing_else():
    users = re.findall(r"([^{}]+)\{[^{}]*var\(--vendor", "".join(p.read_text() for p in CSS.rglob("*.css")))

    for selector in users:
        assert re.search(r"vendor|product", selector), selector


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.html"), key=str), ids=lambda p: str(p.relative_to(TEMPLATES))
)
def test_templates_compile(path):
    get_template(str(path.relative_to(TEMPLATES)))


def test_no_template_breaks_the_policy():
    """Style attributes, handlers, scripts and styles in the page are against the policy; mails and downloads are no pages."""
    bad = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(\ssrc=|application/(ld\+)?json))", re.IGNORECASE)
    pages = [path for path in TEMPLATES.rglob("*.html") if not {"email", "export"} & set(path.parts)]

    assert [str(path) for path in pages if bad.search(path.read_text())] == []


def test_mail_addresses_no_sheet_of_the_site():
    assert [path for path in TEMPLATES.rglob("email/*.html") if "site.css" in Path(path).read_text()] == []


# The filters


SUMMER = datetime(2026, 7, 7, 17, 30, tzinfo=UTC)


@pytest.fixture
def now(monkeypatch):
    """A Tuesday in July."""
    monkeypatch.setattr(timezone, "now", lambda: SUMMER)
    with timezone.override("Europe/London"):
        yield SUMMER


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 7, 7, 17, 29, 30, tzinfo=UTC), "just now"),
        (datetime(2026, 7, 7, 17, 29, tzinfo=UTC), "a minute ago"),
        (datetime(2026, 7, 7, 16, 31, tzinfo=UTC), "59 minutes ago"),
        (datetime(2026, 7, 7, 16, 30, tzinfo=UTC), "an hour ago"),
        (datetime(2026, 7, 6, 23, 0, tzinfo=UTC), "18 hours ago"),  # midnight in London
        (datetime(2026, 7, 6, 22, 59, tzinfo=UTC), "yesterday"),
        (datetime(2026, 7, 1, 12, 0, tzinfo=UTC), "on Wednesday"),
        (datetime(2026, 6, 30, 12, 0, tzinfo=UTC), "30 June"),
        (datetime(2025, 6, 30, 12, 0, tzinfo=UTC), "30 June 2025"),
    ],
)
def test_how_long_ago(now, moment, said):
    assert look.ago(moment) == said


def test_moments_are_said_on_the_clock_of_the_place(now):
    assert look.said(SUMMER, "Europe/London") == "Tuesday 7 July, 18:30"
    assert look.said(SUMMER, "Asia/Kolkata") == "Tuesday 7 July, 23:00"
    assert look.said(SUMMER.replace(year=2027), "Europe/London") == "Wednesday 7 July 2027, 18:30"


def test_the_readers_clock_stands_beside_it_only_where_it_differs(now):
    assert look.yours(SUMMER, "Europe/London") == ""
    assert look.yours(SUMMER, "Europe/Berlin") == "18:30"
    with timezone.override("Pacific/Auckland"):
        assert look.yours(SUMMER, "Europe/London") == "Wednesday 05:30"


def test_a_leaf_shows_the_day_of_the_place():
    late = datetime(2026, 12, 8, 23, 30, tzinfo=UTC)

    leaf = render_to_string("site/parts/date_leaf.html", {"at": late, "zone": "Europe/Berlin"})

    assert '<span class="leaf-day">9</span>' in leaf


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [("1200", "GBP", "£1,200"), ("99.50", "EUR", "€99.50"), ("-3", "GBP", "−3"), ("7", "CHF", "7 CHF")],
)
def test_money(amount, currency, said):
    assert look.money(Decimal(amount), currency) == said.replace("−", "−£")


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ada Lovelace", "AL"), ("@grace", "G"), ("Jean Luc van Dam", "JD"), ("ليلى حداد", "لح"), ("", "?")],
)
def test_initials(name, letters):
    assert look.initials(name) == letters


@pytest.mark.django_db
def test_whoever_left_has_no_page_to_go_to():
    member = MemberFactory(departed_at=SUMMER, is_active=False)

    face = render_to_string("site/parts/avatar.html", {"member": member, "link": True})

    assert "href" not in face


@pytest.mark.parametrize("moment", [datetime(2026, 7, 7, 9, 0, tzinfo=UTC), datetime(2020, 1, 1, 23, 30, tzinfo=UTC)])
def test_how_long_since_is_drawn_as_its_part_is(now, moment):
    part = render_to_string("site/parts/ago.html", {"at": moment}).strip()
    assert f'title="{look.said(moment)}"' in part
    assert look.since(moment) == part
