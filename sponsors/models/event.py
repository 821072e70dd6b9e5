"""A vendor's event: the facts that calendars and pages show."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse


class VendorEventQuerySet(models.QuerySet["VendorEvent"]):
    """Which events."""

    def published(self) -> Self:
        """Approved by someone who has nothing to do with the vendor; not hidden by a moderator."""
        return self.filter(state=VendorEvent.State.APPROVED, hidden_at=None)

    def coming(self, at: datetime) -> Self:
        """Published and not yet over."""
        return self.published().filter(ends_at__gt=at)

    def waiting(self) -> Self:
        """For an organiser of the group to settle."""
        return self.filter(state=VendorEvent.State.WAITING, hidden_at=None)


class VendorEvent(models.Model):
    """Written by a representative, approved by an unaffiliated organiser of the group it is for; always labelled."""

    class State(models.TextChoices):
        """Where it stands. A change to an approved event sends it round again."""

        DRAFT = "draft", "Draft"
        WAITING = "waiting", "Waiting for the group"
        APPROVED = "approved", "Published"
        DECLINED = "declined", "Declined"
        CANCELLED = "cancelled", "Cancelled"

    organisation = models.ForeignKey("community.Organisation", models.PROTECT, related_name="events")
    group = models.ForeignKey("community.Group", models.PROTECT, related_name="vendor_events")
    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80)
    summary = models.CharField(max_length=300)
    body = models.TextField(max_length=20_000, blank=True)
    body_html = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    time_zone = models.CharField(max_length=64)
    place = models.CharField(max_length=300, blank=True)
    url = models.URLField("link to take part", max_length=500, blank=True)
    uid = models.CharField(max_length=120, unique=True)
    sequence = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    settled_why = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField("hidden by a moderator", null=True, blank=True)

    objects = VendorEventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="vendor_event_slug_once"),
            models.CheckConstraint(name="vendor_event_period", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="vendor_event_settled",
                condition=~Q(state__in=["approved", "declined"]) | Q(settled_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["group", "starts_at"], condition=Q(state="approved"), name="vendor_event_coming"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("sponsors:event", args=[self.organisation.slug, self.slug])
