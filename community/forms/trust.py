"""Giving a level by hand."""

from django import forms

from community.policies.trust import NAMES

BY_THE_NUMBERS = "-1"


class TrustForm(forms.Form):
    """A level that stays, or the way back to what is worked out."""

    level = forms.TypedChoiceField(
        coerce=int,
        choices=[(BY_THE_NUMBERS, "As it is worked out"), *((str(int(each)), name) for each, name in NAMES.items())],
        label="Level",
    )
    reason = forms.CharField(
        max_length=300,
        label="Why",
        help_text="The member reads it.",
        error_messages={"required": "Say why: the member reads it."},
    )
