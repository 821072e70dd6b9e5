"""A vendor supports a group for some days."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q

from community.models.period import PeriodQuerySet, ends_after_start


class SponsorshipQuerySet(PeriodQuerySet["Sponsorship"]):
    """Which sponsorships."""

    def accepted(self) -> Self:
        """Agreed; before that nothing of it counts."""
        return self.filter(state=Sponsorship.State.ACCEPTED)

    def proposed(self) -> Self:
        """Waiting for the group's organisers."""
        return self.filter(state=Sponsorship.State.PROPOSED)

    def running(self, day: date) -> Self:
        """Accepted and covering `day`."""
        return self.accepted().on(day)

    def overlapping(self, starts_on: date, ends_on: date | None) -> Self:
        """Covering a day of the half-open period from `starts_on`; no end means for good. An empty period has none."""
        begun = self if ends_on is None else self.filter(starts_on__lt=ends_on)
        if ends_on is not None and ends_on <= starts_on:
            return self.none()
        return begun.filter(ends_on__gt=starts_on).exclude(ends_on=F("starts_on"))


class Sponsorship(models.Model):
    """Proposed by a vendor, accepted by organisers who are not affiliated with it. No community table points here."""

    class State(models.TextChoices):
        """Where it stands."""

        PROPOSED = "proposed", "Proposed"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"

    organisation = models.ForeignKey("community.Organisation", models.PROTECT, related_name="sponsorships")
    group = models.ForeignKey("community.Group", models.PROTECT, related_name="sponsorships")
    package = models.ForeignKey("sponsors.Package", models.PROTECT, null=True, blank=True, related_name="sponsorships")
    gives = models.CharField("what you give", max_length=300)
    amount = models.DecimalField("worth", max_digits=10, decimal_places=2, default=0)
    currency = models.CharField(max_length=3, default="GBP")
    is_in_kind = models.BooleanField(default=False)
    benefits = models.JSONField(default=list, blank=True, help_text="Copied from the package when accepted")
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=9, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey("community.Member", models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    settled_by = models.ForeignKey("community.Member", models.SET_NULL, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_why = models.CharField(max_length=500, blank=True)
    ended_by = models.ForeignKey("community.Member", models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField("ended early", null=True, blank=True)
    ended_why = models.CharField(max_length=500, blank=True)

    objects = SponsorshipQuerySet.as_manager()

    class Meta:
        constraints = [
            ends_after_start("sponsorship_period"),
            models.CheckConstraint(name="sponsorship_amount", condition=Q(amount__gte=0)),
            models.CheckConstraint(
                name="sponsorship_settled", condition=Q(state="proposed") | Q(settled_at__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["organisation", "group"], condition=Q(state="proposed"), name="sponsorship_proposed_once"
            ),
        ]
        indexes = [
            models.Index(fields=["group", "ends_on"], condition=Q(state="accepted"), name="sponsorship_running"),
        ]

    @property
    def last_day(self) -> date:
        """The day before the half-open period ends, as people say it."""
        return self.ends_on - timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.organisation_id} → {self.group_id}"
