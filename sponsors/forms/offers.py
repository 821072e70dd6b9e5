"""What a vendor offers, and what a group answers."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, cast

from django import forms

from community.models import Group
from sponsors.models import Package

CURRENCIES = [("GBP", "£ GBP"), ("EUR", "€ EUR"), ("USD", "$ USD")]
LONGEST = timedelta(days=3 * 366)


def day_field(label: str, **kwargs: Any) -> forms.DateField:
    """A day, by the browser's own picker."""
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **kwargs)


class OfferForm(forms.Form):
    """What a vendor gives to which group, and for how long."""

    group = forms.ModelChoiceField(Group.objects.none(), label="Which group", empty_label="Choose a group")
    package = forms.ModelChoiceField(
        Package.objects.none(),
        label="Package",
        required=False,
        empty_label="None: in your own words",
        help_text="What you get for it is copied from the package when the group accepts.",
    )
    gives = forms.CharField(
        label="What you give", max_length=300, help_text="Such as: pizza for every evening, a room for forty."
    )
    amount = forms.DecimalField(label="What it is worth in all", min_value=Decimal(0), max_digits=10, decimal_places=2)
    currency = forms.ChoiceField(label="In", choices=CURRENCIES)
    is_in_kind = forms.BooleanField(label="It is a thing or a room, not money", required=False)
    starts_on = day_field("From")
    last_day = day_field("Last day")

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        """Groups that live here, and this year's packages."""
        super().__init__(*args, **kwargs)
        self.day = day
        groups = Group.objects.filter(state=Group.State.ACTIVE).order_by("name")
        cast("forms.ModelChoiceField[Group]", self.fields["group"]).queryset = groups
        packages = Package.objects.filter(year=day.year).order_by("position", "pk")
        cast("forms.ModelChoiceField[Package]", self.fields["package"]).queryset = packages
        if not packages.exists():
            del self.fields["package"]

    def clean(self) -> dict[str, Any]:
        """A period that is still to come, and not for ever."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("last_day")
        if first and last:
            if last < first:
                self.add_error("last_day", "The last day comes after the first.")
            elif last < self.day:
                self.add_error("last_day", "Those days have passed.")
            elif last - first > LONGEST:
                self.add_error("last_day", "Three years at most. It can be offered again.")
        return cleaned

    def terms(self) -> dict[str, Any]:
        """What the action takes: the period half-open."""
        terms = {name: value for name, value in self.cleaned_data.items() if name != "last_day"}
        return terms | {"ends_on": self.cleaned_data["last_day"] + timedelta(days=1)}


class DescribeForm(forms.Form):
    """What a vendor says of itself."""

    about = forms.CharField(label="About", max_length=2000, required=False, widget=forms.Textarea({"rows": 6}))
    website = forms.URLField(label="Website", max_length=200, required=False, assume_scheme="https")


class WhyForm(forms.Form):
    """A word of reason."""

    def __init__(self, *args: Any, is_needed: bool = True, longest: int = 400, **kwargs: Any) -> None:
        """A no needs one, a yes does not."""
        super().__init__(*args, **kwargs)
        self.fields["why"] = forms.CharField(
            label="Why", required=is_needed, max_length=longest, widget=forms.Textarea({"rows": 2})
        )
