"""A member's own calendar address."""

from django.db import models
from django.db.models import Q


class CalendarFeed(models.Model):
    """The secret in the address is shown once; only its hash is kept. Rotating ends the old row and makes a new one.

    It shows every evening of the member's groups but those left out, and whatever else they answered; or only those
    they are going to.
    """

    member = models.ForeignKey("community.Member", models.CASCADE, related_name="calendar_feeds")
    secret_hash = models.CharField(max_length=64, unique=True)
    only_going = models.BooleanField("only what I am going to", default=False)
    left_out = models.ManyToManyField("community.Group", related_name="+", blank=True)
    chosen_at = models.DateTimeField("when these were chosen", null=True, blank=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_fetched_at = models.DateTimeField(null=True, blank=True)
    last_client = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member"], condition=Q(revoked_at=None), name="calendar_feed_live_once"),
        ]

    def __str__(self) -> str:
        return f"calendar of {self.member_id}"
