"""Saying whether one comes."""

from django import forms

from meetups.models import MOST_GUESTS, Rsvp

State = Rsvp.State


class AnswerForm(forms.Form):
    """One press of a button, and how many come along. More guests than are allowed is the action's to refuse."""

    state = forms.ChoiceField(choices=[(each, each.label) for each in (State.GOING, State.MAYBE, State.DECLINED)])
    guests = forms.IntegerField(min_value=0, required=False)
    online = forms.NullBooleanField(required=False)

    def clean_guests(self) -> int:
        """None typed is none brought; a number no evening allows is cut to one that is refused by name."""
        return min(self.cleaned_data.get("guests") or 0, MOST_GUESTS + 1)


class RequestForm(forms.Form):
    """A name and an e-mail: all it takes to come."""

    name = forms.CharField(label="Your name", max_length=80, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(
        label="Your e-mail",
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "inputmode": "email"}),
    )

    def clean_name(self) -> str:
        """Something to read on the door list."""
        name = " ".join(self.cleaned_data["name"].split())
        if "://" in name:
            raise forms.ValidationError("A name, please, without an address in it.")
        return name
