"""Signing up and signing in: two fields each."""

from typing import Any

from allauth.account import forms as allauth
from django import forms

from community.queries import zones


class SignupForm(allauth.SignupForm):
    """E-mail and name. A password or a passkey may come later; the browser tells its time zone."""

    name = forms.CharField(
        label="Your name",
        max_length=80,
        help_text="As people say it at the meetup. You can change it later.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    time_zone = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput(attrs={"data-zone-field": ""}))
    field_order = ["email", "name", "time_zone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password1", None)
        self.fields["email"].label = "E-mail"
        self.fields["email"].help_text = "We send a code to it. Nobody here sees it: no vendor, no organiser."
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def clean_name(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["name"].split())

    @property
    def zone_is_known(self) -> bool:
        """Whether the browser named a zone that clocks here understand."""
        return zones.is_known(self.cleaned_data.get("time_zone", ""))


class LoginForm(allauth.LoginForm):
    """E-mail, and a password for those who have one; without it a code is mailed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mail"
        password = self.fields["password"]
        password.required = password.widget.is_required = False
        password.help_text = "Leave it empty and we mail you a code instead."
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
