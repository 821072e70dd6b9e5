"""What is typed into a room."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from forum.models import Category

LONGEST = 4000


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class SayForm(forms.Form):
    """One message; `key` is made by the page, so that a second press or a retry is one message."""

    body = forms.CharField(
        max_length=LONGEST,
        error_messages={"required": "Write something first.", "max_length": f"At most {LONGEST} characters fit here."},
    )
    key = forms.RegexField(r"^[\w-]{8,64}$", error_messages={"required": "", "invalid": "This page is out of date."})
    answers = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)


class PictureForm(SayForm):
    """A message with a picture; what it shows is asked for."""

    body = forms.CharField(
        max_length=LONGEST, required=False, error_messages={"max_length": f"At most {LONGEST} characters fit here."}
    )
    picture = forms.FileField()
    words = forms.CharField(max_length=200, required=False)


class QuestionForm(forms.Form):
    """A question to whoever speaks."""

    body = forms.CharField(label="Your question", max_length=500, error_messages={"required": "What is your question?"})
    key = forms.RegexField(r"^[\w-]{8,64}$", widget=forms.HiddenInput)


class OpenForm(forms.Form):
    """Another room of a group."""

    title = forms.CharField(
        label="Name of the room", max_length=80, error_messages={"required": "Give the room a name."}
    )


class HoursForm(forms.Form):
    """From when and until when people may write; the zone is the group's, made active by the view."""

    opens_at = forms.DateTimeField(label="Opens", required=False, widget=_moment(), help_text="Empty: it is open")
    closes_at = forms.DateTimeField(
        label="Closes", required=False, widget=_moment(), help_text="Empty: it stays open. Reading goes on for ever."
    )


class PaceForm(forms.Form):
    """How quickly a room goes."""

    seconds = forms.TypedChoiceField(
        label="Between two messages of one person",
        coerce=int,
        choices=[(0, "No wait"), (10, "10 seconds"), (30, "30 seconds"), (120, "2 minutes"), (600, "10 minutes")],
    )


class SilenceForm(forms.Form):
    """Whom to ask to listen here, for how long and why."""

    handle = forms.CharField(label="Their handle", max_length=60)
    minutes = forms.TypedChoiceField(
        label="For how long",
        coerce=int,
        choices=[(10, "10 minutes"), (60, "An hour"), (1440, "A day"), (10080, "A week")],
    )
    why = forms.CharField(label="Why", max_length=300, help_text="They read it, with how long it lasts.")


class ExtractForm(forms.Form):
    """Which messages become a topic, where and called what."""

    title = forms.CharField(label="Title of the topic", max_length=160)
    category = forms.ModelChoiceField(label="Where", queryset=Category.objects.none(), empty_label=None)
    numbers = forms.TypedMultipleChoiceField(
        label="Messages", coerce=int, error_messages={"required": "Tick at least one message."}
    )
    decided_why = forms.CharField(
        label="Put it there without asking, because",
        max_length=300,
        required=False,
        help_text="Left empty, each author is asked. With a reason it stands at once, and they and the log read it.",
    )

    def __init__(self, *args: Any, categories: "QuerySet[Category]", numbers: list[int], **more: Any) -> None:
        """`categories` may be written in by the one who asks; `numbers` are those on the page."""
        super().__init__(*args, **more)
        self.fields["category"].queryset = categories  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["numbers"].choices = [(number, number) for number in numbers]  # type: ignore[attr-defined]  # choices


class KeepForm(forms.Form):
    """How long a room keeps what was said."""

    keep_days = forms.TypedChoiceField(
        label="What was said is kept",
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", "For ever"), (365, "For a year"), (90, "For 90 days"), (30, "For 30 days")],
    )


class EditForm(forms.Form):
    """A message's words, again."""

    body = forms.CharField(
        label="Message",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "To take it down, use “Remove”.", "max_length": f"At most {LONGEST} characters."},
    )
