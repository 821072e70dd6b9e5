"""Saying goodbye, on purpose."""

from typing import Any

from django import forms

from community.models import Member
from community.text import handles


class DepartureForm(forms.Form):
    """The own handle, typed."""

    handle = forms.CharField(
        label="Your handle",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        self.member = member
        super().__init__(*args, **kwargs)
        self.fields["handle"].help_text = f"Type {member.handle} to show that you mean it."

    def clean_handle(self) -> str:
        """It must be theirs."""
        typed = handles.tidy(self.cleaned_data["handle"])
        if typed != self.member.handle:
            raise forms.ValidationError(f"That is not your handle, which is {self.member.handle}. Nothing was deleted.")
        return typed
