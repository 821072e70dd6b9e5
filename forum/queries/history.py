"""What a post said before: each change with who made it, the newest first."""

from dataclasses import dataclass

from community.registry import Label, labels
from community.text import diff
from forum.models import Post, Revision

PER_PAGE = 10


@dataclass(frozen=True, slots=True)
class Step:
    """One text of a post and how it differs from the one before; the first has nothing before it."""

    revision: Revision
    label: Label | None
    changes: list[diff.Part]
    title_changes: list[diff.Part]

    @property
    def is_first(self) -> bool:
        """As the post was first written."""
        return self.revision.number == 1


@dataclass(frozen=True, slots=True)
class History:
    """A page of steps; `older` is the number to go on before, 0 at the end."""

    steps: list[Step]
    older: int = 0


def history(post: Post, *, before: int = 0) -> History:
    """The newest texts of a post, or those before number `before`; two queries and the labels."""
    rows = post.revisions.select_related("editor__avatar").order_by("-number")
    if before:
        rows = rows.filter(number__lt=before)
    found = list(rows[: PER_PAGE + 1])
    shown = found[:PER_PAGE]
    said = labels({each.editor_id for each in shown}, post.topic.category.group)
    older = shown[-1].number if len(found) > PER_PAGE else 0
    earlier: list[Revision | None] = [*found[1:], None]
    return History([_step(each, was, said) for each, was in zip(shown, earlier, strict=False)], older)


def _step(revision: Revision, was: Revision | None, said: dict[int, Label]) -> Step:
    return Step(
        revision=revision,
        label=said.get(revision.editor_id),
        changes=diff.changes(was.body if was else "", revision.body),
        title_changes=diff.changes(was.title, revision.title) if was else [],
    )
