"""When to remind, and what to say to those who come."""

from secrets import token_urlsafe

from django import forms

from meetups.models import Announcement
from meetups.reminding import CHOICES


def new_key() -> str:
    """Pressing a button twice is pressing it once."""
    return token_urlsafe(16)


class PlanForm(forms.Form):
    """None chosen is no reminder."""

    minutes = forms.TypedMultipleChoiceField(
        label="Remind those who are going",
        choices=list(CHOICES.items()),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class AnnouncementForm(forms.ModelForm[Announcement]):
    """A line and some words."""

    client_key = forms.CharField(max_length=64, initial=new_key, widget=forms.HiddenInput)

    class Meta:
        model = Announcement
        fields = ["audience", "subject", "words"]
        labels = {"audience": "To", "subject": "In one line", "words": "What you want to say"}
        widgets = {"audience": forms.RadioSelect, "words": forms.Textarea({"rows": 7})}
