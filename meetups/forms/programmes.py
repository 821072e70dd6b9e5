"""The calendar of a vendor's programme."""

from django import forms

from meetups.models import ProgrammeFeed


class ProgrammeForm(forms.ModelForm[ProgrammeFeed]):
    """Whose, what it is called, where it is."""

    class Meta:
        model = ProgrammeFeed
        fields = ["organisation", "name", "url"]
        labels = {"organisation": "Vendor", "name": "What the programme is called", "url": "Address of its calendar"}
        widgets = {"url": forms.TextInput({"inputmode": "url", "placeholder": "https://… or webcal://…"})}

    def clean_url(self) -> str:
        """An address of a calendar; whether it answers is seen when it is fetched."""
        url: str = self.cleaned_data["url"].strip()
        if not url.lower().startswith(("https://", "http://", "webcal://")):
            raise forms.ValidationError("Give an address that begins with https:// or webcal://.")
        return url
