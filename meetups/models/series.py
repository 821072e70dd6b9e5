"""The rule: "second Tuesday, 18:30, the Fox"."""

from django.db import models
from django.db.models import Q


class Series(models.Model):
    """A rhythm on the wall clock of a time zone; meetups are rows made from it, twelve months ahead."""

    class Rhythm(models.TextChoices):
        """Kinds of rule that calendars everywhere agree on."""

        WEEKLY = "weekly", "Every week or every few weeks"
        MONTHLY_WEEKDAY = "weekday", "Each month on a weekday, such as the second Tuesday"
        MONTHLY_DAY = "day", "Each month on a day, such as the 15th"

    group = models.ForeignKey("community.Group", models.CASCADE, related_name="series")
    title = models.CharField(max_length=120)
    about = models.TextField(max_length=4000, blank=True)
    rhythm = models.CharField(max_length=8, choices=Rhythm, default=Rhythm.MONTHLY_WEEKDAY)
    interval = models.PositiveSmallIntegerField(default=1)
    weekday = models.PositiveSmallIntegerField(null=True, blank=True, help_text="0 is Monday")
    nth = models.SmallIntegerField(null=True, blank=True, help_text="1 to 4, or -1 for the last")
    month_day = models.PositiveSmallIntegerField(null=True, blank=True)
    starts_on = models.DateField("first date")
    ends_on = models.DateField("no date from this day on", null=True, blank=True)
    start_time = models.TimeField("starts at, on the clock of the place")
    duration = models.DurationField()
    time_zone = models.CharField(max_length=64)
    venue = models.ForeignKey("meetups.Venue", models.SET_NULL, null=True, blank=True, related_name="series")
    capacity = models.PositiveIntegerField(null=True, blank=True)
    guests_allowed = models.PositiveSmallIntegerField(default=0)
    planned_by = models.ForeignKey("community.Member", models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="series_interval", condition=Q(interval__gte=1, interval__lte=12)),
            models.CheckConstraint(
                name="series_rule_complete",
                condition=Q(rhythm="weekly", weekday__gte=0, weekday__lte=6)
                | Q(rhythm="weekday", weekday__gte=0, weekday__lte=6, nth__in=[-1, 1, 2, 3, 4])
                | Q(rhythm="day", month_day__gte=1, month_day__lte=31),
            ),
        ]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.title
