"""Who hears of a post, and how: watchers, the member answered, and those mentioned; each once."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.text import Truncator

from community.models import Member, Membership
from community.text import Rendered
from forum.models import Bookmark, Category, Post, Reading, Topic, Whisper
from forum.queries import followers
from live.publish import publish, recheck
from notifications.actions import notify, withdraw
from notifications.models.preference import Channel
from notifications.registry import Kind

REPLIED = Kind("forum.replied", "Replies in topics you watch, and to your posts", delay=300)
OPENED = Kind("forum.opened", "New topics in places you watch", delay=300)
MENTIONED = Kind("forum.mentioned", "Someone mentions you", delay=60)
REACTED = Kind("forum.reacted", "Someone thanks you or agrees, by a sign", default=Channel.INBOX)
SOLVED = Kind("forum.solved", "Your post was marked as the answer", delay=300)
EDITED = Kind("forum.edited", "Somebody changes a wiki post of yours", delay=300)
PUT_BACK = Kind("forum.put_back", "Somebody who looks after a place puts back a post you removed")
WHISPERED = Kind("forum.whispered", "An organiser or moderator of your group whispers in a topic", delay=60)
REMINDED = Kind("forum.reminded", "Posts you asked to be reminded of")
KINDS = (OPENED, REPLIED, MENTIONED, REACTED, SOLVED, EDITED, PUT_BACK, WHISPERED, REMINDED)

MOST_MENTIONS = 20
"""A post that names more people tells only the first of them."""


def opened(post: Post, topic: Topic, rendered: Rendered, *, at: datetime) -> None:
    """A topic began: those it mentions hear that, and who watches the place hears of the topic."""
    _tell(post, topic, rendered, _mentioned(rendered), at)
    _grew(topic)


def replied(post: Post, topic: Topic, rendered: Rendered, *, at: datetime) -> None:
    """A reply: mentioned ones hear that; watchers and the member answered hear of the reply; open pages get a hint."""
    _tell(post, topic, rendered, _mentioned(rendered), at)
    publish(f"topic:{topic.pk}", "post.added", {"post": post.pk, "number": post.number})
    _grew(topic)


def edited(post: Post, topic: Topic, rendered: Rendered, text: int, *, editor: Member, at: datetime) -> None:
    """A changed post: those hear of it whom it mentions for the first time, and the author of a wiki others changed."""
    _tell(post, topic, rendered, _mentioned(rendered), at, by=editor)
    if editor.pk != post.author_id:
        who = followers.hearers(topic, [post.author_id], editor.pk).all
        title = f"{editor.shown_name} changed your {'wiki ' if post.is_wiki else ''}post in “{topic.title}”"
        message = replace(_message(EDITED.name, title, post, topic, rendered), dedupe=f"edit:{post.pk}:{text}")
        notify.tell(who, message, at=at, actor_id=editor.pk)
    changed(post)


def put_back(post: Post, topic: Topic, actor: Member, *, at: datetime) -> None:
    """A removed post came back; its author hears of it when somebody else did that."""
    changed(post)
    title = f"{actor.shown_name} put back what you had removed in “{topic.title}”"
    message = notify.Message(
        kind=PUT_BACK.name,
        title=Truncator(title).chars(200),
        url=post.get_absolute_url(),
        dedupe=f"back:{post.pk}:{at.isoformat()}",
        scope=topic.category.group.scope if topic.category.group else "",
        subject=f"topic:{topic.pk}",
    )
    notify.tell({post.author_id}, message, at=at, actor_id=actor.pk)


def whispered(whisper: Whisper, topic: Topic, *, at: datetime) -> None:
    """Those who look after the group hear that something was said, and read it there: no notice holds its words."""
    govern = Membership.objects.live().governing().filter(group=whisper.group).values_list("member", flat=True)
    who = followers.hearers(topic, govern, whisper.author_id).all
    message = notify.Message(
        kind=WHISPERED.name,
        title=Truncator(f"{whisper.author.shown_name} whispered in “{topic.title}”").chars(200),
        url=whisper.get_absolute_url(),
        dedupe=f"whisper:{whisper.pk}",
        scope=whisper.group.scope,
        subject=f"topic:{topic.pk}",
    )
    notify.tell(who, message, at=at, actor_id=whisper.author_id)
    publish(f"whispers:{topic.pk}", "whisper.added", {"whisper": whisper.pk, "after": whisper.after})


def hushed(whisper: Whisper) -> None:
    """A whisper was taken back."""
    publish(f"whispers:{whisper.topic_id}", "whisper.gone", {"whisper": whisper.pk})


def changed(post: Post) -> None:
    """Open pages get a hint: the post was edited, hidden, restored or removed."""
    publish(f"topic:{post.topic_id}", "post.changed", {"post": post.pk, "number": post.number})


def solved(answer: Post, topic: Topic, actor: Member, *, at: datetime) -> None:
    """A post was marked as the answer: its author hears of it, once, unless they marked it themselves."""
    author = Q(pk=answer.author_id)
    found = Member.objects.present().filter(author, readers_of(topic.category)).exclude(blocks__blocked=actor.pk)
    message = notify.Message(
        kind=SOLVED.name,
        title=Truncator(f"{actor.shown_name} marked your post as the answer in “{topic.title}”").chars(200),
        url=answer.get_absolute_url(),
        dedupe=f"solved:{answer.pk}",
        scope=topic.category.group.scope if topic.category.group else "",
        subject=f"topic:{topic.pk}",
    )
    notify.tell(found.values_list("pk", flat=True), message, at=at, actor_id=actor.pk)


def withdrawn(there: "QuerySet[Topic]", place: Category) -> None:
    """Only readers of `place` read these topics now: notices of others go, and their open pages stop listening."""
    readers = set(Member.objects.filter(readers_of(place)).values_list("pk", flat=True))
    withdraw.withdraw(subjects=[f"topic:{pk}" for pk in there.values_list("pk", flat=True)], keep=readers)
    outside = Reading.objects.filter(topic__in=there).exclude(member__in=readers)
    for member_id in outside.values_list("member", flat=True).distinct():
        recheck(member_id)


def moved(post_ids: Collection[int], topic: Topic, whisper_ids: Collection[int] = ()) -> None:
    """Notices about these posts and whispers are about the topic they stand in now."""
    keys = [*(f"post:{pk}" for pk in post_ids), *(f"whisper:{pk}" for pk in whisper_ids)]
    withdraw.lead_on(after=f"topic:{topic.pk}", keys=keys)


def silenced(post: Post, *texts: int) -> None:
    """The post, or these texts of it, must not be read any more: what was told of them no longer quotes anything."""
    withdraw.silence(keys=[f"post:{post.pk}", *(f"edit:{post.pk}:{number}" for number in texts)])


def all_silenced(topic: Topic) -> None:
    """The same for every post of a topic."""
    withdraw.silence(keys=[f"post:{pk}" for pk in topic.posts.values_list("pk", flat=True)])


def merged(topic: Topic, into: Topic) -> None:
    """Notices about a topic are about the one it was joined to."""
    withdraw.lead_on(after=f"topic:{into.pk}", before=f"topic:{topic.pk}")


def reacted(post: Post, topic: Topic, member: Member, *, at: datetime) -> None:
    """The author, once for each member, whatever they say and take back; not where the author blocked them."""
    author = Member.objects.present().filter(pk=post.author_id).filter(readers_of(topic.category))
    wanted = author.exclude(blocks__blocked=member).values_list("pk", flat=True)
    title = f"{member.shown_name} reacted to your post in “{topic.title}”"
    message = notify.Message(
        kind=REACTED.name,
        title=Truncator(title).chars(200),
        url=post.get_absolute_url(),
        dedupe=f"reacted:{post.pk}:{member.pk}",
        scope=topic.category.group.scope if topic.category.group else "",
        subject=f"topic:{topic.pk}",
    )
    notify.tell(list(wanted), message, at=at, actor_id=member.pk)


def reminded(kept: Bookmark, *, at: datetime) -> None:
    """The moment a member chose for a bookmark has come: one notice for that moment, however often it is told."""
    topic = kept.post.topic
    message = notify.Message(
        kind=REMINDED.name,
        title=Truncator(f"You wanted to come back to “{topic.title}”").chars(200),
        url=kept.post.get_absolute_url(),
        dedupe=f"bookmark:{kept.pk}:{kept.remind_at:%Y%m%d%H%M}",
        excerpt=kept.note,
        scope=topic.category.group.scope if topic.category.group else "",
        subject=f"topic:{topic.pk}",
    )
    notify.tell([kept.member_id], message, at=at)


def readers_of(category: Category) -> Q:
    """Members who may read a category: `Category.visible_to` asked from the other side."""
    if category.visible_to_whom == Category.Audience.EVERYONE:
        return Q()
    places = Membership.objects.live().filter(group=category.group_id)
    if category.visible_to_whom == Category.Audience.ORGANISERS:
        places = places.organising()
    return Q(pk__in=places.values("member")) | Q(is_moderator=True)


def _grew(topic: Topic) -> None:
    """Whoever may read the place may have something to read: their pages ask how much."""
    is_for_all = topic.category.visible_to_whom == Category.Audience.EVERYONE
    publish(f"talk:{0 if is_for_all else topic.category_id}", "talk.grew", {"topic": topic.pk})


def _mentioned(rendered: Rendered) -> set[int]:
    return set(rendered.mentioned_ids[:MOST_MENTIONS])


def _tell(
    post: Post, topic: Topic, rendered: Rendered, mentioned: set[int], at: datetime, by: Member | None = None
) -> None:
    """Those it mentions; of a new post (`by` nobody but its author) also those who watch, and the member it answers."""
    is_new, by = by is None, by or post.author
    answered = {post.answers.author_id} if is_new and post.answers else set()
    found = followers.hearers(topic, mentioned | answered, by.pk, watchers=is_new)
    who = found.all & (mentioned | answered) | (found.watch if is_new else set())
    author = by.shown_name
    kinds = {
        MENTIONED.name: (who & mentioned, f"{author} mentioned you in “{topic.title}”"),
        REPLIED.name: (who - mentioned, f"{author} replied in “{topic.title}”"),
    }
    if post.number == 1:
        kinds[OPENED.name] = (kinds.pop(REPLIED.name)[0], f"{author} began “{topic.title}”")
    for kind, (recipients, title) in kinds.items():
        if recipients:
            notify.tell(recipients, _message(kind, title, post, topic, rendered), at=at, actor_id=by.pk)


def _message(kind: str, title: str, post: Post, topic: Topic, rendered: Rendered) -> notify.Message:
    group = topic.category.group
    return notify.Message(
        kind=kind,
        title=Truncator(title).chars(200),
        url=post.get_absolute_url(),
        dedupe=f"post:{post.pk}",
        excerpt=rendered.excerpt,
        scope=group.scope if group else "",
        subject=f"topic:{topic.pk}",
    )
