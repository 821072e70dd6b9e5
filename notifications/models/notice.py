"""A row in a member's inbox; the row is also the queue for mail."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Which notices."""

    def visible_to(self, member: models.Model) -> Self:
        """A member's own inbox and nobody else's."""
        return self.filter(recipient=member.pk)

    def unread(self) -> Self:
        """Not yet opened."""
        return self.filter(read_at=None)

    def due_by_mail(self, at: datetime, *, even_read: Iterable[str] = ()) -> Self:
        """Waiting to become a mail at `at`; of what was read already, only the kinds in `even_read`."""
        wanted = Q(read_at=None) | Q(kind__in=list(even_read))
        return self.filter(wanted, mail_due_at__lte=at, mailed_at=None)


class Notice(models.Model):
    """Something a member should hear of. `scope` is "" or "group:<id>": higher floors are known by name only."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", db_index=False)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    scope = models.CharField(max_length=40, blank=True)
    subject = models.CharField("what it is about", max_length=60, blank=True, help_text="For grouping: topic:42")
    title = models.CharField(max_length=200)
    excerpt = models.TextField(blank=True)
    url = models.CharField(max_length=500)
    data = models.JSONField(default=dict, blank=True)
    dedupe_key = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mail_due_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "dedupe_key"], name="notice_told_once"),
        ]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notice_inbox"),
            models.Index(fields=["recipient"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["mail_due_at"], condition=Q(mailed_at=None), name="notice_mail_due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"
