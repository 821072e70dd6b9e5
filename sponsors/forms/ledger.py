"""What is written in the public book, and which part of it is read."""

import secrets
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms

from community.models import Organisation
from sponsors.actions.ledger import Line
from sponsors.forms.offers import CURRENCIES, day_field
from sponsors.models.ledger import Account

GIVERS = [("fund", "The group’s own fund"), ("members", "Members")]  # noqa: RUF001
USES = [
    (Account.FOOD, "Food and drink"),
    (Account.VENUE, "The room"),
    (Account.SPEAKER, "Speakers"),
    (Account.FUND, "The group’s own fund"),  # noqa: RUF001
    (Account.IN_KIND, "Given as a thing, and used"),
    (Account.OTHER, "Something else"),
]


class EntryForm(forms.Form):
    """Who gave what, and what for."""

    giver = forms.ChoiceField(label="Who paid or gave it")
    amount = forms.DecimalField(
        label="How much it is worth", min_value=Decimal("0.01"), max_digits=10, decimal_places=2
    )
    currency = forms.ChoiceField(label="In", choices=CURRENCIES)
    used_for = forms.ChoiceField(label="What it was for", choices=USES)
    happened_on = day_field("When")
    note = forms.CharField(label="In words", max_length=300, help_text="Such as: pizza for the November evening.")
    entry_key = forms.CharField(max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args: Any, organisations: Iterable[Organisation], day: date, **kwargs: Any) -> None:
        """The vendors one may enter; a fresh key for this form."""
        super().__init__(*args, **kwargs)
        self.organisations = {f"vendor:{each.pk}": each for each in organisations}
        givers = [(key, each.name) for key, each in self.organisations.items()]
        cast("forms.ChoiceField", self.fields["giver"]).choices = [*givers, *GIVERS]
        self.initial.setdefault("happened_on", day)
        self.initial.setdefault("entry_key", secrets.token_urlsafe(16))
        self.day = day

    def clean_happened_on(self) -> date:
        """The book says what has happened."""
        day: date = self.cleaned_data["happened_on"]
        if day > self.day:
            raise forms.ValidationError("Enter it when it has happened.")
        return day

    def clean(self) -> dict[str, Any]:
        """From one place to another."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("giver") == cleaned.get("used_for"):
            self.add_error("used_for", "That is where it comes from.")
        return cleaned

    def entry(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        organisation = self.organisations.get(given["giver"])
        source = Account.VENDOR if organisation else given["giver"]
        return {
            "organisation": organisation,
            "lines": [Line(source, given["used_for"], given["amount"], given["currency"])],
            "happened_on": given["happened_on"],
            "note": given["note"],
            "entry_key": given["entry_key"],
        }
