"""Saying what ties one to a vendor."""

from datetime import date
from typing import Any

from django import forms

from community.models import Affiliation
from community.queries import affiliations


class AffiliationForm(forms.Form):
    """Organisation, kind, since when. Selling or using somebody's products is no tie."""

    organisation = forms.CharField(
        label="Vendor or distributor",
        max_length=120,
        help_text="Pick one from the list, or type a new name.",
        widget=forms.TextInput(attrs={"list": "organisations", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label="What ties you", choices=Affiliation.Kind.choices, widget=forms.RadioSelect)
    starts_on = forms.DateField(label="Since", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        kwargs["initial"] = {"starts_on": today, "kind": Affiliation.Kind.EMPLOYEE} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    @property
    def known(self) -> list[str]:
        """Names to pick from."""
        return list(affiliations.organisations().values_list("name", flat=True)[:500])

    def clean_organisation(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["organisation"].split())

    def clean_starts_on(self) -> date:
        """Within a working life."""
        day: date = self.cleaned_data["starts_on"]
        if not 1950 <= day.year <= self.today.year + 1:  # noqa: PLR2004
            raise forms.ValidationError("Please check the year.")
        return day
