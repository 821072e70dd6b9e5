"""Half-open periods of days: `starts_on` counts, `ends_on` does not; no end means for good."""

from datetime import UTC, date, datetime
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

M = TypeVar("M", bound=models.Model)


class PeriodQuerySet(models.QuerySet[M]):
    """Rows by the days they cover."""

    def on(self, day: date) -> Self:
        """Covering `day`."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)

    def live(self) -> Self:
        """Without an end."""
        return self.filter(ends_on=None)


def ends_after_start(name: str) -> models.CheckConstraint:
    """An empty period (start = end) is allowed: something begun and ended on one day."""
    return models.CheckConstraint(name=name, condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")))


def day_of(at: datetime) -> date:
    """The day a moment belongs to, for every period: UTC, so that roles, ties and sponsorships share one calendar."""
    return at.astimezone(UTC).date()
