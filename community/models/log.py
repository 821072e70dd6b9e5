"""What those who govern did, for members to read."""

from typing import Self

from django.db import models


class LogQuerySet(models.QuerySet["LogEntry"]):
    """Which entries."""

    def visible_to(self, member: models.Model | None) -> Self:
        """The log is public; what it says is already fit for all."""
        return self.all()


class LogEntry(models.Model):
    """One act, in words fit for everyone. Never updated, never deleted, nothing cascades into it."""

    group = models.ForeignKey("community.Group", models.PROTECT, null=True, related_name="log_entries")
    actor = models.ForeignKey("community.Member", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    text = models.CharField(max_length=500)
    data = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()

    objects = LogQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["group", "-id"], name="log_of_group")]

    def __str__(self) -> str:
        return self.text
