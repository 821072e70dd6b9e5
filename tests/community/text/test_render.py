"""GFM in, safe HTML out."""

import pytest

from community.text.limits import TooLong
from community.text.render import render

OUTSIDE = 'rel="nofollow ugc noreferrer"'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("plain", "<p>plain</p>\n"),
        ("two\nlines", "<p>two<br>\nlines</p>\n"),
        ("# Top", "<h3>Top</h3>\n"),
        ("###### Low", "<h6>Low</h6>\n"),
        ("~~gone~~ *so* **it** `goes`", "<p><s>gone</s> <em>so</em> <strong>it</strong> <code>goes</code></p>\n"),
        ("ask <server-name>", "<p>ask &lt;server-name&gt;</p>\n"),
        ("[in](/groups/)", '<p><a href="/groups/">in</a></p>\n'),
        ("[out](https://a.example/)", f'<p><a href="https://a.example/" {OUTSIDE}>out</a></p>\n'),
        ("[sly](//a.example/)", f'<p><a href="//a.example/" {OUTSIDE}>sly</a></p>\n'),
        ("[sly](/\\a.example/)", '<p><a href="/%5Ca.example/">sly</a></p>\n'),
        ("see https://a.example/b.", f'<p>see <a href="https://a.example/b" {OUTSIDE}>https://a.example/b</a>.</p>\n'),
        ("www.a.example/b", f'<p><a href="https://www.a.example/b" {OUTSIDE}>www.a.example/b</a></p>\n'),
        (
            "(see http://a.example/b_(c))",
            f'<p>(see <a href="http://a.example/b_(c)" {OUTSIDE}>http://a.example/b_(c)</a>)</p>\n',
        ),
        ("readme.md http:// www. x://y", "<p>readme.md http:// www. x://y</p>\n"),
        ("a@b.example", f'<p><a href="mailto:a@b.example" {OUTSIDE}>a@b.example</a></p>\n'),
        ("![us](/media/us.png)", '<p><img src="/media/us.png" alt="us" loading="lazy" decoding="async"></p>\n'),
        ("![you](https://a.example/t.png)", f'<p><a href="https://a.example/t.png" {OUTSIDE}>you</a></p>\n'),
        (
            "[![you](https://a.example/t.png)](https://b.example)",
            f'<p><a href="https://b.example" {OUTSIDE}>you</a></p>\n',
        ),
        (
            "- [x] a\n- [ ] b",
            (
                '<ul class="contains-task-list">\n'
                '<li class="task-list-item"><input type="checkbox" disabled="" checked="" aria-label="done"> a</li>\n'
                '<li class="task-list-item"><input type="checkbox" disabled="" aria-label="to do"> b</li>\n</ul>\n'
            ),
        ),
        (
            "|a|b|\n|-|-:|\n|1|2|",
            (
                '<table>\n<thead>\n<tr>\n<th>a</th>\n<th class="align-right">b</th>\n</tr>\n'
                '</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td class="align-right">2</td>\n</tr>\n</tbody>\n</table>\n'
            ),
        ),
        (
            "```python\nprint(1)\n```",
            (
                '<pre><code class="language-python"><span class="nb">print</span><span class="p">(</span>'
                '<span class="mi">1</span><span class="p">)</span>\n</code></pre>\n'
            ),
        ),
        ("```nonsense\n<b>\n```", '<pre><code class="language-nonsense">&lt;b&gt;\n</code></pre>\n'),
    ],
)
def test_full(source: str, html: str) -> None:
    assert render(source).html == html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("# no heading", "<p># no heading</p>\n"),
        ("|a|b|\n|-|-|\n|1|2|", "<p>|a|b|<br>\n|-|-|<br>\n|1|2|</p>\n"),
        ("![p](/media/x.png)", '<p>!<a href="/media/x.png">p</a></p>\n'),
        ("> quoted\n\n- one", "<blockquote>\n<p>quoted</p>\n</blockquote>\n<ul>\n<li>one</li>\n</ul>\n"),
        (
            "`x` **y** https://a.example",
            f'<p><code>x</code> <strong>y</strong> <a href="https://a.example" {OUTSIDE}>https://a.example</a></p>\n',
        ),
    ],
)
def test_line(source: str, html: str) -> None:
    assert render(source, flavour="line").html == html


def test_footnotes_of_two_texts_do_not_meet() -> None:
    one, two = render("a[^1]\n\n[^1]: b").html, render("c[^1]\n\n[^1]: d").html
    anchors = {html.split('href="')[1].split('"')[0] for html in (one, two)}
    assert len(anchors) == 2
    for html in (one, two):
        assert html.split('href="#')[1].split('"')[0] in html.split("<section")[1]


def test_too_long_is_refused_in_words() -> None:
    assert render("a" * 60_000).html == f"<p>{'a' * 60_000}</p>\n"
    with pytest.raises(TooLong, match="too long by about 1,000 characters"):
        render("a" * 60_001)


@pytest.mark.parametrize(
    ("source", "excerpt"),
    [
        ("# Hello\n\nsome *text* and `code`", "Hello some text and code"),
        ("> she said\n\nI answer", "I answer"),
        ("> only quoted", "only quoted"),
        ("```\nls -l\n```", "ls -l"),
        ("<b>bold</b> & more", "<b>bold</b> & more"),
        ("ask @nobody", "ask @nobody"),
        ("word " * 100, ("word " * 59).strip() + "…"),
        ("", ""),
    ],
)
@pytest.mark.django_db
def test_excerpt(source: str, excerpt: str) -> None:
    assert render(source).excerpt == excerpt


KEY = "a" * 32


@pytest.mark.parametrize(
    ("address", "is_shown"),
    [
        (f"/chat/pictures/{KEY}?w=60&h=40", True),
        (f"/chat/pictures/{KEY}", False),
        (f"/chat/pictures/{KEY}?w=60000&h=40", False),
        (f"/chat/pictures/{KEY}?w=60&h=40&x=1", False),
        (f"//elsewhere.example/chat/pictures/{KEY}?w=60&h=40", False),
        (f"https://elsewhere.example/chat/pictures/{KEY}?w=60&h=40", False),
    ],
)
def test_the_picture_of_a_cited_message_shows_with_its_size(address: str, is_shown: bool) -> None:
    rendered = render(f"> ![A box]({address})")
    assert ('alt="A box" width="60" height="40" loading="lazy"' in rendered.html) is is_shown
    assert ("<img" in rendered.html, rendered.picture_count) == (is_shown, 0)
