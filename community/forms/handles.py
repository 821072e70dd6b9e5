"""Choosing a handle."""

from typing import Any

from django import forms

from community.models import Member
from community.queries import handles
from community.text import handles as spelling


class HandleForm(forms.Form):
    """One field; when the wish is taken, `suggestions` holds free ones like it, and what was typed stays."""

    handle = forms.CharField(
        label="Handle",
        max_length=60,
        help_text="2 to 30 small letters or digits, and _ . - between them. Others call you by it: @handle.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        self.member = member
        self.suggestions: list[str] = []
        super().__init__(*args, **kwargs)

    def clean_handle(self) -> str:
        """Tidied; refused in words."""
        wish = spelling.tidy(self.cleaned_data["handle"])
        if problem := spelling.problem(wish):
            self.suggest(wish)
            raise forms.ValidationError(problem)
        if not handles.is_free(wish, besides=self.member):
            self.suggest(wish)
            raise forms.ValidationError(f"“{wish}” is taken, or looks like the handle of somebody here.")
        return wish

    def suggest(self, wish: str) -> None:
        """Offer free handles like the wish, else like the member's name."""
        stem = spelling.suggest(wish)
        self.suggestions = handles.suggestions(self.member.display_name if stem == spelling.FALLBACK else stem)
