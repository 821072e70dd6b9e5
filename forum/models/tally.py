"""How much was said in a topic within a week, a month, a year: kept when it is said, so that "top" need not count."""

from datetime import UTC, date, datetime, timedelta

from django.db import models


class Tally(models.Model):
    """Posts that can be seen, by the span they were written in. `starts_on` is its first day, in UTC."""

    class Span(models.TextChoices):
        """How long."""

        WEEK = "week", "This week"
        MONTH = "month", "This month"
        YEAR = "year", "This year"

    topic = models.ForeignKey("forum.Topic", models.CASCADE, related_name="tallies", db_index=False)
    span = models.CharField(max_length=5, choices=Span)
    starts_on = models.DateField()
    posts = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "span", "starts_on"], name="tally_once"),
            models.CheckConstraint(name="tally_span", condition=models.Q(span__in=["week", "month", "year"])),
        ]
        indexes = [models.Index(fields=["span", "starts_on", "-posts", "-topic"], name="tally_top")]

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.posts} in the {self.span} of {self.starts_on}"


def first_day(span: Tally.Span | str, moment: datetime) -> date:
    """The first day of the week (a Monday), month or year in which a moment lies, in UTC."""
    day = moment.astimezone(UTC).date()
    match Tally.Span(span):
        case Tally.Span.WEEK:
            return day - timedelta(days=day.weekday())
        case Tally.Span.MONTH:
            return day.replace(day=1)
        case _:
            return day.replace(month=1, day=1)
