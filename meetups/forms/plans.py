"""A rhythm, and a group that begins with one."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from community.models import Group
from meetups.actions.series import Usual
from meetups.forms.evenings import MOST_SEATS, ZoneField, clock_field, day_field
from meetups.models import MOST_GUESTS, Series, Venue
from meetups.rhythm import NTHS, WEEKDAYS, Rule, anchored, local_day

MONTHLY, WEEKLY, DAY = Series.Rhythm.MONTHLY_WEEKDAY, Series.Rhythm.WEEKLY, Series.Rhythm.MONTHLY_DAY
RHYTHMS = [
    *((f"{MONTHLY}:{nth}", f"{word} … of the month") for nth, word in NTHS.items()),
    (f"{WEEKLY}:1", "Every week"),
    (f"{WEEKLY}:2", "Every two weeks"),
    (f"{WEEKLY}:3", "Every three weeks"),
    (f"{WEEKLY}:4", "Every four weeks"),
    (f"{DAY}:", "A day of the month, such as the 15th"),
]
HOURS = [(minutes, f"{minutes // 60} h {minutes % 60:02} min".replace(" 00 min", "")) for minutes in range(60, 301, 30)]


class RhythmFields(forms.Form):
    """Which day, how often, from when on, how long."""

    rhythm = forms.ChoiceField(label="How often", choices=RHYTHMS, initial=f"{MONTHLY}:2")
    weekday = forms.TypedChoiceField(label="On a", choices=list(enumerate(WEEKDAYS)), coerce=int, initial=1)
    month_day = forms.IntegerField(
        label="Day of the month", min_value=1, max_value=31, required=False, help_text="Only for a day of the month."
    )
    start_time = clock_field("At")
    start_time.initial = "18:30"
    minutes = forms.TypedChoiceField(label="For", choices=HOURS, coerce=int, initial=120)

    def clean(self) -> dict[str, Any]:
        """A rhythm by day needs the day."""
        cleaned: dict[str, Any] = super().clean() or {}
        kind = cleaned.get("rhythm", "").partition(":")[0]
        if kind == DAY and not cleaned.get("month_day") and "month_day" not in self.errors:
            self.add_error("month_day", "Which day of the month?")
        return cleaned

    def rule(self, starts_on: date, ends_on: date | None = None) -> Rule:
        """What was typed, as a rule."""
        kind, _, number = self.cleaned_data["rhythm"].partition(":")
        weekday = None if kind == DAY else self.cleaned_data["weekday"]
        return Rule(
            rhythm=kind,
            starts_on=starts_on,
            ends_on=ends_on,
            interval=int(number) if kind == WEEKLY else 1,
            weekday=weekday,
            nth=int(number) if kind == MONTHLY else None,
            month_day=self.cleaned_data["month_day"] if kind == DAY else None,
        )


class PlanForm(RhythmFields):
    """A series for a group that is there."""

    title = forms.CharField(label="What the evenings are called", max_length=120)
    starts_on = day_field("From")
    ends_on = forms.DateField(
        label="Until",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="Leave it empty to go on: twelve months are always planned ahead.",
    )
    time_zone = ZoneField()
    venue = forms.ModelChoiceField(Venue.objects.none(), label="Where", required=False, empty_label="To be announced")
    capacity = forms.IntegerField(label="Seats", required=False, min_value=1, max_value=MOST_SEATS)
    guests_allowed = forms.IntegerField(
        label="Guests each person may bring", min_value=0, max_value=MOST_GUESTS, initial=0, required=False
    )
    about = forms.CharField(
        label="About these evenings", required=False, max_length=4000, widget=forms.Textarea({"rows": 5})
    )
    field_order = ["title", "rhythm", "weekday", "month_day", "start_time", "minutes", "starts_on", "ends_on"]

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        """The venues are the group's own."""
        super().__init__(*args, **kwargs)
        field = self.fields["venue"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (for the type checker)
        field.queryset = Venue.objects.filter(group=group).order_by("name")

    def clean(self) -> dict[str, Any]:
        """A rule must come round at least once."""
        cleaned = super().clean()
        if self.errors or "starts_on" not in self.fields:
            return cleaned
        starts, ends = cleaned["starts_on"], cleaned.get("ends_on")
        if ends and ends <= starts:
            self.add_error("ends_on", "It must end after it begins.")
        elif anchored(self.rule(starts, ends)) is None:
            self.add_error("starts_on", "That rhythm has no date between these two days.")
        return cleaned

    def usual(self) -> Usual:
        """What every evening begins with."""
        given = self.cleaned_data
        return Usual(
            title=given["title"],
            start_time=given["start_time"],
            duration=timedelta(minutes=given["minutes"]),
            time_zone=given["time_zone"],
            venue=given["venue"],
            about=given["about"],
            capacity=given["capacity"],
            guests_allowed=given["guests_allowed"] or 0,
        )


class StartForm(RhythmFields):
    """All a new group needs: a name, a town, a rhythm. A place and a shared problem if there are any."""

    name = forms.CharField(
        label="What is it called?", max_length=120, widget=forms.TextInput({"placeholder": "Leeds IT evening"})
    )
    town = forms.CharField(label="Town or postcode", max_length=80)
    venue_name = forms.CharField(
        label="Where do you meet?", max_length=120, required=False, widget=forms.TextInput({"placeholder": "The Fox"})
    )
    venue_address = forms.CharField(label="Address", max_length=300, required=False)
    topic = forms.CharField(
        label="A problem you share",
        max_length=120,
        required=False,
        help_text="Groups that grow round one last longer: “getting paid on time”, “hiring the second person”.",
    )
    field_order = ["name", "town", "rhythm", "weekday", "month_day", "start_time", "minutes", "venue_name"]

    def usual(self, time_zone: str) -> Usual:
        """What every evening begins with."""
        given = self.cleaned_data
        return Usual(
            title=given["name"],
            start_time=given["start_time"],
            duration=timedelta(minutes=given["minutes"]),
            time_zone=time_zone,
        )

    def rule_from(self, at: datetime, time_zone: str) -> Rule:
        """The rhythm from today on."""
        return self.rule(local_day(at, time_zone))
