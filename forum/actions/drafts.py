"""What is typed is kept on the server until it is posted or thrown away."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from community.models import Member
from community.verdicts import no
from forum.models import Draft, Place, Post, Topic

KEPT_FOR = timedelta(days=180)
LONGEST = 200_000
"""Characters of a draft: more than a post holds, so that what is too long to post is not lost."""
MOST = 200
"""Drafts a member may have."""
_WORDS = ("title", "body")


class Older(Exception):  # noqa: N818  (it says the outcome)
    """A later text is kept already, from another tab or device; `draft` is that one."""

    def __init__(self, draft: Draft) -> None:
        """Keep the draft."""
        super().__init__("A later text is kept already.")
        self.draft = draft


class Posted(Exception):  # noqa: N818  (it says the outcome)
    """What this form holds was posted meanwhile."""


def save(
    *, member: Member, place: Place, typed: Mapping[str, str], sequence: int, client_key: str, at: datetime
) -> Draft:
    """Keep what stands in a form; the later text wins, whichever comes last. Raises `Older`, `Posted`, `NotAllowed`."""
    if sum(map(len, typed.values())) > LONGEST:
        no(f"A draft holds {LONGEST:,} characters. Keep this one in a file of your own.").or_refuse()
    if client_key and Post.objects.filter(author=member, client_key=client_key).exists():
        raise Posted
    mine = Draft.objects.filter(member=member).at(place)
    values = {
        "typed": dict(typed),
        "is_empty": not any(typed.get(name, "").strip() for name in _WORDS) or _is_as_it_stands(place, typed),
        "client_key": client_key,
        "sequence": sequence,
        "saved_at": at,
    }
    older = mine.filter(Q(sequence__lt=sequence) | Q(pk__in=mine.published().values("pk")))
    if not older.update(**values) and not _begin(member, place, values) and not older.update(**values):
        raise Older(mine.get())
    return mine.get()


def discard(*, member: Member, draft_id: int) -> None:
    """Throw one's own draft away; may run twice."""
    Draft.objects.filter(member=member, pk=draft_id).delete()


def posted(*, member: Member, client_key: str) -> None:
    """The form was posted: its draft goes, in the same transaction."""
    if client_key:
        Draft.objects.filter(member=member, client_key=client_key).delete()


def joined(before: Topic, into: Topic, shift: int) -> None:
    """One topic is about to follow another, its numbers raised by `shift`: replies begun there go on in the other.

    Who has begun one in both keeps the older words in their list of drafts, to copy from.
    """
    both = Draft.objects.filter(topic=into).values("member")
    for draft in Draft.objects.filter(topic=before).exclude(member__in=both):
        answers = str(draft.typed.get("answers") or "")
        if answers.isascii() and answers.isdigit():
            draft.typed = {**draft.typed, "answers": str(int(answers) + shift)}
        draft.topic = into
        draft.save(update_fields=["topic", "typed"])


def purge(at: datetime) -> int:
    """Due work: forget what nobody came back to."""
    gone, _ = Draft.objects.filter(saved_at__lt=at - KEPT_FOR).delete()
    return gone


def forget(*, member: Member, at: datetime) -> None:
    """The member has departed: what was never posted is nobody's business."""
    Draft.objects.filter(member=member).delete()


def _begin(member: Member, place: Place, values: dict) -> Draft | None:
    """The first draft here, or None where there is one."""
    if Draft.objects.filter(member=member).at(place).exists():
        return None
    if Draft.objects.filter(member=member).count() >= MOST:
        no(f"You have {MOST} drafts. Throw some away first: what you type here is not kept.").or_refuse()
    try:
        with transaction.atomic():
            return Draft.objects.create(member=member, **place.fields, **values)
    except IntegrityError:
        return None


def _is_as_it_stands(place: Place, typed: Mapping[str, str]) -> bool:
    """Whether a change of a post changes nothing."""
    if place.kind != "post":
        return False
    post = Post.objects.select_related("topic").get(pk=place.number)
    title = typed.get("title") or post.topic.title
    return (typed.get("body", ""), title) == (post.body, post.topic.title)
