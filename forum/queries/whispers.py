"""What was said among those who look after a group, beside the posts of a topic."""

from community.models import Member
from community.registry import labels
from forum.models import Topic, Whisper


def whispers_on(topic: Topic, member: Member | None, numbers: list[int]) -> dict[int, tuple[Whisper, ...]]:
    """By the number of the post they stand after, oldest first, each with the `label` of its author.

    One query, none where there is no group; one more for labels where somebody whispered.
    """
    if topic.category.group_id is None:
        return {}
    rows = Whisper.objects.visible_to(member).filter(topic=topic, after__in=numbers)
    found = list(rows.select_related("author").order_by("after", "pk"))
    if not found:
        return {}
    said = labels({each.author_id for each in found}, topic.category.group)
    by_number: dict[int, tuple[Whisper, ...]] = {}
    for whisper in found:
        setattr(whisper, "label", said.get(whisper.author_id))  # noqa: B010  (carried to the template)
        by_number[whisper.after] = (*by_number.get(whisper.after, ()), whisper)
    return by_number
