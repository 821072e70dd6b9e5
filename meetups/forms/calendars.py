"""What one's own calendar shows."""

from typing import Any

from django import forms

from community.models import Group, Member
from meetups.models import CalendarFeed


class ChoicesForm(forms.Form):
    """Which groups, and whether only what one is going to."""

    groups = forms.ModelMultipleChoiceField(
        Group.objects.none(), label="Groups in it", required=False, widget=forms.CheckboxSelectMultiple
    )
    only_going = forms.BooleanField(
        label="Only the evenings I am going to",
        required=False,
        help_text="Otherwise every evening of these groups stands in it, with your answer where you gave one.",
    )

    def __init__(self, *args: Any, member: Member, feed: CalendarFeed, **kwargs: Any) -> None:
        """The groups are the member's own; those not left out are ticked."""
        mine = Group.objects.filter(memberships__member=member, memberships__ends_on=None).order_by("name")
        out = feed.left_out.all()
        super().__init__(*args, **kwargs)
        self.initial = {"only_going": feed.only_going, "groups": [group.pk for group in mine.exclude(pk__in=out)]}
        field = self.fields["groups"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101  (for the type checker)
        field.queryset = mine
