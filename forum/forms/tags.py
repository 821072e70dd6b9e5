"""Tags, as a line of words between commas."""

from typing import Any

from django import forms

from community.text import tags as text


class TagsField(forms.CharField):
    """Cleans to a list of tidied names, at most five."""

    def __init__(self, **more: Any) -> None:
        """An optional line; the page beside it offers `#tags-there` to choose from."""
        super().__init__(
            required=False,
            label="Tags",
            max_length=400,
            help_text=f"Up to {text.MOST}, with commas between them: pricing, backup.",
            widget=forms.TextInput(attrs={"list": "tags-there", "data-tags": "", "autocomplete": "off"}),
            **more,
        )

    def clean(self, value: Any) -> Any:
        """Say what is wrong with the first that cannot be."""
        names = text.split(super().clean(value))
        for name in names:
            if reason := text.problem(name):
                raise forms.ValidationError(reason)
        if len(names) > text.MOST:
            raise forms.ValidationError(f"That is {len(names)} tags. Which {text.MOST} say it best?")
        return names


class RetagForm(forms.Form):
    """The tags of a topic that is there."""

    tags = TagsField()


class RenameForm(forms.Form):
    """Another name for a tag."""

    name = forms.CharField(
        max_length=80,
        label="Call it",
        help_text="If there is a tag of that name already, the two become one.",
    )

    def clean_name(self) -> str:
        """Tidied, and fit for a tag."""
        name = text.tidy(self.cleaned_data["name"])
        if reason := text.problem(name):
            raise forms.ValidationError(reason)
        return name
