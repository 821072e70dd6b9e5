"""What was said among those who look after a group, beside the posts of a topic."""

from collections.abc import Iterable, Mapping

from community.models import Member
from community.registry import Label
from forum.models import Topic, Whisper


def whispers_on(topic: Topic, member: Member | None, numbers: list[int]) -> dict[int, list[Whisper]]:
    """By the number of the post they stand after, oldest first; one query, none where there is no group."""
    if topic.category.group_id is None:
        return {}
    rows = Whisper.objects.visible_to(member).filter(topic=topic, after__in=numbers)
    found: dict[int, list[Whisper]] = {}
    for whisper in rows.select_related("author").order_by("after", "pk"):
        found.setdefault(whisper.after, []).append(whisper)
    return found


def labelled(whispers: Iterable[Whisper], said: Mapping[int, Label]) -> tuple[Whisper, ...]:
    """Each with what must stand beside its author's name, as `label`."""
    shown = tuple(whispers)
    for whisper in shown:
        setattr(whisper, "label", said.get(whisper.author_id))  # noqa: B010  (carried to the template)
    return shown
