"""What one member wrote in a topic."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from community.models import Membership
from forum.models.category import Category
from forum.models.topic import Topic

STEP = 6
"""Digits a step of a path: only digits, so that every database sorts them alike."""
DEEPEST = 8
PATH_LENGTH = STEP * DEEPEST


def path_below(parent: str, number: int) -> str:
    """The path of post `number` that answers the post at `parent` ("" for none); the deepest stand side by side."""
    return parent[: PATH_LENGTH - STEP] + f"{number:0{STEP}}"


class PostQuerySet(models.QuerySet["Post"]):
    """Which posts."""

    def visible_to(self, member: models.Model | None) -> Self:
        """In a topic the member may see; hidden ones only for their author and those who govern the place."""
        rows = self.filter(topic__in=Topic.objects.visible_to(member), deleted_at=None)
        if member is None or not member.pk:
            return rows.filter(hidden_at=None)
        if getattr(member, "is_moderator", False):
            return rows
        governed = Membership.objects.live().governing().filter(member=member.pk).values("group")
        return rows.filter(Q(hidden_at=None) | Q(author=member) | Q(topic__category__group__in=governed))

    def removed_for(self, member: models.Model | None) -> Self:
        """Removed ones whose text the member may still read: their own, and those of places they govern."""
        if member is None or not member.pk:
            return self.none()
        rows = self.filter(topic__category__in=Category.objects.visible_to(member)).exclude(deleted_at=None)
        if getattr(member, "is_moderator", False):
            return rows
        governed = Membership.objects.live().governing().filter(member=member.pk).values("group")
        return rows.filter(Q(author=member) | Q(topic__category__group__in=governed))

    def counted(self) -> Self:
        """Those the counters of a topic count."""
        return self.filter(hidden_at=None, deleted_at=None)


class Post(models.Model):
    """Text as typed and as rendered once, when written. `number` never changes: links use it."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="posts", db_index=False)
    author = models.ForeignKey("community.Member", models.PROTECT, related_name="posts", db_index=False)
    number = models.PositiveIntegerField()
    path = models.CharField(max_length=PATH_LENGTH, blank=True, help_text="Place in the tree, kept by actions")
    answers = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="answered_by")
    body = models.TextField()
    body_html = models.TextField()
    render_version = models.PositiveSmallIntegerField()
    reactions = models.JSONField(default=dict, blank=True, help_text="How many said what, by kind; kept by actions")
    client_key = models.CharField(max_length=64, help_text="Made by the form: a double click posts once")
    version = models.PositiveIntegerField(default=1, help_text="Rises with every change; a form knows its own")
    is_wiki = models.BooleanField(default=False, help_text="Whoever writes in this place may change it")
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="post_number_once"),
            models.UniqueConstraint(fields=["author", "client_key"], name="post_client_key_once"),
            models.CheckConstraint(name="post_version_from_one", condition=Q(version__gte=1)),
        ]
        indexes = [
            models.Index(fields=["author", "-id"], name="post_author"),
            models.Index(fields=["topic", "path"], name="post_tree"),
            models.Index(fields=["topic", "number"], condition=Q(hidden_at=None, deleted_at=None), name="post_shown"),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id}/{self.number}"

    @property
    def depth(self) -> int:
        """How many answers stand above it, the first post left out: all begin beside it."""
        return max(len(self.path) // STEP - 1, 0)

    def get_absolute_url(self) -> str:
        """Its permanent address."""
        return reverse("forum:post", args=[self.topic_id, self.topic.slug or "-", self.number])
