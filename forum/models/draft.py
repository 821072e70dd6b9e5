"""Words that are not posted yet."""

from typing import Any, Literal, NamedTuple, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from forum.models.post import Post

Kind = Literal["new", "category", "topic", "post"]


class Place(NamedTuple):
    """Where somebody writes: a new topic (in a category, or not chosen yet), a reply to a topic, a change of a post."""

    kind: Kind
    number: int = 0

    @property
    def fields(self) -> dict[str, int | None]:
        """As columns of a draft."""
        return {f"{each}_id": self.number if each == self.kind else None for each in ("category", "topic", "post")}

    def __str__(self) -> str:
        return f"{self.kind}:{self.number}"


class DraftQuerySet(models.QuerySet["Draft"]):
    """Which drafts."""

    def at(self, place: Place) -> Self:
        """Of one place."""
        return self.filter(**place.fields)

    def published(self) -> Self:
        """Those whose words were posted: a save that was still on its way then offers nothing."""
        return self.filter(posted())

    def waiting(self) -> Self:
        """Those worth offering again."""
        return self.filter(~posted(), is_empty=False)


def posted() -> Exists:
    """Of rows of drafts: whether the form they belong to was posted."""
    return Exists(Post.objects.filter(author=OuterRef("member"), client_key=OuterRef("client_key")))


class Draft(models.Model):
    """One a member a place. `typed` maps the fields of the form to what stands in them, as typed.

    `sequence` rises with each save, so that one that was overtaken on its way never overwrites a later one.
    """

    member = models.ForeignKey("community.Member", models.CASCADE, related_name="drafts")
    category = models.ForeignKey("forum.Category", models.CASCADE, null=True, blank=True, related_name="+")
    topic = models.ForeignKey("forum.Topic", models.CASCADE, null=True, blank=True, related_name="+")
    post = models.ForeignKey("forum.Post", models.CASCADE, null=True, blank=True, related_name="+")
    typed: Any = models.JSONField(default=dict)
    is_empty = models.BooleanField(default=False)
    client_key = models.CharField(max_length=64, blank=True, help_text="Of the form: posting it ends the draft")
    sequence = models.PositiveBigIntegerField()
    saved_at = models.DateTimeField(db_index=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="draft_of_one_place",
                condition=Q(topic=None, post=None) | Q(category=None, post=None) | Q(category=None, topic=None),
            ),
            models.UniqueConstraint(
                fields=["member"], condition=Q(category=None, topic=None, post=None), name="draft_new_once"
            ),
            models.UniqueConstraint(
                fields=["member", "category"], condition=Q(category__isnull=False), name="draft_category_once"
            ),
            models.UniqueConstraint(
                fields=["member", "topic"], condition=Q(topic__isnull=False), name="draft_topic_once"
            ),
            models.UniqueConstraint(fields=["member", "post"], condition=Q(post__isnull=False), name="draft_post_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} at {self.place}"

    @property
    def place(self) -> Place:
        """Where it was begun."""
        kinds: tuple[Kind, ...] = ("category", "topic", "post")
        return next((Place(kind, pk) for kind in kinds if (pk := getattr(self, f"{kind}_id"))), Place("new"))

    @property
    def url(self) -> str:
        """Where to go on writing; the category is loaded already."""
        if self.topic_id:
            return reverse("forum:reply", args=[self.topic_id])
        if self.post_id:
            return reverse("forum:edit", args=[self.post_id])
        return reverse("forum:new") + (f"?category={self.category.slug}" if self.category else "")
