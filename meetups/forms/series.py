"""A series, as an organiser changes it."""

from typing import Any

from django import forms

from meetups.forms.plans import DAY, MONTHLY, WEEKLY, PlanForm
from meetups.models import Series
from meetups.rhythm import Rule

KEEP = [("keep", "Keep what was changed by hand on single dates"), ("change", "Change these dates too")]


class SeriesForm(PlanForm):
    """Rhythm and usual facts. Where it begins and ends is a matter of its dates, not of this form."""

    keep_own = forms.ChoiceField(label="Dates that differ", choices=KEEP, initial="keep", widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """It began long ago."""
        super().__init__(*args, **kwargs)
        del self.fields["starts_on"], self.fields["ends_on"]

    def clean_keep_own(self) -> bool:
        """Kept unless they say otherwise."""
        return bool(self.cleaned_data["keep_own"] != "change")

    def rule_of(self, series: Series) -> Rule:
        """The rhythm as typed, with the end the series has."""
        return self.rule(series.starts_on, series.ends_on)


def facts_of(series: Series) -> dict[str, Any]:
    """A series as the form shows it."""
    return {
        "title": series.title,
        "rhythm": rhythm_of(series),
        "weekday": series.weekday,
        "month_day": series.month_day,
        "start_time": series.start_time,
        "minutes": int(series.duration.total_seconds() // 60),
        "time_zone": series.time_zone,
        "venue": series.venue_id,
        "capacity": series.capacity,
        "guests_allowed": series.guests_allowed,
        "about": series.about,
        "keep_own": "keep",
    }


def rhythm_of(series: Series) -> str:
    """The value of the choice that stands for its rule."""
    return {
        WEEKLY: f"{WEEKLY}:{series.interval}",
        MONTHLY: f"{MONTHLY}:{series.nth}",
        DAY: f"{DAY}:",
    }[Series.Rhythm(series.rhythm)]
