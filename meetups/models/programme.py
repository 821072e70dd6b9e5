"""Calendars of vendors' programmes, shown as what they are."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q


class ProgrammeFeed(models.Model):
    """The address of a vendor's public calendar, added by an editor and fetched from time to time."""

    organisation = models.ForeignKey("community.Organisation", models.CASCADE, related_name="programme_feeds")
    name = models.CharField("programme", max_length=120)
    url = models.CharField("address", max_length=500, unique=True)
    added_by = models.ForeignKey("community.Member", models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField()
    due_at = models.DateTimeField("fetched next")
    fetched_at = models.DateTimeField("last fetched well", null=True, blank=True)
    etag = models.CharField(max_length=200, blank=True)
    trouble = models.CharField(max_length=300, blank=True, help_text="Why the last try failed")

    def __str__(self) -> str:
        return self.name


class ProgrammeEventQuerySet(models.QuerySet["ProgrammeEvent"]):
    """Which of them."""

    def coming(self, at: datetime) -> Self:
        """Not yet over."""
        return self.filter(ends_at__gt=at)


class ProgrammeEvent(models.Model):
    """One date of a programme. It leads away: what it is about stands with the vendor."""

    feed = models.ForeignKey(ProgrammeFeed, models.CASCADE, related_name="events")
    uid = models.CharField(max_length=255)
    occurrence = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    time_zone = models.CharField(max_length=64)
    place = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=500, blank=True)
    is_cancelled = models.BooleanField(default=False)

    objects = ProgrammeEventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed", "uid", "occurrence"], name="programme_event_once"),
            models.CheckConstraint(name="programme_event_period", condition=Q(ends_at__gt=F("starts_at"))),
        ]
        indexes = [models.Index(fields=["starts_at"], name="programme_when")]

    def __str__(self) -> str:
        return self.title

    @property
    def organisation(self) -> Any:
        """Whose it is."""
        return self.feed.organisation

    @property
    def organisation_id(self) -> int:
        """Whose it is: what marks a line as a vendor's."""
        return self.feed.organisation_id

    def get_absolute_url(self) -> str:
        """Its page with the vendor, or the vendor's page here."""
        return self.url or self.feed.organisation.get_absolute_url()
