"""Changing, removing, closing, pinning, following."""

from datetime import timedelta

from django.utils import timezone

from forum.actions import posts
from forum.models import Reading, Revision
from tests.factories.community import MemberFactory
from tests.factories.forum import TalkFactory, TopicFactory


def own(**more):
    return TopicFactory(created_at=timezone.now(), **more)


def young(topic, number=1):
    post = topic.posts.get(number=number)
    post.created_at = timezone.now() - timedelta(hours=1)
    post.save()
    return post


def test_a_change_is_saved_and_shown(signed_in):
    topic = TopicFactory()
    post, client = young(topic), signed_in(topic.author)
    form = client.get(f"/forum/edit/{post.pk}/").context["form"]
    answer = client.post(
        f"/forum/edit/{post.pk}/",
        {"body": "Now *better*", "title": "A better title", "version": form["version"].value()},
    )
    assert answer.status_code == 302
    page = client.get(answer["Location"], follow=True).content.decode()
    assert "Now <em>better</em>" in page
    assert "A better title" in page
    assert f'<a href="/forum/history/{post.pk}/"' in page


def test_too_many_changes_wait_and_what_was_typed_stays(signed_in):
    topic = TopicFactory(author__trust=0)
    post = young(topic)
    for number in range(1, 12):
        Revision.objects.create(post=post, number=number, editor=topic.author, body="x", written_at=timezone.now())
    answer = signed_in(topic.author).post(
        f"/forum/edit/{post.pk}/",
        {"body": "Half an hour of typing", "title": "A better title", "version": post.version},
    )
    assert (answer.status_code, 86_000 < int(answer["Retry-After"]) <= 86_400) == (429, True)
    text = answer.content.decode()
    assert "That is 10 changes to posts in a day. What you wrote is kept here; try again in 24 hours." in text
    assert "Half an hour of typing</textarea>" in text
    post.refresh_from_db()
    assert post.version == 1


def test_the_second_of_two_editors_sees_both_and_chooses(signed_in):
    topic = TopicFactory()
    post, client = young(topic), signed_in(topic.author)
    seen = client.get(f"/forum/edit/{post.pk}/").context["form"]["version"].value()
    posts.edit(author=topic.author, post=post, body="Written in the other tab", at=timezone.now())
    answer = client.post(f"/forum/edit/{post.pk}/", {"body": "Mine", "title": topic.title, "version": seen})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Written in the other tab" in text
    assert "(removed: </span>Written in the other tab<span" in text
    assert "(added: </span>Mine<span" in text
    assert ">\nMine</textarea>" in text or ">Mine</textarea>" in text
    again = client.post(
        f"/forum/edit/{post.pk}/",
        {"body": "Mine", "title": topic.title, "version": answer.context["form"]["version"].value()},
    )
    assert again.status_code == 302
    post.refresh_from_db()
    assert post.body == "Mine"


def test_nobody_changes_or_removes_what_others_wrote(signed_in, member, client):
    topic = TopicFactory()
    post, other = young(topic), signed_in(member)
    for verb in ("edit", "remove"):
        assert other.get(f"/forum/{verb}/{post.pk}/").status_code == 403
        answer = other.post(f"/forum/{verb}/{post.pk}/", {"body": "Mine now", "title": "My title"})
        assert answer.status_code == 403
        assert client.get(f"/forum/{verb}/{post.pk}/")["Location"].startswith("/account/login/")
    assert client.post(f"/forum/remove/{post.pk}/")["Location"].startswith("/account/login/")
    assert client.post(f"/forum/edit/{post.pk}/", {"body": "x"}).status_code == 403
    assert (
        "Mine now" in other.post(f"/forum/edit/{post.pk}/", {"body": "Mine now", "title": "My title"}).content.decode()
    )
    post.refresh_from_db()
    assert (post.edited_at, post.deleted_at) == (None, None)


def test_removing_asks_first_and_leaves_a_line(signed_in, client):
    topic = TopicFactory(posts=2)
    post, author = topic.posts.get(number=2), signed_in(topic.author)
    assert "Remove your post?" in author.get(f"/forum/remove/{post.pk}/").content.decode()
    assert author.post(f"/forum/remove/{post.pk}/")["Location"] == post.get_absolute_url()
    assert "#2 was removed by its author." in client.get(topic.get_absolute_url()).content.decode()
    assert author.post(f"/forum/remove/{post.pk}/").status_code == 404


def test_a_topic_alone_goes_with_its_first_post(signed_in, client):
    topic = TopicFactory()
    answer = signed_in(topic.author).post(f"/forum/remove/{topic.posts.get().pk}/")
    assert answer["Location"] == f"/forum/put-back/{topic.posts.get().pk}/"
    assert client.get(topic.get_absolute_url()).status_code == 404


def test_those_who_govern_close_and_pin(signed_in, organiser, joined, client, group):
    topic = TopicFactory(category=TalkFactory(group=group))
    for verb in ("close", "pin"):
        assert client.post(f"/forum/{verb}/{topic.pk}/").status_code == 404
        refused = signed_in(joined).post(f"/forum/{verb}/{topic.pk}/")
        assert refused.status_code == 403
        assert "Only organisers and moderators" in refused.content.decode()
        assert signed_in(organiser).post(f"/forum/{verb}/{topic.pk}/").status_code == 302
    topic.refresh_from_db()
    assert topic.is_pinned
    assert topic.closed_at
    signed_in(organiser).post(f"/forum/close/{topic.pk}/", {"closed": "0"})
    signed_in(organiser).post(f"/forum/pin/{topic.pk}/", {"pinned": "0"})
    topic.refresh_from_db()
    assert (topic.is_pinned, topic.closed_at) == (False, None)


def test_following_is_a_choice_of_one_member(signed_in, member, client):
    topic = TopicFactory()
    assert client.post(f"/forum/follow/{topic.pk}/", {"level": "watching"})["Location"].startswith("/account/login/")
    signed_in(member).post(f"/forum/follow/{topic.pk}/", {"level": "watching"})
    signed_in(MemberFactory()).post(f"/forum/follow/{topic.pk}/", {"level": "shouting"})
    assert list(Reading.objects.values_list("member", "level", "level_reason")) == [(member.pk, "watching", "chosen")]
