"""The line that says what was done to a topic, and the group's log where it concerns what others wrote."""

from datetime import datetime

from community.actions import log
from community.models import Member
from forum.models import Act, Topic

Kind = Act.Kind
LOGGED = {
    Kind.CLOSED: "Closed topic {}",
    Kind.REOPENED: "Opened topic {} again",
    Kind.ARCHIVED: "Archived topic {}",
    Kind.UNARCHIVED: "Took topic {} out of the archive",
    Kind.SLOWED: "Changed the pace of topic {}",
    Kind.MOVED: "Moved topic {} to another place",
    Kind.GAVE: "Moved posts out of topic {}",
    Kind.JOINED: "Joined another topic to topic {}",
}
"""A topic is named by its number: what its title says may have to go one day, and the log does not."""


def record(
    topic: Topic, kind: Act.Kind, *, actor: Member | None, at: datetime, other: Topic | None = None, words: str = ""
) -> None:
    """Under the lock of the topic, after its last post."""
    Act.objects.create(
        topic=topic, after_number=topic.last_number, kind=kind, actor=actor, other=other, words=words[:100], at=at
    )
    if actor is None or kind not in LOGGED or topic.category.group is None:
        return
    if topic.posts.exclude(author=actor).exists():
        log.record(
            group=topic.category.group,
            actor=actor,
            kind=f"forum.topic_{kind.value}",
            text=LOGGED[kind].format(topic.pk),
            at=at,
            data={"topic": topic.pk},
        )
