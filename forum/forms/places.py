"""A place to talk in, as its organisers describe it."""

from typing import Any

from django import forms

from community.models import Group
from forum.models import Category, Colour
from forum.models.category import LONGEST_TEMPLATE


class PlaceForm(forms.Form):
    """Open to more people than before (`wider`) is asked twice: what was said there was said to fewer."""

    name = forms.CharField(max_length=80, label="Name", error_messages={"required": "Give the place a name."})
    about = forms.CharField(
        max_length=300,
        required=False,
        label="What it is for",
        help_text="One sentence, shown above its topics.",
    )
    visible_to_whom = forms.ChoiceField(
        choices=Category.Audience.choices, initial=Category.Audience.EVERYONE, label="Who reads it"
    )
    colour = forms.ChoiceField(choices=Colour.choices, initial=Colour.EMBER, label="Colour of its dot")
    template = forms.CharField(
        max_length=LONGEST_TEMPLATE,
        required=False,
        strip=False,
        label="A new topic begins with",
        help_text="Optional. Headings or questions that help people say what matters.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    wider = forms.BooleanField(required=False, label="Yes, open what was said there to them too")

    def __init__(self, *args: Any, group: Group | None, place: Category | None = None, **more: Any) -> None:
        """A place of the site is for everyone; only one with topics can be opened wider."""
        names = ("name", "about", "visible_to_whom", "colour", "template")
        more.setdefault("initial", {name: getattr(place, name) for name in names} if place else None)
        super().__init__(*args, **more)
        self.place = place
        if group is None:
            del self.fields["visible_to_whom"]
        if place is None or not place.topic_count or place.visible_to_whom == Category.Audience.EVERYONE:
            del self.fields["wider"]

    def clean(self) -> dict[str, Any]:
        """The facts alone, with an audience in any case."""
        facts = {**self.cleaned_data}
        confirmed = facts.pop("wider", False)
        facts.setdefault("visible_to_whom", Category.Audience.EVERYONE)
        asked = Category.Audience(facts["visible_to_whom"])
        before = Category.Audience(self.place.visible_to_whom) if self.place else asked
        if "wider" in self.fields and not confirmed and asked.is_wider_than(before):
            self.add_error("wider", "More people will read what was written for fewer. Tick this if you mean it.")
        return facts
