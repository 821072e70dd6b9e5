"""How closely to follow something, and for how long a page was in sight."""

from django import forms

from forum.models import Reading

AS_USUAL = "usual"
A_DAY = 86_400


class LevelForm(forms.Form):
    """`usual` takes the choice for a place back."""

    level = forms.TypedChoiceField(
        choices=[*Reading.Level.choices, (AS_USUAL, "As usual")],
        coerce=lambda level: None if level == AS_USUAL else Reading.Level(level),
        empty_value=None,
    )


class SecondsForm(forms.Form):
    """How the clock of a page stands."""

    seconds = forms.IntegerField(min_value=0, max_value=A_DAY)
