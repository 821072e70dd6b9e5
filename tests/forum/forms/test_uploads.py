"""Which file of a Discourse forum a post shows."""

import hashlib
from pathlib import Path

import pytest

from forum.actions.enclosing import Missing
from forum.forms.past.hypertext import to_markdown
from forum.forms.past.uploads import DIGITS, Uploads

SHA1 = hashlib.sha1(b"one", usedforsecurity=False).hexdigest()


def short(sha1: str) -> str:
    """As Discourse writes it: base 62."""
    number, written = int(sha1, 16), ""
    while number:
        number, digit = divmod(number, 62)
        written = DIGITS[digit] + written
    return written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, held in (
        (f"default/original/2X/f/{SHA1}.png", "one"),
        ("default/12/plan.jpg", "twelve"),
        ("default/13/plan.jpg", "thirteen"),
    ):
        path = tmp_path / "uploads" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(held)
    (tmp_path / "secret.png").write_text("not yours")
    (tmp_path / "uploads/default/link.png").symlink_to(tmp_path / "secret.png")
    return tmp_path / "uploads"


def shown(folder, body):
    found = []
    for came in Uploads(folder).pictures(body):
        try:
            with came.open() as (file, size):
                held = file.read().decode()
                assert size == len(held)
        except Missing as error:
            held = f"({error})"
        found.append((came.name, came.words, held))
    return found


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"![The rack|690x388](upload://{short(SHA1)}.png)", (f"{short(SHA1)}.png", "The rack", "one")),
        (f"![](/uploads/default/original/2X/f/{SHA1}.png)", (f"{SHA1}.png", "", "one")),
        (f"![a](//x.example/uploads/default/optimized/2X/f/{SHA1}_2_690x388.png)", (..., "a", "one")),
        (f'<img alt="b" src="https://x.example/uploads/default/original/2X/f/{SHA1}.png" width=9>', (..., "b", "one")),
        ("![p](/uploads/default/13/plan.jpg)", ("plan.jpg", "p", "thirteen")),
        ("![p](/uploads/default/12/plan.jpg)", ("plan.jpg", "p", "twelve")),
        ("![p](upload://zzz.png)", ("zzz.png", "p", "(it is not in the folder of uploads)")),
        ("![p](/uploads/../secret.png)", ("secret.png", "p", "(it is not in the folder of uploads)")),
        ("![p](/uploads/default/link.png)", ("link.png", "p", "(it is not in the folder of uploads)")),
    ],
)
def test_a_picture_is_found_by_what_the_post_calls_it(folder, body, expected):
    ((name, words, held),) = shown(folder, f"See\n\n{body}\n\nand {body} again")
    assert (... if expected[0] is ... else name, words, held) == expected


def test_without_a_folder_it_is_missing_and_pictures_of_elsewhere_are_none(folder):
    assert shown(None, "![p](upload://zzz.png)") == [("zzz.png", "p", "(there is no folder of uploads)")]
    assert shown(folder, "![x](https://pictures.example/x.png) [file|attachment](upload://zzz.pdf)") == []


def test_in_rendered_text_too():
    html = (
        '<p>Look <img src="/images/emoji/tea.png" class="emoji" alt=":tea:"></p>'
        '<div class="lightbox-wrapper"><a class="lightbox" href="/uploads/big.png"><img src="/uploads/a.png" alt="Rack">'
        '<div class="meta"><span class="filename">1920×1080 200 KB</span></div></a></div>'
        '<p>After <a href="https://x.example/">this</a></p>'
    )
    assert to_markdown(html) == "Look :tea:\n\n![Rack](/uploads/a.png)\n\nAfter [this](https://x.example/)"
