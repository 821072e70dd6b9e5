"""An evening, as an organiser types it."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from community.models import Group
from community.queries import zones
from meetups.actions.details import Details
from meetups.models import MOST_GUESTS, Meetup, Venue
from meetups.rhythm import instant

MOST_SEATS = 10_000


def day_field(label: str) -> forms.DateField:
    """A day, by the browser's own picker."""
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


def clock_field(label: str) -> forms.TimeField:
    """A time on the wall clock, by the browser's own picker."""
    return forms.TimeField(label=label, widget=forms.TimeInput({"type": "time"}, format="%H:%M"))


def moment_field(label: str, help_text: str) -> forms.DateTimeField:
    """A day and a time, by the browser's own picker; on the clock of the place once the form knows it."""
    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, help_text=help_text, required=False, widget=widget)


class ZoneField(forms.CharField):
    """A zone of the zone database, by name."""

    def __init__(self, *, label: str = "Time zone") -> None:
        """Names are short."""
        super().__init__(label=label, max_length=64)

    def clean(self, value: Any) -> str:
        """Refuse a name that no clock knows."""
        name = str(super().clean(value))
        if name and not zones.is_known(name):
            raise forms.ValidationError(f"“{name}” is not a time zone we know. Try one such as Europe/London.")
        return name


class EveningForm(forms.Form):
    """Title, when, where, how many."""

    title = forms.CharField(label="What it is called", max_length=120)
    day = day_field("Day")
    starts = clock_field("From")
    ends = clock_field("Until")
    time_zone = ZoneField()
    venue = forms.ModelChoiceField(
        Venue.objects.none(), label="Where", required=False, empty_label="To be announced, or online"
    )
    online_url = forms.URLField(
        label="Link to join online",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="Only people who are going see it.",
    )
    capacity = forms.IntegerField(
        label="Seats",
        required=False,
        min_value=1,
        max_value=MOST_SEATS,
        help_text="Leave it empty where there is room for everyone.",
    )
    is_hybrid = forms.BooleanField(label="In the room and online, each with seats of its own", required=False)
    online_capacity = forms.IntegerField(
        label="Seats online",
        required=False,
        min_value=1,
        max_value=MOST_SEATS,
        help_text="Only for an evening in the room and online. Leave it empty where there is no limit.",
    )
    guests_allowed = forms.IntegerField(
        label="Guests each person may bring", min_value=0, max_value=MOST_GUESTS, initial=0, required=False
    )
    answers_open_at = moment_field("Answers from", "Leave it empty to take answers at once.")
    answers_close_at = moment_field("Answers until", "Leave it empty to take answers to the end.")
    about = forms.CharField(
        label="About this evening", required=False, max_length=10_000, widget=forms.Textarea({"rows": 6})
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        """The venues are the group's own."""
        super().__init__(*args, **kwargs)
        field = self.fields["venue"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (for the type checker)
        field.queryset = Venue.objects.filter(group=group).order_by("name")

    def clean(self) -> dict[str, Any]:
        """The end comes after the start."""
        cleaned: dict[str, Any] = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", "It must end after it starts.")
        opens, closes = cleaned.get("answers_open_at"), cleaned.get("answers_close_at")
        if opens and closes and closes <= opens:
            self.add_error("answers_close_at", "Answers must close after they open.")
        return cleaned

    def details(self) -> Details:
        """What was typed, in instants."""
        given = self.cleaned_data
        zone: str = given["time_zone"]
        return Details(
            title=given["title"],
            starts_at=_moment(given["day"], given["starts"], zone),
            ends_at=_moment(given["day"], given["ends"], zone),
            time_zone=zone,
            venue=given["venue"],
            online_url=given["online_url"],
            about=given["about"],
            capacity=given["capacity"],
            guests_allowed=given["guests_allowed"] or 0,
            is_hybrid=given["is_hybrid"],
            online_capacity=given["online_capacity"] if given["is_hybrid"] else None,
            answers_open_at=_there(given["answers_open_at"], zone),
            answers_close_at=_there(given["answers_close_at"], zone),
        )


def facts_of(meetup: Meetup) -> dict[str, Any]:
    """An evening as the form shows it, on the clock of its place."""
    return {
        "title": meetup.title,
        "day": meetup.local_start.date(),
        "starts": meetup.local_start.time(),
        "ends": meetup.local_end.time(),
        "time_zone": meetup.time_zone,
        "venue": meetup.venue_id,
        "online_url": meetup.online_url,
        "capacity": meetup.capacity,
        "guests_allowed": meetup.guests_allowed,
        "is_hybrid": meetup.is_hybrid,
        "online_capacity": meetup.online_capacity,
        "answers_open_at": _here(meetup.answers_open_at, meetup.time_zone),
        "answers_close_at": _here(meetup.answers_close_at, meetup.time_zone),
        "about": meetup.about,
    }


def _moment(day: date, clock: time, zone: str) -> datetime:
    return instant(day, clock, zone)


def _there(typed: datetime | None, zone: str) -> datetime | None:
    """What was typed means the clock of the place, not the reader's."""
    return typed.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) if typed else None


def _here(moment: datetime | None, zone: str) -> datetime | None:
    """The clock of the place, as numbers to edit."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if moment else None


class CancelForm(forms.Form):
    """Why, in the words everyone will read."""

    why = forms.CharField(
        label="Why?",
        required=False,
        max_length=300,
        help_text="Everyone who answered reads this.",
        widget=forms.Textarea({"rows": 3}),
    )
