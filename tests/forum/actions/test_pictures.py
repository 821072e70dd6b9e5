"""Pictures: drawn anew, counted by level, seen with their posts, thrown away alone."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from assets.models import Picture
from community.actions import departure
from community.verdicts import NotAllowed
from forum import exports
from forum.actions import pictures, posts
from forum.models import Enclosure
from tests.factories.community import MemberFactory
from tests.factories.forum import EnclosureFactory, MembersOnlyFactory, TopicFactory


def send(member, at, form="PNG"):
    out = BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, form)
    size = out.tell()
    out.seek(0)
    return pictures.send(member=member, file=out, size=size, words="A [red] box", at=at)


def shows(post):
    return list(post.enclosures.values_list("key", flat=True))


def test_it_is_drawn_anew_and_shown_with_its_size(member, at):
    sent, topic = send(member, at), TopicFactory()
    assert (sent.picture.file.name[-5:], sent.picture.width, sent.picture.height) == (".webp", 60, 40)
    assert sent.key not in sent.picture.file.name
    post = posts.reply(author=member, topic=topic, body=f"![Box]({sent.get_absolute_url()})", client_key="k", at=at)
    assert post.body_html == (
        f'<p><img src="/forum/pictures/{sent.key}" alt="Box" width="60" height="40" loading="lazy" decoding="async"></p>\n'
    )
    assert shows(post) == [sent.key]


def test_what_is_no_picture_is_refused_in_words(member, at):
    for bytes_, says in ((b"<?xml?><SVG onload='x'>", "SVG drawing"), (b"GIF89a", "none of them")):
        with pytest.raises(NotAllowed, match=says) as caught:
            pictures.send(member=member, file=BytesIO(bytes_), size=9, words="", at=at)
        assert "Your text is as you left it." in str(caught.value)
    assert Picture.objects.count() == 0


def test_a_newcomer_sends_three_a_day(member, at):
    for _ in range(3):
        send(member, at)
    with pytest.raises(NotAllowed, match="3 pictures in a day") as caught:
        send(member, at + timedelta(hours=1))
    assert caught.value.retry_after == 23 * 3600
    assert send(member, at + timedelta(days=1))


def test_they_are_seen_with_a_post_and_by_who_sent_them(group, joined, member, at):
    inside = TopicFactory(category=MembersOnlyFactory(group=group), author=joined).posts.get()
    held, alone = EnclosureFactory(member=joined, posts=[inside]), EnclosureFactory(member=joined)

    def seen(reader):
        return set(Enclosure.objects.visible_to(reader).values_list("pk", flat=True))

    assert (seen(joined), seen(member), seen(None)) == ({held.pk, alone.pk}, set(), set())
    colleague = MemberFactory(is_moderator=True)
    assert seen(colleague) == {held.pk}
    inside.deleted_at = at
    inside.save()
    assert seen(colleague) == set()


def test_a_key_that_was_overheard_shows_nothing(joined, member, group, at):
    held = EnclosureFactory(member=joined, posts=[TopicFactory(category=MembersOnlyFactory(group=group)).posts.get()])
    text = f"![their *box*](/forum/pictures/{held.key}) ![](/forum/pictures/{'f' * 32})"
    post = posts.reply(author=member, topic=TopicFactory(), body=text, client_key="k", at=at)
    assert post.body_html == "<p>their box a picture that is not here</p>\n"
    assert shows(post) == []


def test_an_edit_ties_and_lets_go(member, at):
    topic, sent = TopicFactory(author=member), send(member, at)
    post = topic.posts.get()
    for body, keys in ((f"![x](/forum/pictures/{sent.key})", [sent.key]), ("No more", [])):
        post = posts.edit(author=member, post=post, body=body, at=at)
        assert shows(post) == keys


def test_what_no_post_shows_goes_after_two_days(at):
    held = EnclosureFactory(posts=[TopicFactory().posts.get()], sent_at=at - timedelta(days=9))
    young = EnclosureFactory(sent_at=at - timedelta(hours=47))
    EnclosureFactory(sent_at=at - timedelta(hours=49))
    assert [pictures.purge(at), pictures.purge(at)] == [1, 0]
    assert set(Enclosure.objects.values_list("pk", flat=True)) == {held.pk, young.pk}
    assert Picture.objects.count() == 2


def test_they_are_in_the_download_and_stay_with_posts_when_their_sender_goes(member, at):
    held, alone = EnclosureFactory(member=member, posts=[TopicFactory().posts.get()]), EnclosureFactory(member=member)
    assert [row["address"] for row in exports.pictures(member)] == [
        f"/forum/pictures/{row.key}" for row in (held, alone)
    ]
    departure.depart(member=member, at=at)
    assert list(Enclosure.objects.values_list("pk", "picture__uploaded_by_user")) == [(held.pk, None)]
