"""What those who govern say when they slow, move, split or join topics."""

import re
from typing import Any

from django import forms

from forum.forms.writing import SHORTEST_TITLE, PlaceField
from forum.models import Category, Topic
from forum.policies.slow import PACES, spoken

_NUMBER = re.compile(r"(?:.*/forum/t/|#|^)(\d{1,18})(?:/|\s|$)")


class PaceForm(forms.Form):
    """Seconds between two posts of one member."""

    seconds = forms.TypedChoiceField(
        coerce=int,
        choices=[(pace, f"One post every {spoken(pace)}" if pace else "As fast as people write") for pace in PACES],
        label="Pace",
        help_text="Slow enough to think, when a topic runs hot. Those who look after it are not slowed.",
    )


class WhereForm(forms.Form):
    """A place; `is_meant` where others will read it there."""

    place = PlaceField(
        Category.objects.none(),
        label="Where to",
        empty_label="Choose a place",
        error_messages={"required": "Choose a place.", "invalid_choice": "Choose one of these places."},
    )
    is_meant = forms.BooleanField(required=False, label="Others may read it there: I mean it")

    def __init__(self, *args: Any, places: Any, **more: Any) -> None:
        """Offer the places the actor looks after."""
        super().__init__(*args, **more)
        field = self.fields["place"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (for the type checker)
        field.queryset = places


class JoinForm(forms.Form):
    """The topic to join this one to, by its address or its number."""

    into = forms.CharField(
        max_length=400,
        label="Join it to",
        help_text="The address of the other topic. The posts of this one follow there, and its address leads on.",
        error_messages={"required": "Paste the address of the other topic."},
    )
    is_meant = forms.BooleanField(required=False, label="Others may read it there: I mean it")

    def __init__(self, *args: Any, topics: Any, **more: Any) -> None:
        """Look among the topics the actor may see."""
        super().__init__(*args, **more)
        self.topics = topics

    def clean_into(self) -> Topic:
        """The topic itself."""
        found = _NUMBER.match(self.cleaned_data["into"].strip())
        topic = self.topics.filter(pk=int(found[1])).first() if found else None
        if topic is None:
            raise forms.ValidationError("There is no such topic. Copy its address from the top of your browser.")
        return topic


class SplitForm(WhereForm):
    """The posts that become a topic, by their numbers; with `onwards` all that follow the last of them too."""

    title = forms.CharField(
        min_length=SHORTEST_TITLE,
        max_length=160,
        label="Title of the new topic",
        error_messages={"required": "Give it a title, so that people know what it is about."},
    )
    numbers = forms.TypedMultipleChoiceField(
        coerce=int,
        choices=[],
        label="Posts",
        error_messages={
            "required": "Choose the posts that belong together.",
            "invalid_choice": "Choose among these posts.",
        },
    )
    onwards = forms.BooleanField(required=False, label="And everything after the last one chosen")
    field_order = ("title", "place", "is_meant", "onwards")

    def __init__(self, *args: Any, numbers: list[int], **more: Any) -> None:
        """Offer the posts of the page."""
        super().__init__(*args, **more)
        field = self.fields["numbers"]
        assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101  (for the type checker)
        field.choices = [(number, f"#{number}") for number in numbers]
