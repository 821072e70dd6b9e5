"""A mailing list's archive: threads, broken letters, bounded memory."""

import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest

from forum.actions.said import Problem, Said
from forum.forms.past import Unreadable, letters


def letter(
    key: str, body: str = "Words.", *, day: int = 1, answers: str = "", subject: str = "Tapes", **more: str
) -> str:
    headers = {
        "From": "Ada Byte <ada@list.example>",
        "Date": f"Mon, {day:02} Jun 2015 10:00:00 +0100",
        "Message-ID": f"<{key}@list.example>" if key else "",
        "In-Reply-To": f"<{answers}@list.example>" if answers else "",
        "Subject": subject,
    } | {name.replace("_", "-"): value for name, value in more.items()}
    told = "".join(f"{name}: {value}\n" for name, value in headers.items() if value)
    return f"From ada@list.example Mon Jun  1 10:00:00 2015\n{told}\n{body}\n\n"


@pytest.fixture
def archive(tmp_path: Path):
    """Write letters, read them back."""

    def read(*parts: str | bytes) -> list[Said | Problem]:
        path = tmp_path / "list.mbox"
        path.write_bytes(b"".join(part if isinstance(part, bytes) else part.encode() for part in parts))
        total, things = letters.read(path)
        found = list(things)
        assert len(found) == total
        return found

    return read


def test_a_letter_keeps_who_when_and_what(archive):
    (said,) = archive(letter("one", "We back up to *tape*.", subject="Re: [it-leeds] Re:  Tapes,\n again"))
    assert said == Said(
        key="<one@list.example>",
        parents=(),
        name="Ada Byte",
        address="ada@list.example",
        title="Tapes, again",
        body="We back up to *tape*.",
        at=datetime(2015, 6, 1, 9, 0, tzinfo=UTC),
    )


def test_a_parent_stands_before_its_answers_whatever_the_order_and_the_clocks(archive):
    found = archive(
        letter("b", day=3, answers="a", References="<a@list.example>"),
        letter("c", day=2, answers="b", References="<a@list.example> <b@list.example>"),
        letter("other", day=2),
        letter("a", day=4),
    )
    assert [said.key[1:-14] for said in found] == ["other", "a", "b", "c"]
    assert found[-1].parents == ("<b@list.example>", "<a@list.example>")


def test_those_who_answer_one_another_in_a_circle_are_read_too(archive):
    found = archive(letter("a", answers="b"), letter("b", answers="a"), letter("c", answers="c"))
    assert sorted(said.key for said in found) == ["<a@list.example>", "<b@list.example>", "<c@list.example>"]


def test_what_is_broken_is_named_and_the_rest_is_read(archive):
    found = archive(
        letter(""),
        letter("no-date", Date="yesterday"),
        letter("old", Date="Mon, 01 Jan 1900 00:00:00 +0000"),
        letter("twice"),
        letter("twice", "Again."),
        letter("nobody", From="undisclosed"),
        letter("empty", ""),
        letter("charset", "Tee", Content_Type="text/plain; charset=klingon"),
        letter("latin").encode().replace(b"Words", b"Stra\xdfe"),
        letter("header", Subject="=?utf-8?b?////?= tea"),
        b"From x\nthis is no header at all\n\n\n",
        letter("last"),
    )
    problems = [thing for thing in found if isinstance(thing, Problem)]
    assert [str(problem).partition(": ")[2] for problem in problems] == [
        "it has no Message-ID, so it could not be known again",
        "its date cannot be read",
        "its date cannot be read",
        "it stands in the file twice; the first was taken",
        "it has no Message-ID, so it could not be known again",
        "it has no text",
        "it has no sender",
    ]
    assert {said.key[1:-14]: said.body for said in found if isinstance(said, Said)} == {
        "twice": "Words.",
        "charset": "Tee",
        "latin": "Straße.",
        "header": "Words.",
        "last": "Words.",
    }


def test_a_line_from_within_a_letter_does_not_end_it(archive):
    (said,) = archive(letter("one", "Where from?\nFrom Leeds, of course."))
    assert said.body == "Where from?\nFrom Leeds, of course."


def test_html_alone_is_read_as_its_words(archive):
    html = "<p>Hello <b>you</b></p><script>alert(1)</script><p>Bye</p>"
    (said,) = archive(letter("one", html, Content_Type="text/html"))
    assert said.body == "Hello you\nBye"


def test_what_is_no_mbox_is_refused_in_words(archive):
    with pytest.raises(Unreadable, match=r"list.mbox is no mbox"):
        archive("Dear diary")


def test_many_letters_do_not_fill_the_memory(tmp_path, littering):
    path = tmp_path / "long.mbox"
    with path.open("w") as file:
        for number in range(1_000):
            file.write(letter(f"n{number}", "x" * 10_000, answers=f"n{number - 1}" if number % 10 else ""))
    tracemalloc.start()
    _, things = letters.read(path)
    assert sum(isinstance(thing, Said) for thing in things) == 1_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert path.stat().st_size > 10_000_000
    assert peak < 4_000_000


def test_pictures_beside_the_words_stand_below_them(archive):
    parts = [
        "--b\nContent-Type: text/plain\n\nLook at this.\n",
        '--b\nContent-Type: image/png; name="the rack.png"\nContent-Transfer-Encoding: base64\n\nb25l\n',
        "--b\nContent-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\ndHdv\n",
        "--b\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\nbm8=\n",
        "--b--\n",
    ]
    (said,) = archive(letter("one", "".join(parts), Content_Type='multipart/mixed; boundary="b"'))
    assert said.body == "Look at this.\n\n![](cid:picture-1)\n\n![](cid:picture-2)"
    held = []
    for came in said.pictures:
        with came.open() as (file, size):
            held.append((came.mark, came.name, came.words, file.read(), size))
    assert held == [
        ("![](cid:picture-1)", "the rack.png", "the rack", b"one", 3),
        ("![](cid:picture-2)", "picture 2", "picture 2", b"two", 3),
    ]


def test_a_letter_of_a_picture_alone_is_one(archive):
    body = "aGVsbG8=\n"
    (said,) = archive(letter("one", body, Content_Type="image/png", Content_Transfer_Encoding="base64"))
    assert (said.body, len(said.pictures)) == ("![](cid:picture-1)", 1)
