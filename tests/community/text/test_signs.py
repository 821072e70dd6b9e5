"""Signs by name, links to places, folded text."""

import pytest

from community.text.render import render

PLACES = {"security": ("/forum/c/security/", "Security & more")}
LINK = '<a class="place" href="/forum/c/security/">#Security &amp; more</a>'


def known(slugs: list[str]) -> dict[str, tuple[str, str]]:
    return {slug: PLACES[slug] for slug in slugs if slug in PLACES}


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("put the :tea: on", "<p>put the 🍵 on</p>\n"),
        (":+1: :thumbsup: :no-such-sign:", "<p>👍 👍 :no-such-sign:</p>\n"),
        ("10:30:45 `:tea:` \\:tea: https://a.example/:tea:", None),
        ("ask in #security, please", f"<p>ask in {LINK}, please</p>\n"),
        ("(#security)", f"<p>({LINK})</p>\n"),
        ("#nowhere #1 a#security ##security \\#security `#security`", None),
        ("[see #security](/groups/)", '<p><a href="/groups/">see #security</a></p>\n'),
        ("/#security &#35;security", "<p>/#security #security</p>\n"),
    ],
)
def test_rule(source: str, html: str | None) -> None:
    shown = render(source, places=known).html
    if html is None:
        assert "🍵" not in shown
        assert 'class="place"' not in shown
    else:
        assert shown == html


def test_places_are_one_question_of_at_most_fifty() -> None:
    asked: list[list[str]] = []

    def find(slugs: list[str]) -> dict[str, tuple[str, str]]:
        asked.append(slugs)
        return known(slugs)

    render(" ".join(f"#place-{n} #place-{n}" for n in range(2_000)), places=find)
    assert asked == [[f"place-{n}" for n in range(50)]]
    render("nothing named `#security`", places=find)
    assert len(asked) == 1


def test_a_fold_is_a_native_details() -> None:
    assert render("::: spoiler The <end>\nHe *did* it.\n:::\n\nWell.").html == (
        '<details class="spoiler"><summary>The &lt;end&gt;</summary>\n<p>He <em>did</em> it.</p>\n</details>\n<p>Well.</p>\n'
    )
    assert "<summary>Show what is folded away</summary>" in render("::: spoiler\nx\n:::").html
    assert render("::: other\nx\n:::").html == "<p>::: other<br>\nx<br>\n:::</p>\n"


@pytest.mark.parametrize("source", ["::: spoiler\nHe did it.\n:::", "::: spoiler\n```\nHe did it.\n```\n:::"])
def test_what_is_folded_away_is_in_no_excerpt(source: str) -> None:
    assert render(source).excerpt == ""
    assert render(f"Read on.\n\n{source}").excerpt == "Read on."
