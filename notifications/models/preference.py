"""How a member wants to hear of a kind of thing."""

from django.conf import settings
from django.db import models


class Channel(models.TextChoices):
    """Where a notice goes; the inbox always keeps it unless it is NONE."""

    NONE = "none", "Not at all"
    INBOX = "inbox", "Inbox only"
    MAIL = "mail", "Inbox and mail"


class Preference(models.Model):
    """One choice: this kind (or "" for every kind), in this scope (or "" for everywhere), by this channel."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="preferences")
    kind = models.CharField(max_length=40, blank=True)
    scope = models.CharField(max_length=40, blank=True)
    channel = models.CharField(max_length=8, choices=Channel)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "scope"], name="preference_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind or 'everything'} {self.scope}: {self.channel}"
