"""What the pages of chat need; each a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from chat.models import Citation, Hand, Message, Question, Room, Seat, Vote
from chat.text import lines
from community.models import Block, Group, Member, Membership
from community.registry import Label
from community.text import handles

PAGE = 60
MOST_BESIDE = 12
MOST_ASKED = 100
SMALL = 100
"""Up to so many people in a room are told of each other."""
MOST_PINNED = 20
MOST_STARRED = 100
MOST_MISSED = 500
"""A client further behind starts afresh."""
MOST_GATHERED = 60
KEPT_BY = 2
"""So many members have to keep a message before it counts: whose star it is stays their own business."""
ONE_BREATH = timedelta(minutes=5)
"""Messages of one author this close together stand under one name."""


@dataclass(frozen=True, slots=True)
class Company:
    """A room among the rooms of its group, the group's own first, then the newest; and how far it was read."""

    room: Room
    beside: Sequence[Room]
    read: int


@dataclass(frozen=True, slots=True)
class Round:
    """Questions, those that wait and are most wanted first, and raised hands in their order."""

    questions: list[Question]
    hands: list[Hand]
    is_hand_up: bool


@dataclass(frozen=True, slots=True)
class Gathered:
    """What of a room is worth keeping. `cited` may be read in the place asked about; of the rest only how many."""

    cited: Sequence[Message]
    pinned: int
    kept: int
    links: int
    questions: list[Question]


@dataclass(frozen=True, slots=True)
class Line:
    """A message as it stands on the page."""

    message: Message
    label: Label | None
    faces: list[lines.Shown]
    day: datetime | None
    is_first: bool
    is_first_unread: bool
    is_folded: bool
    is_mine: bool
    mentions_me: bool


@dataclass(frozen=True, slots=True)
class History:
    """One page of a room; `earlier` and `later` are the places to ask for the neighbouring pages at."""

    lines: list[Line]
    blocked: set[int]
    earlier: int | None
    later: int | None

    @property
    def is_newest(self) -> bool:
        """Live messages belong at its end."""
        return self.later is None

    @property
    def last(self) -> int:
        """The number of the last message shown, 0 for none."""
        return self.lines[-1].message.seq if self.lines else 0


def room_for(member: Member | None, pk: int) -> Room | None:
    """A room with its group, if the member sees it; one query."""
    return Room.objects.visible_to(member).select_related("group").filter(pk=pk).first()


def company_of(member: Member, pk: int) -> Company | None:
    """A room the member sees, with the other rooms of its group that they see and what is new there; one query."""
    mark = Seat.objects.filter(room=OuterRef("pk"), member=member).values("last_read_seq")[:1]
    new = Message.objects.filter(room=OuterRef("pk"), seq__gt=OuterRef("mark"), deleted_at=None, hidden_at=None)
    counted = new.exclude(author=member).order_by().values("room").annotate(count=Count("pk")).values("count")
    seen = Room.objects.visible_to(member).filter(group__rooms=pk).select_related("group")
    marked = seen.annotate(mark=Coalesce(Subquery(mark), 0)).annotate(unread=Coalesce(Subquery(counted), 0))
    rooms = list(marked.order_by("-is_main", "-pk"))
    room = next((each for each in rooms if each.pk == pk), None)
    if room is None:
        return None
    return Company(room, [each for each in rooms if each.pk != pk][:MOST_BESIDE], room.mark)


def blocked_by(member: Member) -> set[int]:
    """Whose words are folded away for this member."""
    return set(Block.objects.filter(member=member).values_list("blocked", flat=True))


def main_room(group: Group) -> Room | None:
    """The group's own room."""
    return Room.objects.filter(group=group, is_main=True).first()


def history(room: Room, member: Member, *, before: int | None = None, at: int | None = None, read: int = 0) -> History:
    """The newest page, the one before a number, or the one around it; messages, labels and blocks: three queries."""
    rows = Message.objects.filter(room=room).shown()
    if before is not None:
        rows = rows.filter(seq__lt=before)
    elif at is not None:
        ids = Message.objects.filter(room=room, seq__gte=at).order_by("seq").values_list("seq", flat=True)
        upper = list(ids[: PAGE // 2 + 1])
        rows = rows.filter(seq__lte=upper[-1]) if upper else rows
    newest = list(rows.order_by("-seq")[: PAGE + 1])
    messages = newest[:PAGE][::-1]
    is_elsewhere = bool(messages) and (before is not None or at is not None)
    has_later = is_elsewhere and Message.objects.filter(room=room, seq__gt=messages[-1].seq).exists()
    blocked = blocked_by(member)
    return History(
        lines=_lines(messages, room, member, blocked, read),
        blocked=blocked,
        earlier=messages[0].seq if len(newest) > PAGE else None,
        later=messages[-1].seq if has_later else None,
    )


def pinned(room: Room) -> list[Message]:
    """What was pinned, the newest pin first; one query."""
    rows = Message.objects.filter(room=room).exclude(pinned_at=None).select_related("author")
    return list(rows.order_by("-pinned_at", "-pk")[:MOST_PINNED])


def starred_in(room: Room, member: Member) -> list[int]:
    """The numbers of the messages of a room that a member keeps; one query."""
    return list(Message.objects.filter(room=room, stars__member=member).order_by("seq").values_list("seq", flat=True))


def starred(member: Member) -> list[Message]:
    """All that a member keeps and may still see, the newest star first; two queries."""
    rows = Message.objects.visible_to(member).filter(stars__member=member, deleted_at=None, hidden_at=None)
    return list(rows.select_related("author", "room__group").order_by("-stars__pk")[:MOST_STARRED])


def message_in(room: Room, seq: int) -> Message | None:
    """One message of a room, with all that its line shows; two queries."""
    return Message.objects.filter(room=room, seq=seq).shown().first()


def in_room(room: Room, handle: str) -> Member | None:
    """Somebody who has a seat in a room or is in its group, by handle; one query."""
    inside = Q(seats__room=room) | Q(memberships__group=room.group_id)
    return Member.objects.present().filter(inside, handle_key=handles.key(handle.removeprefix("@"))).distinct().first()


def silenced(room: Room, at: datetime) -> list[Seat]:
    """Who is asked to listen in a room just now; one query."""
    return list(Seat.objects.filter(room=room, silenced_until__gt=at).select_related("member").order_by("pk"))


def asked_of(member: Member) -> list[Citation]:
    """Messages of theirs that somebody wants in a topic, and the answers given; the newest first; one query."""
    rows = Citation.objects.filter(message__author=member).exclude(extract__made_by=member)
    waiting_first = Case(When(state=Citation.State.ASKED, then=0), default=1)
    rows = rows.filter(extract__decided_why="").select_related("message__room", "extract__made_by", "extract__category")
    return list(rows.order_by(waiting_first, "-pk")[:MOST_STARRED])


def round_of(room: Room, member: Member) -> Round:
    """What stands on the page of questions; two queries."""
    mine = Vote.objects.filter(question=OuterRef("pk"), member=member)
    asked = Question.objects.standing().filter(room=room).select_related("author")
    asked = asked.annotate(vote_count=Count("votes"), is_mine=Exists(mine), is_settled=Q(answered_at__isnull=False))
    hands = list(Hand.objects.filter(room=room, lowered_at=None).select_related("member").order_by("raised_at", "pk"))
    return Round(
        questions=list(asked.order_by("is_settled", "-vote_count", "pk")[:MOST_ASKED]),
        hands=hands,
        is_hand_up=any(hand.member_id == member.pk for hand in hands),
    )


def is_small(room: Room) -> bool:
    """Whether few enough are in it that everyone may be told who is there; one query that stops counting."""
    inside: QuerySet[Any] = Membership.objects.live().filter(group=room.group_id)
    if room.audience == Room.Audience.SEATED:
        inside = Seat.objects.filter(room=room, left_at=None)
    return len(inside.values_list("pk", flat=True)[: SMALL + 1]) <= SMALL


def missed(room: Room, after: int) -> list[Message] | None:
    """All that changed after a number, in order; None when that is too much, or the number is not of this room's."""
    if after > room.last_seq:
        return None
    found = Message.objects.filter(room=room).changed_after(after).shown()
    messages = list(found[: MOST_MISSED + 1])
    return messages if len(messages) <= MOST_MISSED else None


def gathered(room: Room, actor: Member, category_id: int, *, is_wider: bool) -> Gathered:
    """For somebody who writes it up there; three queries.

    Where more people read the place than were in the room, only the actor's own messages may be cited, and those that
    stand there already.
    """
    rows = Message.objects.filter(room=room, deleted_at=None, hidden_at=None).annotate(star_count=Count("stars"))
    worth = rows.filter(~Q(pinned_at=None) | Q(star_count__gte=KEPT_BY) | Q(body__contains="://"))
    messages = list(worth.select_related("author").order_by("seq")[:MOST_GATHERED])
    stands = Citation.objects.filter(message__room=room, state=Citation.State.STANDS, extract__category=category_id)
    free = set(stands.values_list("message", flat=True))
    cited = [each for each in messages if not is_wider or each.author_id == actor.pk or each.pk in free]
    beside = [each for each in messages if each not in cited]
    asked = Question.objects.standing().filter(room=room, answered_at=None).annotate(vote_count=Count("votes"))
    return Gathered(
        cited,
        pinned=sum(each.pinned_at is not None for each in beside),
        kept=sum(each.pinned_at is None and each.star_count >= KEPT_BY for each in beside),
        links=sum(each.pinned_at is None and each.star_count < KEPT_BY for each in beside),
        questions=list(asked.order_by("-vote_count", "pk")[:MOST_GATHERED]),
    )


def _lines(messages: list[Message], room: Room, member: Member, blocked: set[int], read: int) -> list[Line]:
    zone = ZoneInfo(room.group.time_zone)
    labels = lines.labels_of(messages, room.group)
    me = f'href="/members/{member.handle}/"'
    unread = next((m.seq for m in messages if read and m.seq > read and m.author_id != member.pk), None)
    found: list[Line] = []
    for earlier, message in zip([None, *messages], messages, strict=False):
        day = message.created_at.astimezone(zone).date()
        is_new_day = earlier is None or earlier.created_at.astimezone(zone).date() != day
        found.append(
            Line(
                message=message,
                label=labels.get(message.author_id),
                faces=lines.faces_of(message),
                day=message.created_at if is_new_day else None,
                is_first=is_new_day or not _goes_on(earlier, message),
                is_first_unread=message.seq == unread,
                is_folded=message.author_id in blocked,
                is_mine=message.author_id == member.pk,
                mentions_me=me in message.body_html,
            )
        )
    return found


def _goes_on(earlier: Message | None, message: Message) -> bool:
    return (
        earlier is not None
        and message.answers_id is None
        and earlier.author_id == message.author_id
        and message.created_at - earlier.created_at < ONE_BREATH
    )
