"""Keeping a post: a few words, and a day to be reminded on."""

from datetime import datetime, time

from django import forms
from django.utils import timezone

from forum.models.bookmark import LONGEST_NOTE

MORNING = time(9)


class BookmarkForm(forms.Form):
    """`remind_on` becomes nine in the morning of that day, on the reader's clock."""

    note = forms.CharField(
        max_length=LONGEST_NOTE, required=False, label="A note to yourself", help_text="Only you see it."
    )
    remind_on = forms.DateField(
        required=False,
        label="Remind me on",
        help_text="At nine in the morning. Leave it empty to be left in peace.",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Choose a day, such as 2026-12-24."},
    )

    def clean_remind_on(self) -> datetime | None:
        """A moment still to come."""
        day = self.cleaned_data["remind_on"]
        if day is None:
            return None
        moment = timezone.make_aware(datetime.combine(day, MORNING))
        if moment <= timezone.now():
            raise forms.ValidationError("Choose a day that is still to come.")
        return moment
