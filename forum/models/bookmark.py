"""A post somebody wants to find again, and perhaps be reminded of."""

from django.db import models
from django.db.models import Q

LONGEST_NOTE = 200


class Bookmark(models.Model):
    """One a member a post; nobody else sees it. `reminded_at` says that the reminder is settled."""

    member = models.ForeignKey("community.Member", models.CASCADE, related_name="bookmarks")
    post = models.ForeignKey("forum.Post", models.CASCADE, related_name="bookmarks")
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    remind_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "post"], name="bookmark_once"),
            models.CheckConstraint(
                name="bookmark_reminded_when_asked", condition=Q(reminded_at=None) | Q(remind_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-id"], name="bookmark_list"),
            models.Index(
                fields=["remind_at"], condition=Q(remind_at__isnull=False, reminded_at=None), name="bookmark_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} keeps {self.post_id}"
