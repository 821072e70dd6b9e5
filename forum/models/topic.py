"""A thing people talk about."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from community.models import Membership
from forum.models.category import Category


class TopicQuerySet(models.QuerySet["Topic"]):
    """Which topics."""

    def visible_to(self, member: models.Model | None) -> Self:
        """In a category the member may read, not deleted; hidden ones for author and those who govern."""
        rows = self.filter(category__in=Category.objects.visible_to(member), deleted_at=None)
        if member is None or not member.pk:
            return rows.filter(hidden_at=None)
        if getattr(member, "is_moderator", False):
            return rows
        governed = Membership.objects.live().governing().filter(member=member.pk).values("group")
        return rows.filter(Q(hidden_at=None) | Q(author=member) | Q(category__group__in=governed))

    def counted(self) -> Self:
        """Those the counters of a category count."""
        return self.filter(hidden_at=None, deleted_at=None)

    def solved(self) -> Self:
        """Those whose answer was marked."""
        return self.filter(solved_by__isnull=False)


class Topic(models.Model):
    """Post number 1 is the topic's own text. Counters are kept by actions and proved by `recount`."""

    category = models.ForeignKey(Category, models.PROTECT, related_name="topics", db_index=False)
    author = models.ForeignKey("community.Member", models.PROTECT, related_name="topics")
    title = models.CharField(max_length=160)
    slug = models.SlugField(max_length=120, allow_unicode=True, db_index=False)
    origin_title = models.CharField(max_length=160, blank=True, help_text="What it was opened for, such as a meetup")
    origin_url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    last_posted_at = models.DateTimeField()
    last_author = models.ForeignKey("community.Member", models.PROTECT, related_name="+")
    last_number = models.PositiveIntegerField(default=0, help_text="The highest number given out; never reused")
    last_shown_number = models.PositiveIntegerField(default=0, help_text="The highest number that can be seen")
    post_count = models.PositiveIntegerField(default=0, help_text="Posts that can be seen, the first included")
    is_pinned = models.BooleanField(default=False)
    is_pinned_everywhere = models.BooleanField(default=False)
    slow_seconds = models.PositiveIntegerField(default=0, help_text="Between two posts of one member; 0: any pace")
    closed_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True, help_text="Nothing is added or changed since then")
    hidden_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    continues = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="goes_on", help_text="The full topic before it"
    )
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    tag_line = models.CharField(max_length=160, blank=True, help_text="Names of its tags, for lists; kept by actions")
    solved_by = models.ForeignKey("forum.Post", models.SET_NULL, null=True, blank=True, related_name="solves")

    objects = TopicQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="topic_pace", condition=Q(slow_seconds__lte=86_400)),
            models.CheckConstraint(
                name="topic_merged_is_gone", condition=Q(merged_into__isnull=True) | Q(deleted_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["-last_posted_at", "-id"], name="topic_latest"),
            models.Index(fields=["category", "-last_posted_at", "-id"], name="topic_latest_in"),
            models.Index(fields=["-created_at"], name="topic_newest"),
            models.Index(fields=["-last_posted_at", "-id"], condition=Q(post_count=1), name="topic_unanswered"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_solved(self) -> bool:
        """Was an answer marked? It is `solved_by`, a post of this topic (`models/guards.py` holds that)."""
        return self.solved_by_id is not None

    @property
    def tag_names(self) -> list[str]:
        """Its tags, in the order they were given."""
        return self.tag_line.split(",") if self.tag_line else []

    def get_absolute_url(self) -> str:
        """The first page of it."""
        return reverse("forum:topic", args=[self.pk, self.slug or "-"])
