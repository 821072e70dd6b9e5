"""What a post said before, and who changed it."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Which texts."""

    def earlier(self) -> Self:
        """Those that their post no longer says."""
        later = Revision.objects.filter(post=OuterRef("post"), number__gt=OuterRef("number"))
        return self.filter(Exists(later))


class Revision(models.Model):
    """One text of a post; number 1 is the first. A post that was never changed, or only at once, has none.

    The newest is what the post says now. `title` is the topic's, kept with its first post only.
    """

    post = models.ForeignKey("forum.Post", models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    editor = models.ForeignKey("community.Member", models.PROTECT, related_name="+")
    title = models.CharField(max_length=160, blank=True)
    body = models.TextField()
    reason = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField()
    withheld_at = models.DateTimeField(null=True, blank=True, help_text="A moderator decided that nobody reads it")

    objects = RevisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "number"], name="revision_once"),
            models.CheckConstraint(name="revision_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}, text {self.number}"
