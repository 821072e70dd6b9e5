"""What organisers ask of those who come, and the answers."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from meetups.models import RsvpQuestion


class QuestionForm(forms.Form):
    """A question; answers to choose from, one a line, if there are any."""

    text = forms.CharField(
        max_length=160,
        label="What would you like to know?",
        help_text="Only what you need: food, chairs, a question for the speaker. Organisers alone read the answers.",
        error_messages={"required": "What would you like to know?"},
    )
    choices = forms.CharField(
        max_length=1000,
        required=False,
        label="Answers to choose from",
        help_text="Each on a line. Empty: people answer in a few words.",
        widget=forms.Textarea({"rows": 4}),
    )
    is_required = forms.BooleanField(required=False, label="We need an answer")

    def clean_choices(self) -> list[str]:
        """Line by line."""
        return str(self.cleaned_data["choices"]).splitlines()


class RepliesForm(forms.Form):
    """One field a question."""

    def __init__(self, *args: Any, questions: Iterable[RsvpQuestion], said: Mapping[int, str], **more: Any) -> None:
        """Filled with what was answered before."""
        super().__init__(*args, **more)
        for question in questions:
            kept: dict[str, Any] = {
                "label": question.text,
                "required": question.is_required,
                "initial": said.get(question.pk, ""),
                "error_messages": {"required": "The organisers need this one."},
            }
            if question.kind == RsvpQuestion.Kind.CHOICE:
                offered = [(each, each) for each in question.offered]
                field: forms.Field = forms.ChoiceField(choices=[("", "Choose one"), *offered], **kept)
            else:
                field = forms.CharField(max_length=500, **kept)
            self.fields[f"q{question.pk}"] = field

    @property
    def given(self) -> dict[int, str]:
        """By question."""
        return {int(name[1:]): text for name, text in self.cleaned_data.items()}
