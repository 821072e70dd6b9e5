"""What an evening left open, and its recap."""

from typing import Any, cast

from django import forms

from community.models import Group, Member
from meetups.forms.agendas import SpeakerField
from meetups.forms.proposals import new_key
from meetups.models import Point


class PointForm(forms.Form):
    """A question or something to do, in a line."""

    text = forms.CharField(
        max_length=300,
        label="What is open",
        help_text="It goes into the recap. What is still open then becomes a topic that everybody can read.",
        error_messages={"required": "Say in a line what is open."},
    )
    kind = forms.ChoiceField(choices=Point.Kind, label="Which", widget=forms.RadioSelect, initial=Point.Kind.QUESTION)
    owner = SpeakerField(Member.objects.none(), label="Who takes it on", required=False, empty_label="Nobody yet")
    client_key = forms.CharField(max_length=64, initial=new_key, widget=forms.HiddenInput)

    def __init__(self, *args: Any, group: Group, **more: Any) -> None:
        """The members of this group."""
        super().__init__(*args, **more)
        members = Member.objects.filter(memberships__group=group, memberships__ends_on=None)
        cast("SpeakerField", self.fields["owner"]).queryset = members.order_by("display_name", "handle")


class RecapForm(forms.Form):
    """`version` says which text was on the screen."""

    body = forms.CharField(
        max_length=20_000,
        label="What was said",
        help_text="You can use Markdown.",
        widget=forms.Textarea({"rows": 22}),
        error_messages={"required": "Write a few words first."},
    )
    version = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def clean_body(self) -> str:
        """One kind of line end, so that two texts can be compared."""
        return str(self.cleaned_data["body"]).replace("\r\n", "\n")

    def from_now(self, version: int) -> "RecapForm":
        """The same words, to be saved on top of what stands there now."""
        again = RecapForm({"body": self.data.get("body", ""), "version": str(version)})
        again.full_clean()
        for field, errors in self.errors.get_json_data().items():
            for error in errors:
                again.add_error(field, error["message"])
        return again
