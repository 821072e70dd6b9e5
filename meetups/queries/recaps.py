"""A recap to begin with, and the recap as its page shows it."""

from zoneinfo import ZoneInfo

from chat.policies.extracts import is_wider
from chat.queries import Gathered, gathered
from chat.text import citing
from community.models import Member
from forum.models import Category
from meetups.models import AgendaItem, Meetup, Point, Recap
from meetups.queries import product_time
from meetups.text import recap as text
from meetups.text.recap import Held

BESIDE = (
    ("pinned", "pinned message", "pinned messages"),
    ("kept", "message several of us kept", "messages several of us kept"),
    ("links", "message with a link", "messages with links"),
)


def of(meetup: Meetup) -> Recap | None:
    """The recap with its post; one query."""
    return Recap.objects.select_related("post__topic__category").filter(meetup=meetup).first()


def words(recap: Recap) -> str:
    """What it says: once published, what its post says. No query where the post came along."""
    return recap.post.body if recap.post else recap.body


def begin(meetup: Meetup, actor: Member) -> str:
    """Words to begin with, from the door, the agenda, what is open, and the room; some ten queries."""
    agenda = product_time.of(meetup)
    zone = ZoneInfo(meetup.time_zone)
    slots = [
        (f"{slot.begins.astimezone(zone):%H:%M}", slot.item.title, _speaker(slot.item))
        for slot in agenda.slots
        if slot.item.kind != AgendaItem.Kind.BREAK
    ]
    left = Point.objects.filter(meetup=meetup, settled_at=None, hidden_at=None).select_related("owner").order_by("pk")
    points = list(left)
    room = _of_the_room(meetup, actor)
    cited, beside = _cited(room, meetup) if room else ([], [])
    return text.draft(
        Held(
            came=meetup.attendances.count(),
            going=meetup.going_count,
            slots=slots,
            questions=[each.text for each in points if each.kind == Point.Kind.QUESTION],
            actions=[
                (each.text, each.owner.shown_name if each.owner else "")
                for each in points
                if each.kind == Point.Kind.ACTION
            ],
            cited=cited,
            beside=beside,
        )
    )


def category_of(meetup: Meetup) -> Category | None:
    """Where the topic of an evening stands, or would stand; at most one query."""
    if meetup.topic is not None:
        return meetup.topic.category
    return Category.objects.filter(group=meetup.group).order_by("position", "pk").first()


def _speaker(item: AgendaItem) -> str:
    return item.speaker.shown_name if item.speaker else item.speaker_name


def _of_the_room(meetup: Meetup, actor: Member) -> Gathered | None:
    category = category_of(meetup)
    if meetup.room is None or category is None:
        return None
    return gathered(meetup.room, actor, category.pk, is_wider=is_wider(meetup.room, category))


def _cited(found: Gathered, meetup: Meetup) -> tuple[list[str], list[tuple[str, str]]]:
    room = meetup.room
    assert room is not None  # noqa: S101  (for the type checker)
    cited = [citing.block(each, room) for each in found.cited]
    counts = [(getattr(found, name), one, many) for name, one, many in BESIDE]
    counts.append((len(found.questions), "unanswered question", "unanswered questions"))
    beside = [
        (f"{count} {one if count == 1 else many}", room.get_absolute_url()) for count, one, many in counts if count
    ]
    return cited, beside
