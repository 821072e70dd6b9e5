"""What people type about a claim."""

from django import forms


class ClaimForm(forms.Form):
    """How those who moderate the site can tell."""

    evidence = forms.CharField(
        max_length=1000,
        label="How can we tell?",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Where on the group's own page your name stands, or a change you made there just now for us to find.",
    )


class DeclineForm(forms.Form):
    """Why not; the claimant reads it."""

    reason = forms.CharField(max_length=500, label="Why not", widget=forms.Textarea(attrs={"rows": 2}))
