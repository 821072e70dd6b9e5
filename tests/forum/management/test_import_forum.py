"""The command, from a file to its report."""

import json

import pytest
from django.core.management import CommandError, call_command

from forum.models import Post
from tests.factories.forum import CategoryFactory
from tests.forum.actions.test_enclosing import photo
from tests.forum.forms.test_discourse import EXPORT
from tests.forum.forms.test_letters import letter


@pytest.fixture
def past(tmp_path):
    CategoryFactory(slug="past")
    (tmp_path / "leeds.mbox").write_text(letter("a") + letter("b", answers="a") + letter(""))
    (tmp_path / "old.json").write_text(json.dumps(EXPORT))
    return tmp_path


def test_a_list_and_a_forum_come_in_and_what_did_not_is_said(past, capsys):
    call_command("import_forum", past / "leeds.mbox", category="past")
    told = capsys.readouterr().out
    assert "3 of 3" in told
    assert "left out: letter 3: it has no Message-ID, so it could not be known again." in told
    assert (
        "leeds: 2 posts in 1 new topics brought in, 0 were here; 0 authors are members, 1 are not yet; 1 left out."
        in told
    )
    call_command("import_forum", past / "old.json", category="past", source="old.example", dry_run=True)
    assert "old.example: 3 posts in 1 new topics would be brought in" in capsys.readouterr().out
    assert Post.objects.count() == 2
    call_command("import_forum", past / "old.json", category="past", source="old.example")
    assert Post.objects.count() == 5


def test_pictures_come_from_the_folder_beside_or_the_one_that_is_named(past, capsys):
    post = {"id": 1, "user_id": 7, "post_number": 1, "created_at": "2019-03-02T09:00:00Z"}
    post["raw"] = "![Rack|9x9](/uploads/default/rack.jpg) ![Gone](/uploads/default/gone.jpg)"
    (past / "shown.json").write_text(json.dumps({"users": [], "topics": [{"id": 1, "title": "T", "posts": [post]}]}))
    call_command("import_forum", past / "shown.json", category="past", dry_run=True)
    told = capsys.readouterr().out
    assert "left out: post/1: its picture rack.jpg: there is no folder of uploads." in told
    assert "Pictures" not in told
    (past / "uploads/default").mkdir(parents=True)
    (past / "uploads/default/rack.jpg").write_bytes(photo())
    (past / "elsewhere").mkdir()
    for uploads in (None, past / "uploads", past / "elsewhere"):
        call_command("import_forum", past / "shown.json", category="past", uploads=uploads, dry_run=True)
        told = capsys.readouterr().out
        assert ("Pictures would be brought in: 1." in told) == (uploads != past / "elsewhere")
    call_command("import_forum", past / "shown.json", category="past")
    told = capsys.readouterr().out
    assert "left out: post/1: its picture gone.jpg: it is not in the folder of uploads." in told
    assert "Pictures brought in: 1." in told
    assert Post.objects.get().body.endswith(") Gone")
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("import_forum", past / "shown.json", category="past", uploads=past / "nowhere")


def test_marks_become_ours_once_and_what_stays_behind_is_counted(past, capsys):
    post = {"user_id": 7, "created_at": "2019-03-02T09:00:00Z"}
    held = [
        post | {"id": 1, "post_number": 1, "raw": "Tea? [odd=1]", "like_count": 2, "version": 2},
        post | {"id": 2, "post_number": 2, "raw": '[quote="ada, post:1, topic:1"]Tea?[/quote] Yes', "like_count": 1},
    ]
    topics = [{"id": 1, "title": "T", "category_id": 1, "posts": held}]
    topics.append({"id": 2, "title": "U", "category_id": 2, "posts": [post | {"id": 3, "post_number": 1, "raw": "x"}]})
    (past / "marks.json").write_text(json.dumps({"users": EXPORT["users"], "topics": topics}))
    call_command("import_forum", past / "marks.json", category="past")
    told = capsys.readouterr().out
    assert "changed: post/1: [odd] was not understood and stays as text.\n" in told
    assert "0 left out.\n" in told
    assert "Left behind: categories: 2; the place you named holds them all.\n" in told
    assert "Left behind: earlier versions of posts: 1.\nLeft behind: likes: 3.\n" in told
    first, second = Post.objects.filter(topic__title="T").order_by("number")
    assert second.body == f"> [Ada Byte]({first.get_absolute_url()}) wrote:\n>\n> Tea?\n\nYes"
    call_command("import_forum", past / "marks.json", category="past")
    told = capsys.readouterr().out
    assert ("3 were here" in told, "changed" in told, "behind" in told) == (True, False, False)


@pytest.mark.parametrize(
    ("file", "category", "words"),
    [
        ("leeds.mbox", "nowhere", "There is no place “nowhere”"),
        ("gone.mbox", "past", "There is no "),
        ("broken.mbox", "past", "broken.mbox is no mbox"),
    ],
)
def test_a_mistake_is_said_in_words(past, file, category, words):
    (past / "broken.mbox").write_text("Dear diary")
    with pytest.raises(CommandError, match=words):
        call_command("import_forum", past / file, category=category)
