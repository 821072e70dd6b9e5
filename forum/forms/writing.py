"""A new topic, a reply, a change."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms

from community.models import Member
from forum.models import Category

LONGEST = 50_000
SHORTEST_TITLE = 4

_TOO_LONG = "That is %(show_value)s characters; a post holds %(limit_value)s. Your text is still here: shorten it."
_EMPTY = "Write a few words first."


class BodyField(forms.CharField):
    """Markdown, kept exactly as typed but for blank ends."""

    def __init__(self, **more: Any) -> None:
        """A roomy box."""
        super().__init__(
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 6, "data-composer": ""}),
            error_messages={"required": _EMPTY, "max_length": _TOO_LONG},
            help_text="You can use Markdown, and @handle to call someone in.",
            **more,
        )


class PlaceField(forms.ModelChoiceField):
    """A place, with the group it belongs to."""

    def label_from_instance(self, obj: Any) -> str:
        """Say "Leeds: Talk", or the name alone for a place of the site."""
        return str(obj.called)


def new_key() -> str:
    """A key of its own for each form shown: it makes a double click post once."""
    return uuid4().hex


class ReplyForm(forms.Form):
    """`answers` is the number of the post this one answers."""

    body = BodyField(label="Your reply")
    answers = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    client_key = forms.CharField(max_length=64, initial=new_key, widget=forms.HiddenInput)


class TopicForm(forms.Form):
    """The places offered are those the member may write in."""

    category = PlaceField(
        Category.objects.none(),
        label="Where",
        empty_label="Choose a place",
        error_messages={"required": "Choose where this belongs.", "invalid_choice": "Choose one of these places."},
    )
    title = forms.CharField(
        min_length=SHORTEST_TITLE,
        max_length=160,
        label="Title",
        help_text="A question or a plain statement works best.",
        error_messages={"required": "Give it a title, so that people know what it is about."},
    )
    body = BodyField(label="What is it about?")
    client_key = forms.CharField(max_length=64, initial=new_key, widget=forms.HiddenInput)

    def __init__(self, *args: Any, member: Member | None, **more: Any) -> None:
        """Offer the member's places, those of the site first."""
        super().__init__(*args, **more)
        field = self.fields["category"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (for the type checker)
        rows = Category.objects.open_to(member).select_related("group")
        field.queryset = rows.order_by("group__name", "position", "name")


class EditForm(forms.Form):
    """`seen_at` says which version was on the screen; only a first post has a title."""

    title = forms.CharField(
        min_length=SHORTEST_TITLE,
        max_length=160,
        label="Title",
        error_messages={"required": "Give it a title, so that people know what it is about."},
    )
    body = BodyField(label="Text")
    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_first: bool, **more: Any) -> None:
        """Leave the title out of answers."""
        super().__init__(*args, **more)
        if not is_first:
            del self.fields["title"]

    def clean_seen_at(self) -> datetime | None:
        """A moment, or None when it was tampered with."""
        try:
            moment = datetime.fromisoformat(self.cleaned_data["seen_at"])
        except ValueError:
            return None
        return moment if moment.tzinfo else None


class LevelForm(forms.Form):
    """How closely to follow a topic."""

    level = forms.ChoiceField(choices=[(each, each) for each in ("muted", "normal", "tracking", "watching")])
