"""What a member says of themselves."""

from typing import Any

from django import forms
from django.core.files.base import ContentFile

from assets import pictures
from community import places
from community.models import Member
from community.queries import zones

FACE = 512
"""Pixels a side."""


class ProfileForm(forms.Form):
    """Name, words, face, zone, place, and who may see what."""

    display_name = forms.CharField(
        label="Name",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    about = forms.CharField(
        label="About you",
        required=False,
        max_length=2000,
        help_text="What you do, what you could help with, what you want to learn.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    avatar = forms.FileField(
        label="Picture",
        required=False,
        help_text="JPEG, PNG or WebP, up to 8 MB. What your camera wrote into it (such as the place) is taken out.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    drop_avatar = forms.BooleanField(label="Remove the picture", required=False)
    place = forms.CharField(
        label="Town or postcode",
        required=False,
        max_length=80,
        help_text="To show you what is near. We keep the town or district, not the street; your page names it.",
    )
    time_zone = forms.ChoiceField(label="Time zone", choices=zones.choices)
    is_listed_by_name = forms.BooleanField(
        label="Show my name in lists of who is coming",
        required=False,
        help_text="Otherwise you are counted, and named to organisers only.",
    )
    is_findable = forms.BooleanField(label="Let people find me in search", required=False)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        self.member = member
        kwargs.setdefault("initial", {name: getattr(member, name) for name in (*_PLAIN, *_SWITCHES, "about")})
        kwargs["initial"] |= {"place": member.place_name}
        super().__init__(*args, **kwargs)
        if not member.avatar_id:
            del self.fields["drop_avatar"]

    def clean_display_name(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["display_name"].split())

    def clean_avatar(self) -> ContentFile | None:
        """Drawn anew, whatever it was called."""
        sent = self.cleaned_data.get("avatar")
        if not sent:
            return None
        try:
            return pictures.redrawn(sent, name=f"face-{self.member.pk}", size=sent.size, longest=FACE, square=True)
        except pictures.Unusable as error:
            raise forms.ValidationError(str(error)) from error

    def clean_place(self) -> places.Place | None:
        """Found in the gazetteer, else refused with a hint; what stands already is not looked up again."""
        text = " ".join(self.cleaned_data["place"].split())
        if not text or "place" not in self.changed_data:
            return None
        if (found := places.find(text)) is None:
            likely = ", ".join(place.label for place in places.suggest(text)[:3])
            hint = places.hint(text) or (f"Did you mean {likely}?" if likely else "Try the nearest bigger town.")
            raise forms.ValidationError(f"We do not know “{text}”. {hint}")
        return found

    def values(self) -> dict[str, Any]:
        """What `actions.profile.update` keeps; a position has two decimals: a town, not a house."""
        data = {name: self.cleaned_data[name] for name in (*_PLAIN, *_SWITCHES, "about")}
        if "place" in self.changed_data:
            place = self.cleaned_data["place"]
            data["place_name"] = place.name[:80] if place else ""
            data["latitude"] = round(place.latitude, 2) if place else None
            data["longitude"] = round(place.longitude, 2) if place else None
        return data


_PLAIN = ("display_name", "time_zone")
_SWITCHES = ("is_listed_by_name", "is_findable")
