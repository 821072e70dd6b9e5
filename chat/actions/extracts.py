"""Make a topic of messages. Nobody else reads what was said here, unless its author agrees or a moderator says why."""

from collections.abc import Collection
from datetime import datetime
from hashlib import blake2s

from django.db import transaction

from chat import notices
from chat.actions import following, writing
from chat.models import Citation, Extract, Message, Room
from chat.policies.extracts import is_wider, may_decide, may_extract
from chat.text import citing
from community.actions import log
from community.models import Member
from community.verdicts import NotAllowed
from forum.actions import quoting, topics
from forum.models import Category

MOST = 50
State = Citation.State


def make(
    *,
    actor: Member,
    room: Room,
    numbers: Collection[int],
    category: Category,
    title: str,
    at: datetime,
    decided_why: str = "",
) -> Extract:
    """Cite these messages in a new topic; the same selection again answers the first. Raises `NotAllowed`.

    Where the place is read by more people than the room, others' messages wait for their authors' yes, or stand by the
    recorded decision (`decided_why`) of one who looks after the group.
    """
    wanted = sorted(set(numbers))
    if not 0 < len(wanted) <= MOST:
        raise NotAllowed(f"Choose between one and {MOST} messages.")
    with transaction.atomic():
        held = writing.locked(room.pk, actor)
        may_extract(actor, held, category, at).or_refuse()
        selection = blake2s(",".join(map(str, wanted)).encode(), digest_size=16).hexdigest()
        if made := Extract.objects.filter(room=held, category=category, selection=selection).first():
            return made
        messages = list(
            held.messages.filter(seq__in=wanted, deleted_at=None, hidden_at=None).select_related(
                "author", "enclosure__picture"
            )
        )
        if not messages:
            raise NotAllowed("None of these messages stands any more.")
        decides = bool(decided_why.strip()) and is_wider(held, category)
        if decides:
            may_decide(actor, held).or_refuse()
        extract = Extract.objects.create(
            room=held,
            category=category,
            made_by=actor,
            selection=selection,
            title=title.strip(),
            decided_why=decided_why.strip() if decides else "",
            created_at=at,
        )
        _cite(extract, messages, actor, held, at)
    return extract


def answer(*, member: Member, citation: Citation, agrees: bool, at: datetime) -> None:
    """An author says yes or no to a message of theirs; a yes puts it in its place, a no may still become a yes."""
    if citation.message.author_id != member.pk:
        raise NotAllowed("Only the one who said it can agree.")
    with transaction.atomic():
        Room.objects.select_for_update(of=("self",)).get(pk=citation.message.room_id)
        held = Citation.objects.select_related("extract__room__group", "extract__category__group").get(pk=citation.pk)
        if held.state == State.STANDS or (held.state == State.REFUSED and not agrees):
            return
        held.state, held.settled_at = (State.STANDS if agrees else State.REFUSED), at
        held.save(update_fields=["state", "settled_at"])
        if agrees:
            _stand(held.extract, [writing.again(held.message_id)], at)


def _cite(extract: Extract, messages: list[Message], actor: Member, room: Room, at: datetime) -> None:
    asks = is_wider(room, extract.category) and not extract.decided_why
    asked = [each for each in messages if asks and each.author_id != actor.pk and not each.author.departed_at]
    standing = [each for each in messages if not asks or each.author_id == actor.pk]
    Citation.objects.bulk_create(
        [Citation(extract=extract, message=each, state=State.ASKED) for each in asked]
        + [Citation(extract=extract, message=each, state=State.STANDS, settled_at=at) for each in standing]
    )
    if standing:
        _stand(extract, standing, at)
    if asked:
        notices.asked(extract, room, {each.author_id for each in asked}, at=at)
    if extract.decided_why:
        text = f"Messages of “{room.title}” were put into a topic that more people read. Why: {extract.decided_why}"
        log.record(group=room.group, actor=actor, kind="room.extracted", text=text, at=at)
        others = {each.author_id for each in standing} - {actor.pk}
        notices.decided(extract, room, others, at=at)


def _stand(extract: Extract, messages: list[Message], at: datetime) -> None:
    """These stand in the topic from now on; the first of all begin it. Both sides link to each other."""
    room = extract.room
    if extract.topic_id is None:
        extract.topic = topics.open(
            author=extract.made_by,
            category=extract.category,
            title=extract.title,
            body=citing.body(messages, room),
            client_key=f"extract-{extract.pk}",
            at=at,
            origin_title=f"From the room “{room.title}”",
            origin_url=min(messages, key=lambda each: each.seq).get_absolute_url(),
        )
        extract.save(update_fields=["topic"])
    else:
        for message in messages:
            _insert(extract, message, at)
    following.link(messages, room, extract.topic_id)


def _insert(extract: Extract, message: Message, at: datetime) -> None:
    later = extract.citations.filter(state=State.STANDS, message__seq__gt=message.seq).select_related("message")
    following_one = later.order_by("message__seq").first()
    before = following_one.message if following_one else None
    if extract.topic_id is not None:
        quoting.rewrite(
            topic_id=extract.topic_id, change=lambda body: citing.insert(body, message, extract.room, before), at=at
        )
