"""What people type about a group."""

from typing import Any, cast

from django import forms

from community import places
from community.models import Group
from community.places import Place
from community.queries import zones


class TownField(forms.CharField):
    """A town or a postcode, cleaned to a `Place` (None where it was left empty)."""

    kept = ""
    """The name that stands already: typed again, it changes nothing."""

    def __init__(self, **kwargs: Any) -> None:
        """Sensible words and a bound."""
        defaults: dict[str, Any] = {"max_length": 120, "label": "Town or postcode"}
        super().__init__(**(defaults | kwargs))

    def clean(self, value: Any) -> Place | None:
        """Locate it, or say what might have been meant."""
        text = super().clean(value)
        if not text or text == self.kept:
            return None
        if (place := places.find(text)) is None:
            raise forms.ValidationError(unknown(text))
        return place


class JoinForm(forms.Form):
    """The one question that is asked of everyone who joins."""

    works_for = forms.CharField(
        max_length=120,
        required=False,
        label="Do you work for a vendor or distributor?",
        help_text="For which? It shows beside your name, so that everyone knows. Selling their products is no tie.",
        widget=forms.TextInput(attrs={"list": "organisations", "autocomplete": "off", "placeholder": "No"}),
    )


class GroupForm(forms.Form):
    """To start a group: a name, a town, and the problem its people share, if they know it."""

    name = forms.CharField(max_length=120, label="Name", help_text="Such as “Leeds IT Circle”.")
    town = TownField(help_text="Where you meet, or the middle of where people come from.")
    topic = forms.CharField(
        max_length=120,
        required=False,
        label="The problem you share",
        help_text="Groups last that grow around one: getting paid, hiring, going it alone. You can leave it empty.",
    )

    def clean_name(self) -> str:
        """A name has at least a letter or a digit in it."""
        name = " ".join(self.cleaned_data["name"].split())
        if not any(each.isalnum() for each in name):
            raise forms.ValidationError("A name needs a letter or two.")
        return name


class AmendForm(GroupForm):
    """What organisers may change later."""

    about = forms.CharField(
        max_length=4000,
        required=False,
        label="About the group",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Who comes, what you talk about. Markdown works.",
    )
    is_online = forms.BooleanField(required=False, label="We meet online")
    website = forms.URLField(required=False, max_length=500, label="Your page elsewhere", assume_scheme="https")
    attendees_visible_to = forms.ChoiceField(choices=Group.Audience, label="Who sees who is in the group")
    time_zone = forms.ChoiceField(choices=zones.choices, label="Time zone")

    @classmethod
    def of(cls, group: Group, data: Any = None) -> "AmendForm":
        """Filled with what is known; an empty or unchanged town keeps the place as it is."""
        kept = {name: getattr(group, name) for name in cls.base_fields if name != "town"}
        form = cls(data, initial=kept | {"town": group.place_name})
        town = cast("TownField", form.fields["town"])
        town.required, town.kept, town.help_text = False, group.place_name, "Change it when the group moves."
        return form

    def facts(self) -> dict[str, Any]:
        """For `groups.amend`; a place only where the town was changed."""
        facts = {name: value for name, value in self.cleaned_data.items() if name != "town"}
        return facts | {"place": self.cleaned_data["town"]}


def unknown(text: str) -> str:
    """What to say about a place that we cannot find."""
    said = not_known(text)
    meant = [] if places.hint(text) else [place.label for place in places.suggest(text, limit=3)]
    return f"{said} Did you mean {' or '.join(meant)}?" if meant else said


def not_known(text: str) -> str:
    """That we cannot find it, and what to type instead of a postcode abroad."""
    return places.hint(text) or f"We do not know a place called “{text}”."
