"""What a post said before: each change with who made it, the newest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from community.models import Member
from community.registry import Label, labels
from community.text import diff
from forum.models import Post, Revision
from moderation.models import Decision

PER_PAGE = 10


@dataclass(frozen=True, slots=True)
class Step:
    """One text of a post and how it differs from the one before; the first has nothing before it.

    A withheld one holds no text at all: `why` and the number of the `decision` are for those whom it concerns.
    """

    number: int
    revision: Revision | None = None
    label: Label | None = None
    changes: tuple[diff.Part, ...] = ()
    title_changes: tuple[diff.Part, ...] = ()
    is_now: bool = False
    is_whole: bool = False
    why: str = ""
    decision: int = 0

    @property
    def is_first(self) -> bool:
        """As the post was first written."""
        return self.number == 1


@dataclass(frozen=True, slots=True)
class History:
    """A page of steps; `older` is the number to go on before, 0 at the end."""

    steps: list[Step]
    older: int = 0


def history(post: Post, reader: Member | None, *, governs: bool, before: int = 0) -> History:
    """The newest texts of a post, or those before number `before`; two queries and the labels, two more where needed.

    What was withheld is compared with nothing: the text after it stands against the last one before that may be read.
    `governs`: the reader looks after the place.
    """
    rows = post.revisions.select_related("editor__avatar").order_by("-number")
    found = list((rows.filter(number__lt=before) if before else rows)[: PER_PAGE + 1])
    shown = found[:PER_PAGE]
    said = labels({each.editor_id for each in shown if not each.withheld_at}, post.topic.category.group)
    told = _decisions(each for each in shown if each.withheld_at and _concerns(each, post, reader, governs=governs))
    newest = rows.values_list("number", flat=True).first() if before else shown[0].number if shown else 0
    steps: list[Step] = []
    was = _readable_before(rows, found) if len(found) > PER_PAGE else None
    for each in reversed(shown):
        if each.withheld_at:
            steps.append(_withheld(each, told.get(each.pk), reader, governs=governs))
            continue
        steps.append(_step(each, was, said.get(each.editor_id), is_now=each.number == newest))
        was = each
    return History(steps[::-1], shown[-1].number if len(found) > PER_PAGE else 0)


def _step(revision: Revision, was: Revision | None, label: Label | None, *, is_now: bool) -> Step:
    return Step(
        number=revision.number,
        revision=revision,
        label=label,
        changes=tuple(diff.changes(was.body, revision.body)) if was else (),
        title_changes=tuple(diff.changes(was.title, revision.title)) if was else (),
        is_now=is_now,
        is_whole=was is None,
    )


def _readable_before(rows: QuerySet[Revision], found: list[Revision]) -> Revision | None:
    """The text that the last of a page is compared with, further back where the next one is withheld."""
    if not found[-1].withheld_at:
        return found[-1]
    return rows.filter(number__lt=found[-1].number, withheld_at=None).first()


def _concerns(revision: Revision, post: Post, reader: Member | None, *, governs: bool) -> bool:
    return governs or (reader is not None and reader.pk in {post.author_id, revision.editor_id})


def _withheld(revision: Revision, decision: Decision | None, reader: Member | None, *, governs: bool) -> Step:
    """The page of the decision is for those who look after the place, and for whoever wrote the text."""
    if decision is None:
        return Step(revision.number)
    may_open = governs or (reader is not None and reader.pk == revision.editor_id)
    return Step(revision.number, why=decision.reason, decision=decision.pk if may_open else 0)


def _decisions(withheld: Iterable[Revision]) -> dict[int, Decision]:
    """The one in force about each of these texts."""
    keys = [each.pk for each in withheld]
    if not keys:
        return {}
    rows = Decision.objects.in_force().filter(target_kind="revision", target_id__in=keys, kind=Decision.Kind.HIDE)
    return {decision.target_id: decision for decision in rows.order_by("pk")}


def hands(posts: Sequence[Post]) -> dict[int, list[Member]]:
    """By post, its author and those who changed what it says; one query, and the authors where they are not at hand."""
    found: dict[int, list[Member]] = {post.pk: [post.author] for post in posts}
    for revision in Revision.objects.filter(post__in=posts).select_related("editor").order_by("pk"):
        found[revision.post_id].append(revision.editor)
    return found
