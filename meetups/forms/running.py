"""Slots of an agenda, places, people at the door."""

from django import forms

from community.models import Organisation
from meetups.models import AgendaItem, Venue


class AgendaItemForm(forms.ModelForm[AgendaItem]):
    """A slot. Product time says whose product."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.order_by("name"),
        label="Whose product",
        required=False,
        empty_label="Nobody",
        help_text="Product time wears this name.",
    )

    class Meta:
        model = AgendaItem
        fields = ["title", "minutes", "kind", "speaker_name", "organisation"]
        labels = {"title": "What about", "minutes": "Minutes", "kind": "Whose slot", "speaker_name": "Who speaks"}

    def clean(self) -> dict[str, object]:
        """Product time without a name would be an advertisement in disguise."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") == AgendaItem.Kind.PRODUCT and not cleaned.get("organisation"):
            self.add_error("organisation", "Say whose product it is; the agenda shows it.")
        return cleaned


class VenueForm(forms.ModelForm[Venue]):
    """A place to meet."""

    class Meta:
        model = Venue
        fields = ["name", "address", "access_notes"]
        widgets = {"access_notes": forms.Textarea({"rows": 3})}


class WalkInForm(forms.Form):
    """Someone who just came."""

    name = forms.CharField(label="Name", max_length=80)
