"""A new topic, a reply, a change."""

from typing import Any
from uuid import uuid4

from django import forms
from django.urls import reverse_lazy

from community.models import Member
from community.text import MAX_BYTES
from forum.forms.tags import TagsField
from forum.models import Category

LONGEST = 50_000
SHORTEST_TITLE = 4

_TOO_LONG = "That is %(show_value)s characters; a post holds %(limit_value)s. Your text is still here: shorten it."
_TOO_HEAVY = "That is too long by about %d characters in this script. Your text is still here: shorten it."
_EMPTY = "Write a few words first."


class BodyField(forms.CharField):
    """Markdown, kept exactly as typed but for blank ends and the browser's line ends.

    The box has no limit of its own: a browser cuts what is pasted without a word; we say by how much it is too long.
    """

    def __init__(self, **more: Any) -> None:
        """A roomy box."""
        super().__init__(
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 6, "data-composer": ""}),
            error_messages={"required": _EMPTY, "max_length": _TOO_LONG},
            help_text="You can use Markdown, and @handle to call someone in.",
            **more,
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No `maxlength`."""
        return {}

    def to_python(self, value: Any) -> str:
        """One kind of line end, so that two texts can be compared."""
        return (super().to_python(value) or "").replace("\r\n", "\n")

    def validate(self, value: Any) -> None:
        """What the renderer would refuse is refused here, with the words kept."""
        super().validate(value)
        size = len(value.encode("utf-8", "replace"))
        if size > MAX_BYTES and len(value) <= LONGEST:
            raise forms.ValidationError(_TOO_HEAVY % -(-(size - MAX_BYTES) * len(value) // size), code="max_length")


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


ASKED_BEFORE = {
    "hx-get": reverse_lazy("forum:similar"),
    "hx-trigger": "input changed delay:400ms",
    "hx-target": "#similar",
}
"""While a title is typed, topics like it are shown below."""


class WhisperForm(forms.Form):
    """`after` is the number of the post it is about."""

    body = BodyField(label="What only they should read")
    after = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
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
        widget=forms.TextInput(attrs=ASKED_BEFORE),
        error_messages={"required": "Give it a title, so that people know what it is about."},
    )
    body = BodyField(label="What is it about?")
    tags = TagsField()
    client_key = forms.CharField(max_length=64, initial=new_key, widget=forms.HiddenInput)

    def __init__(self, *args: Any, member: Member | None, **more: Any) -> None:
        """Offer the member's places, those of the site first."""
        super().__init__(*args, **more)
        field = self.fields["category"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (for the type checker)
        rows = Category.objects.open_to(member).select_related("group")
        field.queryset = rows.order_by("group__name", "position", "name")


class EditForm(forms.Form):
    """`version` says which text was on the screen; only a first post has a title."""

    title = forms.CharField(
        min_length=SHORTEST_TITLE,
        max_length=160,
        label="Title",
        error_messages={"required": "Give it a title, so that people know what it is about."},
    )
    body = BodyField(label="Text")
    reason = forms.CharField(
        max_length=200,
        required=False,
        label="What you changed, and why",
        help_text="If you like. It stands beside the change, where all who read the post can see it.",
    )
    version = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    client_key = forms.CharField(max_length=64, required=False, initial=new_key, widget=forms.HiddenInput)

    def __init__(self, *args: Any, with_title: bool, **more: Any) -> None:
        """Only the author of a first post changes the title."""
        super().__init__(*args, **more)
        if not with_title:
            del self.fields["title"]
