"""Coming every time, until one says otherwise."""

from django.db import models
from django.db.models import Q

from meetups.models.meetup import MOST_GUESTS


class StandingRsvp(models.Model):
    """A member's answer to a whole series: each date takes it in its turn, each date may be declined by itself."""

    series = models.ForeignKey("meetups.Series", models.CASCADE, related_name="standing_rsvps")
    member = models.ForeignKey("community.Member", models.CASCADE, related_name="standing_rsvps")
    guests = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "member"], name="standing_rsvp_once"),
            models.CheckConstraint(name="standing_rsvp_guests_bounded", condition=Q(guests__lte=MOST_GUESTS)),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} every {self.series_id}"
