"""What those who look after a group say to one another in a topic."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from community.models import Membership
from forum.models.topic import Topic


class WhisperQuerySet(models.QuerySet["Whisper"]):
    """Which whispers."""

    def visible_to(self, member: models.Model | None) -> Self:
        """In a topic the member may see, by organisers and moderators of a group they govern; the site's see all."""
        if member is None or not member.pk:
            return self.none()
        rows = self.filter(topic__in=Topic.objects.visible_to(member), deleted_at=None)
        if getattr(member, "is_moderator", False):
            return rows
        return rows.filter(group__in=Membership.objects.live().governing().filter(member=member.pk).values("group"))


class Whisper(models.Model):
    """A row of its own and no kind of post, so that nothing which counts, lists, searches or sends posts can meet it.

    It stands after post number `after`; `group` is the one it was said in: a topic that moves shows it to nobody new.
    """

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="whispers")
    group = models.ForeignKey("community.Group", models.CASCADE, related_name="+")
    author = models.ForeignKey("community.Member", models.PROTECT, related_name="whispers")
    after = models.PositiveIntegerField()
    body = models.TextField()
    body_html = models.TextField()
    render_version = models.PositiveSmallIntegerField()
    client_key = models.CharField(max_length=64, help_text="Made by the form: a double click says it once")
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = WhisperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "client_key"], name="whisper_client_key_once"),
            models.CheckConstraint(name="whisper_after_a_post", condition=Q(after__gte=1)),
        ]
        indexes = [models.Index(fields=["topic", "after"], name="whisper_place")]

    def __str__(self) -> str:
        return f"{self.topic_id}, after {self.after}"

    def get_absolute_url(self) -> str:
        """Where it stands: the post before it."""
        return reverse("forum:post", args=[self.topic_id, self.topic.slug or "-", self.after])
