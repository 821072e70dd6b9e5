"""Slots of an agenda, and the rule on product time."""

from typing import Any, cast

from django import forms

from community.models import Group, Member, Organisation
from meetups.models import AgendaItem, Subject
from meetups.models.product_rule import MOST_MINUTES as MOST_PRODUCT
from meetups.models.product_rule import MOST_PERCENT

MOST_MINUTES = 600
Kind = AgendaItem.Kind


class SpeakerField(forms.ModelChoiceField):
    """Members by the names they are called by."""

    def label_from_instance(self, obj: Any) -> str:
        """Name and handle, since two may have one name."""
        return f"{obj.shown_name} (@{obj.handle})"


class SlotForm(forms.Form):
    """A slot. Product time says whose product, and an expert who pays."""

    title = forms.CharField(max_length=160, label="What about")
    minutes = forms.IntegerField(
        min_value=1, max_value=MOST_MINUTES, label="Minutes", widget=forms.NumberInput({"inputmode": "numeric"})
    )
    kind = forms.ChoiceField(choices=Kind, label="Whose slot")
    subject = forms.ModelChoiceField(
        Subject.objects.none(), label="Subject", required=False, empty_label="None of these"
    )
    speaker = SpeakerField(
        Member.objects.none(),
        label="Who speaks, if it is a member",
        required=False,
        empty_label="Nobody yet: members may take the slot",
    )
    speaker_name = forms.CharField(max_length=120, label="Who speaks, if it is somebody else", required=False)
    organisation = forms.ModelChoiceField(
        Organisation.objects.order_by("name"),
        label="Vendor",
        required=False,
        empty_label="None",
        help_text="Whose product it is; or who pays for the expert. The agenda shows it.",
    )

    def __init__(self, *args: Any, group: Group, **more: Any) -> None:
        """The members of this group, the subjects of today."""
        super().__init__(*args, **more)
        members = Member.objects.filter(memberships__group=group, memberships__ends_on=None)
        cast("SpeakerField", self.fields["speaker"]).queryset = members.order_by("display_name", "handle")
        field = cast("forms.ModelChoiceField[Subject]", self.fields["subject"])
        field.queryset = Subject.objects.offered()

    @classmethod
    def of(cls, item: AgendaItem, data: Any = None) -> "SlotForm":
        """To change one."""
        kept = {name: getattr(item, name) for name in cls.base_fields}
        return cls(data, group=item.meetup.group, initial=kept)

    def clean(self) -> dict[str, Any]:
        """Product time without a name would be an advertisement in disguise; one speaker, and none in a break."""
        cleaned: dict[str, Any] = super().clean() or {}
        kind, vendor = cleaned.get("kind"), cleaned.get("organisation")
        if kind == Kind.PRODUCT and not vendor and "organisation" not in self.errors:
            self.add_error("organisation", "Say whose product it is; the agenda shows it.")
        if vendor and kind in {Kind.PEER, Kind.BREAK}:
            self.add_error("organisation", "A vendor's name goes with product time, or with an expert it pays for.")
        if cleaned.get("speaker") and cleaned.get("speaker_name"):
            self.add_error("speaker_name", "Choose a member, or write a name: not both.")
        if kind == Kind.BREAK and (cleaned.get("speaker") or cleaned.get("speaker_name")):
            self.add_error("kind", "Nobody speaks in a break.")
        return cleaned


class ConfirmForm(forms.Form):
    """Why a slot is no product time."""

    reason = forms.CharField(
        max_length=300,
        label="Why it is no product time",
        help_text="Everybody can read it, with your name, here and in the group's log.",
        error_messages={"required": "Say why it is no product time. Everybody can read it."},
    )


class RuleForm(forms.Form):
    """Minutes, and the share of an evening."""

    minutes = forms.IntegerField(min_value=0, max_value=MOST_PRODUCT, label="Minutes at most")
    percent = forms.IntegerField(min_value=0, max_value=MOST_PERCENT, label="Share of the evening, in percent")
