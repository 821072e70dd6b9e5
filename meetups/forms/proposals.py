"""A topic, and the list of subjects."""

from typing import Any, cast
from uuid import uuid4

from django import forms

from meetups.models import Proposal, Subject

LONGEST = 2000


def new_key() -> str:
    """A key of its own for each form shown: a double click proposes once."""
    return uuid4().hex


class ProposalForm(forms.Form):
    """What about, in a line, and more if there is more to say."""

    title = forms.CharField(
        max_length=120,
        label="What should we talk about?",
        help_text="A question works best: “What do you charge for a call-out?”",
        error_messages={"required": "Say in a line what it is about."},
    )
    subject = forms.ModelChoiceField(
        Subject.objects.none(),
        label="Subject",
        empty_label="Choose one",
        error_messages={"required": "Choose the subject that fits best."},
    )
    body = forms.CharField(
        max_length=LONGEST,
        required=False,
        label="More about it",
        help_text="Why it matters to you, who could speak. Markdown works.",
        widget=forms.Textarea({"rows": 4}),
    )
    client_key = forms.CharField(max_length=64, initial=new_key, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        """The subjects that are offered today, and the one that is set."""
        super().__init__(*args, **more)
        field = cast("forms.ModelChoiceField[Subject]", self.fields["subject"])
        field.queryset = Subject.objects.offered()

    @classmethod
    def of(cls, proposal: Proposal, data: Any = None) -> "ProposalForm":
        """To change one."""
        kept = {"title": proposal.title, "subject": proposal.subject_id, "body": proposal.body}
        return cls(data, initial=kept)


class SubjectForm(forms.Form):
    """A name of one or two words."""

    name = forms.CharField(max_length=40, label="Name")

    def clean_name(self) -> str:
        """At least one letter."""
        name = " ".join(self.cleaned_data["name"].split())
        if not any(each.isalnum() for each in name):
            raise forms.ValidationError("A name needs a letter or two.")
        return name
