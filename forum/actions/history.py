"""What a post said is kept, unless a slip was put right at once. `keep` is called under the lock of the topic."""

from datetime import datetime

from django.db import transaction

from community.models import Member
from forum import notices
from forum.actions import writing
from forum.models import Post, Revision, Topic
from forum.policies.changing import leaves_no_trace


def keep(post: Post, topic: Topic, *, editor: Member, body: str, title: str, reason: str, at: datetime) -> int:
    """Keep the text that is about to be written, and with the first change the one before it; sets `edited_at`.

    Answers the number of the text, 0 for a slip put right before there was any other.
    """
    latest = post.revisions.order_by("-number").first()
    last_hand, written_at = (latest.editor_id, latest.written_at) if latest else (post.author_id, post.created_at)
    is_first = post.number == 1
    is_slip = leaves_no_trace(
        written_at=written_at,
        is_same_hand=last_hand == editor.pk,
        is_answered=_is_answered(post, topic, editor, written_at),
        reason=reason,
        at=at,
    )
    if is_slip:
        if latest:
            latest.body, latest.title = body, title if is_first else ""
            latest.save(update_fields=["body", "title"])
        return latest.number if latest else 0
    if latest is None:
        latest = Revision.objects.create(
            post=post,
            number=1,
            editor=post.author,
            title=topic.title if is_first else "",
            body=post.body,
            written_at=post.created_at,
        )
    Revision.objects.create(
        post=post,
        number=latest.number + 1,
        editor=editor,
        title=title if is_first else "",
        body=body,
        reason=reason,
        written_at=at,
    )
    post.edited_at = at
    return latest.number + 1


def withhold(*, revision_id: int, at: datetime) -> None:
    """After a decision nobody reads this earlier text any more; may run twice. Notices quote it no longer."""
    _set_withheld(revision_id, at)


def give_back(*, revision_id: int) -> None:
    """Undo `withhold`; may run twice. The notices stay silent."""
    _set_withheld(revision_id, None)


def _set_withheld(revision_id: int, withheld_at: datetime | None) -> None:
    with transaction.atomic():
        writing.locked(Revision.objects.values_list("post__topic", flat=True).get(pk=revision_id))
        revision = Revision.objects.select_related("post").get(pk=revision_id)
        if (revision.withheld_at is None) == (withheld_at is None):
            return
        revision.withheld_at = withheld_at
        revision.save(update_fields=["withheld_at"])
        if withheld_at:
            notices.silenced(revision.post, revision.number)


def forget_reasons(*, member: Member, at: datetime) -> None:
    """The member has departed: texts belong to their posts, the words beside them were the member's own."""
    Revision.objects.filter(editor=member).exclude(reason="").update(reason="")


def _is_answered(post: Post, topic: Topic, editor: Member, since: datetime) -> bool:
    """Whether somebody else has written here since."""
    later = Post.objects.filter(topic=topic, number__gt=post.number, created_at__gte=since)
    return later.exclude(author=editor).exists()
