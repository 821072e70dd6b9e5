"""Pictures in rooms: drawn anew, said once, seen with their message, gone with it."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from assets.models import Picture
from chat import exports, moderated
from chat.actions import extracts, messages, pictures, retention
from chat.models import Citation, Enclosure, Message, Room
from community.actions import departure
from community.verdicts import NotAllowed
from forum.actions import moving
from forum.models import Post
from tests.factories.chat import MessageFactory
from tests.factories.community import MemberFactory, MembershipFactory, OrganiserFactory
from tests.factories.forum import CategoryFactory, TalkFactory, TopicFactory

EXIF_GPS = 0x8825


def bytes_of(form="PNG", **more) -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, form, **more)
    out.seek(0)
    return out


def enormous() -> bytes:
    """Two hundred megapixels in a few kilobytes."""
    out = BytesIO()
    Image.new("1", (20_000, 10_000)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def on_disk(settings, tmp_path):
    """Pictures are kept as on a small site; answers their files."""
    kept = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    settings.MEDIA_ROOT, settings.STORAGES = tmp_path, settings.STORAGES | kept
    return lambda: [each for each in tmp_path.rglob("*") if each.is_file()]


def say(author, room, at, *, file=None, key="key-00001", words="A red box", body="Look") -> Message:
    file = file or bytes_of()
    size = file.getbuffer().nbytes
    return pictures.say(author=author, room=room, file=file, size=size, words=words, body=body, client_key=key, at=at)


def sees(member) -> bool:
    return Enclosure.objects.visible_to(member).exists()


def test_it_is_drawn_anew_without_what_the_camera_wrote_and_told_to_open_pages(room, joined, at):
    exif = Image.Exif()
    exif.get_ifd(EXIF_GPS)[1] = "N"
    exif[0x010F] = "A camera"
    message = say(joined, room, at, file=bytes_of("JPEG", exif=exif))
    sent = Enclosure.objects.get()
    assert (message.enclosure, sent.words, sent.picture.width, sent.picture.height) == (sent, "A red box", 60, 40)
    with Image.open(sent.picture.file) as kept:
        assert (kept.format, dict(kept.getexif())) == ("WEBP", {})
    assert sent.key not in sent.picture.file.name
    html = message.frame["html"]
    assert f'<img src="/chat/pictures/{sent.key}" alt="A red box" width="60" height="40"' in html
    assert "<p>Look</p>" in html


def test_the_same_key_again_is_one_message_and_one_picture(room, joined, at):
    first = say(joined, room, at)
    assert say(joined, room, at).pk == first.pk
    assert (Message.objects.count(), Enclosure.objects.count(), Picture.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(("words", "body", "said"), [("A red box", "", "A red box"), ("", "", "A picture")])
def test_without_other_words_what_it_shows_is_said(room, joined, at, words, body, said):
    assert say(joined, room, at, words=words, body=body).body == said


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (b"<?xml?><svg onload='x'>", "SVG drawing"),
        (b"GIF89a", "none of them"),
        (bytes_of().getvalue()[:60], "damaged"),
        (enormous(), "too many pixels"),
    ],
)
def test_what_is_no_usable_picture_is_refused_and_nothing_is_said(room, joined, at, sent, says):
    with pytest.raises(NotAllowed, match=says) as caught:
        say(joined, room, at, file=BytesIO(sent))
    assert "Your words are as you left them." in str(caught.value)
    assert (Message.objects.count(), Picture.objects.count()) == (0, 0)


def test_who_may_not_write_sends_none(room, joined, member, at):
    with pytest.raises(NotAllowed, match="no such room"):
        say(member, room, at)
    Room.objects.filter(pk=room.pk).update(closed_at=at)
    with pytest.raises(NotAllowed):
        say(joined, room, at)
    assert Picture.objects.count() == 0


def test_a_newcomer_sends_three_a_day(room, group, at):
    new = MembershipFactory(group=group, member__trust=0).member
    for number in range(3):
        say(new, room, at + timedelta(minutes=number), key=f"key-0000{number}")
    with pytest.raises(NotAllowed, match="3 pictures in a day") as caught:
        say(new, room, at + timedelta(hours=1), key="key-00009")
    assert caught.value.retry_after == 23 * 3600
    assert say(new, room, at + timedelta(days=1), key="key-00009")


def test_it_is_seen_with_its_message_and_no_longer(room, joined, group, member, at):
    message, organiser = say(joined, room, at), OrganiserFactory(group=group).member
    assert [sees(who) for who in (joined, organiser, member, None)] == [True, True, False, False]
    messages.hide(message_id=message.pk, at=at)
    assert [sees(who) for who in (joined, organiser, member)] == [False, True, False]
    assert "Its picture" in moderated.find(message.pk).html
    messages.restore(message_id=message.pk, at=at)
    assert sees(joined)
    messages.remove(author=joined, message=message, at=at)
    assert [sees(who) for who in (joined, organiser)] == [False, False]


def test_what_was_taken_back_is_thrown_away_two_days_later_file_and_all(
    room, joined, at, on_disk, django_capture_on_commit_callbacks
):
    message = say(joined, room, at)
    assert pictures.purge(at + timedelta(days=9)) == 0
    (file,) = on_disk()
    messages.remove(author=joined, message=message, at=at)
    assert pictures.purge(at + timedelta(days=1)) == 0
    assert on_disk() == [file]
    with django_capture_on_commit_callbacks(execute=True):
        assert pictures.purge(at + timedelta(days=3)) == 1
    message.refresh_from_db()
    assert (message.enclosure, Picture.objects.count()) == (None, 0)
    assert on_disk() == []


def test_a_room_that_forgets_forgets_its_pictures(room, joined, at, on_disk, django_capture_on_commit_callbacks):
    say(joined, room, at)
    assert len(on_disk()) == 1
    MessageFactory(room=room, created_at=at + timedelta(days=40))
    Room.objects.filter(pk=room.pk).update(keep_days=30)
    later = at + timedelta(days=41)
    with django_capture_on_commit_callbacks(execute=True):
        assert (retention.forget(later), pictures.purge(later)) == (1, 1)
    assert (Picture.objects.count(), on_disk()) == (0, [])


def test_a_topic_shows_it_while_its_author_agrees_and_the_message_stands(room, joined, group, at):
    """The place is read by everyone: what others said waits for their yes, their pictures too."""
    message, organiser = say(joined, room, at), OrganiserFactory(group=group).member
    own = MessageFactory(room=room, author=organiser, created_at=at)
    place = CategoryFactory()
    given = {"actor": organiser, "room": room, "category": place, "title": "The red box", "at": at}
    extract = extracts.make(numbers=[message.seq, own.seq], **given)
    first = Post.objects.get(topic=extract.topic)
    assert (sees(None), "/chat/pictures/" in first.body) == (False, False)
    extracts.answer(member=joined, citation=Citation.objects.get(state="asked"), agrees=True, at=at)
    first.refresh_from_db()
    assert f'<img src="/chat/pictures/{message.enclosure.key}?w=60&amp;h=40" alt="A red box" width' in first.body_html
    assert (sees(None), sees(MemberFactory())) == (True, True)
    messages.remove(author=joined, message=Message.objects.get(pk=message.pk), at=at)
    first.refresh_from_db()
    assert (sees(None), "/chat/pictures/" in first.body) == (False, False)


@pytest.mark.parametrize("is_open", [True, False])
def test_in_a_topic_that_was_joined_to_another_it_is_seen_by_who_reads_that(room, joined, group, at, is_open):
    message, runs, moderator = (
        say(joined, room, at),
        OrganiserFactory(group=group).member,
        MemberFactory(is_moderator=True),
    )
    place = TalkFactory(group=group, visible_to_whom="everyone")
    given = {"actor": runs, "room": room, "category": place, "title": "The red box", "at": at}
    made = extracts.make(numbers=[message.seq], decided_why="All should see it", **given)
    assert sees(None)
    into = TopicFactory(category=place if is_open else TalkFactory(group=group, visible_to_whom="organisers"))
    moving.merge(actor=moderator, topic=made.topic, into=into, at=at)
    assert (sees(None), sees(joined), sees(runs)) == (is_open, True, True)
    messages.hide(message_id=message.pk, at=at)
    assert not sees(None)


def test_it_is_in_ones_data_and_who_leaves_takes_their_name_off(room, joined, at):
    message = say(joined, room, at)
    (row,) = exports.pictures(joined)
    assert (row["words"], row["message"]) == ("A red box", message.get_absolute_url())
    departure.depart(member=joined, at=at)
    assert Picture.objects.get().uploaded_by_user is None
    assert Enclosure.objects.get().message == message
