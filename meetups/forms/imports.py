"""A calendar to bring in: a file, or its address."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from meetups.ical.reading import LARGEST


class ImportForm(forms.Form):
    """One of the two."""

    file = forms.FileField(
        label="A calendar file",
        required=False,
        widget=forms.ClearableFileInput({"accept": ".ics,text/calendar"}),
        help_text="An .ics file: most calendars and event sites can save one.",
    )
    address = forms.CharField(
        label="Or the address of a calendar",
        required=False,
        max_length=500,
        widget=forms.TextInput({"inputmode": "url", "placeholder": "https://… or webcal://…"}),
    )

    def clean_file(self) -> UploadedFile | None:
        """Not larger than we read."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file and (file.size or 0) > LARGEST:
            raise forms.ValidationError(
                f"That file is larger than {LARGEST // 1_000_000} MB. Export a shorter span of time."
            )
        return file

    def clean(self) -> dict[str, Any]:
        """Exactly one."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        if bool(cleaned.get("file")) == bool(cleaned.get("address")):
            raise forms.ValidationError("Choose a file, or give an address. One of them is enough.")
        return cleaned
