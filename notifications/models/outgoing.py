"""The outbox: every mail is a row before it is sent."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    """Which mails."""

    def due(self, at: datetime) -> Self:
        """Waiting and ready to go at `at`."""
        return self.filter(state=OutgoingMail.State.WAITING, due_at__lte=at)


class OutgoingMail(models.Model):
    """One mail to one address; sent at least once, with a Message-ID that never changes."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        DROPPED = "dropped"

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="outgoing_mails")
    to = models.EmailField(max_length=254)
    kind = models.CharField(max_length=40)
    scope = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    attachments = models.JSONField(default=list, blank=True, help_text="[{name, type, text}]: small text parts only")
    message_id = models.CharField(max_length=120, unique=True)
    dedupe_key = models.CharField(max_length=150, unique=True, null=True, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="outgoing_due"),
            models.Index(fields=["claimed_at"], condition=Q(state="sending"), name="outgoing_claimed"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to} ({self.state})"
