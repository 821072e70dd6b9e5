"""What was typed into the search field."""

from typing import Any

from django import forms

from cms.queries.search import KINDS, LAST_PAGE
from community.text.numbers import whole


class SearchForm(forms.Form):
    """Words, and perhaps one kind; an unknown kind means all."""

    q = forms.CharField(label="Search for", required=False, max_length=200)
    type = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    page = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def clean_q(self) -> str:
        """One line, single spaces, no NUL."""
        words: str = self.cleaned_data["q"]
        return " ".join(words.split())

    def clean_type(self) -> str:
        """A kind we know."""
        kind: Any = self.cleaned_data["type"]
        return kind if kind in KINDS else ""

    def clean_page(self) -> int:
        """A page that there may be; whatever else was written means the first."""
        page: str = self.cleaned_data["page"]
        return min(whole(page) or 1, LAST_PAGE)
