"""The way to a wiki, in the page."""

from django.utils import timezone

from forum.models import Post
from tests.factories.community import MembershipFactory
from tests.factories.forum import TalkFactory, TopicFactory


def test_it_is_offered_marked_and_improved(signed_in, client, group, joined):
    topic = TopicFactory(category=TalkFactory(group=group), author=joined)
    post, neighbour = topic.posts.get(), signed_in(MembershipFactory(group=group).member)
    Post.objects.update(created_at=timezone.now())
    address, edit = topic.get_absolute_url(), f"/forum/edit/{post.pk}/"
    author = signed_in(joined)
    assert f"/forum/wiki/{post.pk}/" in author.get(address).content.decode()
    assert f"/forum/wiki/{post.pk}/" not in neighbour.get(address).content.decode()
    assert neighbour.get(edit).status_code == 403
    author.post(f"/forum/wiki/{post.pk}/", {"wiki": "1"})
    assert ">Wiki</a>" in client.get(address).content.decode()
    page = neighbour.get(edit).content.decode()
    assert "Improve this post" in page
    assert 'name="title"' not in page
    assert neighbour.post(edit, {"body": "Better", "version": 1}).status_code == 302
    text = client.get(f"/forum/history/{post.pk}/").content.decode()
    assert neighbour.get("/forum/").context["user"].shown_name in text
    assert client.get(edit).status_code == 302
    assert client.post(f"/forum/wiki/{post.pk}/")["Location"].startswith("/account/login/")
