"""A vendor's event, as its representative types it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms

from community.models import Group
from community.queries import zones
from sponsors.actions.events import Facts
from sponsors.forms.offers import day_field
from sponsors.models import VendorEvent

LONGEST = timedelta(days=7)


class EventForm(forms.Form):
    """Title, for whom, when, where, and what about."""

    title = forms.CharField(label="Title", max_length=120)
    group = forms.ModelChoiceField(
        Group.objects.none(),
        label="Which group it is for",
        empty_label="Choose a group",
        help_text="Its organisers look at the page before anyone else sees it.",
    )
    starts_on = day_field("Day")
    starts = forms.TimeField(label="From", widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label="Until", widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    ends_on = day_field("Last day, if it is another", required=False)
    time_zone = forms.ChoiceField(label="On the clocks of", choices=zones.choices)
    place = forms.CharField(label="Place", max_length=300, required=False)
    url = forms.URLField(
        label="Link to take part", max_length=500, required=False, assume_scheme="https", help_text="For online events."
    )
    summary = forms.CharField(
        label="In two sentences", max_length=300, widget=forms.Textarea({"rows": 2}), help_text="What members learn."
    )
    body = forms.CharField(
        label="The rest",
        max_length=20_000,
        required=False,
        widget=forms.Textarea({"rows": 10}),
        help_text="Programme, speakers, what to bring. Markdown works.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Groups that live here."""
        super().__init__(*args, **kwargs)
        groups = Group.objects.filter(state=Group.State.ACTIVE).order_by("name")
        cast("forms.ModelChoiceField[Group]", self.fields["group"]).queryset = groups

    def clean(self) -> dict[str, Any]:
        """Somewhere, and ending after it begins."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("place") and not cleaned.get("url") and "url" not in self.errors:
            self.add_error("place", "Say where: a place, or a link to take part.")
        if {"starts_on", "starts", "ends", "time_zone"} <= cleaned.keys() and "ends_on" not in self.errors:
            begins, ends = self._moments(cleaned)
            if ends <= begins:
                self.add_error("ends", "It must end after it starts.")
            elif ends - begins > LONGEST:
                self.add_error("ends_on", "A week at most.")
        return cleaned

    def facts(self) -> Facts:
        """What was typed, in instants."""
        given = self.cleaned_data
        begins, ends = self._moments(given)
        return Facts(
            title=given["title"],
            summary=given["summary"],
            body=given["body"],
            starts_at=begins,
            ends_at=ends,
            time_zone=given["time_zone"],
            place=given["place"],
            url=given["url"],
        )

    @staticmethod
    def _moments(given: dict[str, Any]) -> tuple[datetime, datetime]:
        last: date = given.get("ends_on") or given["starts_on"]
        return (
            _instant(given["starts_on"], given["starts"], given["time_zone"]),
            _instant(last, given["ends"], given["time_zone"]),
        )


def _instant(day: date, clock: time, zone: str) -> datetime:
    return datetime.combine(day, clock, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def facts_of(event: VendorEvent) -> dict[str, Any]:
    """An event as the form shows it, on the clock of its place."""
    zone = ZoneInfo(event.time_zone)
    begins, ends = event.starts_at.astimezone(zone), event.ends_at.astimezone(zone)
    return {
        "title": event.title,
        "group": event.group_id,
        "starts_on": begins.date(),
        "starts": begins.time(),
        "ends": ends.time(),
        "ends_on": ends.date() if ends.date() != begins.date() else None,
        "time_zone": event.time_zone,
        "place": event.place,
        "url": event.url,
        "summary": event.summary,
        "body": event.body,
    }
