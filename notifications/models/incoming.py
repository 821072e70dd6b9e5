"""The one door for mail that comes in: an unguessable address leads to a registered handler."""

from django.conf import settings
from django.db import models


class IncomingAddress(models.Model):
    """`<token>@MAIL_DOMAIN`: what a mail to it means. Only a hash of the token is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="incoming_addresses")
    handler = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.handler} {self.pk}"


class IncomingMail(models.Model):
    """A mail that was let in, and what became of it; the Message-ID keeps a second delivery from acting twice."""

    class Outcome(models.TextChoices):
        """What became of it."""

        DONE = "done"
        REFUSED = "refused"
        UNKNOWN = "unknown"

    message_id = models.CharField(max_length=250)
    address = models.ForeignKey(IncomingAddress, models.SET_NULL, null=True, related_name="mails")
    sender = models.CharField(max_length=254)
    received_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome)
    detail = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message_id", "address"], name="incoming_once"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.outcome}"
