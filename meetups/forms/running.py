"""Places, people at the door."""

from django import forms

from meetups.models import Venue


class VenueForm(forms.ModelForm[Venue]):
    """A place to meet."""

    class Meta:
        model = Venue
        fields = ["name", "address", "access_notes"]
        widgets = {"access_notes": forms.Textarea({"rows": 3})}


class WalkInForm(forms.Form):
    """Someone who just came."""

    name = forms.CharField(label="Name", max_length=80)
