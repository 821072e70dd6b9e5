"""A Discourse forum, as its export and as its public JSON write it."""

import json
from datetime import UTC, datetime

import pytest

from forum.actions.said import Problem, Said
from forum.forms.past import Unreadable, discourse
from forum.forms.past.hypertext import to_markdown

NOW = datetime(2026, 11, 1, tzinfo=UTC)
EXPORT = {
    "users": [
        {"id": 7, "username": "ada", "name": "Ada Byte", "email": "Ada@X.example"},
        {"id": 8, "username": "bo", "name": "", "email": "bo@x.example"},
    ],
    "topics": [
        {
            "id": 12,
            "title": "Which  tapes?",
            "closed": True,
            "posts": [
                {"id": 102, "user_id": 8, "post_number": 2, "raw": "LTO.", "created_at": "2019-03-02T09:00:00.000Z"},
                {
                    "id": 101,
                    "user_id": 7,
                    "post_number": 1,
                    "raw": "Tell **me**.",
                    "created_at": "2019-03-01T09:00:00.000Z",
                },
                {
                    "id": 103,
                    "user_id": 9,
                    "post_number": 4,
                    "reply_to_post_number": 2,
                    "raw": "Why?",
                    "created_at": "2019-03-03T09:00:00.000Z",
                },
                {
                    "id": 104,
                    "user_id": 7,
                    "post_number": 5,
                    "raw": "",
                    "cooked": "",
                    "created_at": "2019-03-03T09:00:00.000Z",
                },
                {
                    "id": 105,
                    "user_id": 7,
                    "post_number": 6,
                    "raw": "x",
                    "hidden": True,
                    "created_at": "2019-03-03T09:00:00Z",
                },
                {
                    "id": 106,
                    "user_id": 7,
                    "post_number": 7,
                    "raw": "x",
                    "post_type": 3,
                    "created_at": "2019-03-03T09:00:00Z",
                },
                {"id": 107, "user_id": 7, "post_number": 8, "raw": "x", "created_at": "once"},
            ],
        },
    ],
}
ANSWERED = {
    "id": 30,
    "title": "Public",
    "post_stream": {
        "posts": [
            {
                "id": 301,
                "username": "cy",
                "name": "Cy",
                "post_number": 1,
                "cooked": "<p>See <a href='https://x.example/'>this</a></p>",
                "created_at": "2020-01-01T00:00:00.000Z",
            },
        ],
    },
}


@pytest.fixture
def read(tmp_path):
    def read(*held):
        for number, each in enumerate(held):
            (tmp_path / f"{number}.json").write_text(each if isinstance(each, str) else json.dumps(each))
        total, things = discourse.read(tmp_path, at=NOW)
        found = list(things)
        assert len(found) == total
        return found

    return read


def test_an_export_keeps_threads_authors_and_dates(read):
    found = [thing for thing in read(EXPORT) if isinstance(thing, Said)]
    assert found[0] == Said(
        key="post/101",
        parents=(),
        name="Ada Byte",
        address="ada@x.example",
        title="Which tapes?",
        body="Tell **me**.",
        at=datetime(2019, 3, 1, 9, 0, tzinfo=UTC),
        is_closed=True,
    )
    assert [(said.key, said.parents, said.name, said.address) for said in found[1:]] == [
        ("post/102", ("post/101",), "bo", "bo@x.example"),
        ("post/103", ("post/102", "post/101"), "user-9", "user-9"),
    ]


def test_what_is_not_understood_is_named(read):
    assert [str(thing) for thing in read(EXPORT) if isinstance(thing, Problem)] == [
        "0.json, topic 12, post 5: it has no text",
        "0.json, topic 12, post 6: it was hidden or deleted there",
        "0.json, topic 12, post 7: it says what a moderator did, and is nobody's words",
        "0.json, topic 12, post 8: it is not as Discourse writes it (ValueError: Invalid isoformat string: 'once')",
    ]


def test_the_public_answer_of_a_topic_is_read_too(read):
    (said,) = read([ANSWERED])
    assert (said.name, said.address, said.body) == ("Cy", "cy", "See [this](https://x.example/)")


@pytest.mark.parametrize("held", ["{", "[1]", '{"users": []}', "7"])
def test_what_is_no_export_is_refused_in_words(read, held):
    with pytest.raises(Unreadable, match=r"0\.json"):
        read(held)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>One<br>two</p><p>Three</p>", "One  \ntwo\n\nThree"),
        ("<h2>Head</h2><ul><li>a</li><li><b>b</b></li></ul>", "## Head\n\n- a\n- **b**"),
        ("<blockquote><p>Said</p><p>twice</p></blockquote><p>Yes</p>", "> Said\n>\n> twice\n\nYes"),
        ("<pre><code>x  =  1\ny</code></pre> and <code>z</code>", "```\nx  =  1\ny\n```\n\n and `z`"),
        ("<script>alert(1)</script><img alt=':tea:'><blockquote>open", ":tea:\n\n> open"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ('Ask <a class="mention" href="/u/bo">@bo</a>, <a>no</a> <a href="/x">link</a>', "Ask @bo, no [link](/x)"),
    ],
)
def test_html_becomes_markdown(html, markdown):
    assert to_markdown(html) == markdown


def test_what_it_has_besides_is_taken_or_told(read):
    post = {"created_at": "2020-01-01T00:00:00Z", "user_id": 7}
    topic = {
        "id": 5,
        "title": "T",
        "category_id": 4,
        "tags": ["Cash_Flow", {"name": "x"}, *(f"tag{n}" for n in range(5))],
        "accepted_answer": {"post_number": 2},
        "posts": [
            post | {"id": 1, "post_number": 1, "raw": "Hi @bo", "version": 3, "like_count": 2},
            post
            | {
                "id": 2,
                "post_number": 2,
                "raw": '[quote="ada, post:1, topic:5"]Hi[/quote] [odd=1]',
                "actions_summary": [{"id": 2, "count": 4}, {"id": 8, "count": 9}],
            },
        ],
    }
    first, second = read({"users": EXPORT["users"], "topics": [topic]})
    assert first.tags == second.tags == ("cash-flow", "tag0", "tag1", "tag2", "tag3")
    assert (first.is_answer, second.is_answer, first.place) == (False, True, "4")
    assert [each.address for each in first.called] == ["bo@x.example"]
    assert [(each.key, each.name) for each in second.quoted] == [("post/1", "Ada Byte")]
    assert [str(each) for each in (*first.problems, *second.problems)] == [
        "post/1: its tag: A tag has 2 to 30 letters; “x” has 1",
        "post/1: its tag “tag4”: a topic has at most 5",
        "post/2: [odd] was not understood and stays as text",
    ]
    assert (first.lost, second.lost) == ((("likes", 2), ("earlier versions of posts", 2)), (("likes", 4),))


def test_a_name_in_rendered_text_calls_nobody_else(read):
    post = {"id": 1, "post_number": 1, "created_at": "2020-01-01T00:00:00Z", "username": "ada"}
    post["cooked"] = '<p><a class="mention" href="/u/bo">@bo</a> [quote]</p><pre><code>@bo</code></pre>'
    (said,) = read([{"id": 5, "title": "T", "post_stream": {"posts": [post]}}])
    assert said.body == "\\@bo [quote]\n\n```\n@bo\n```"
