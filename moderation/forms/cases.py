"""What a reporter and a moderator fill in."""

from datetime import timedelta
from typing import Any, cast

from django import forms

from community.models import Sanction
from moderation.actions.decisions import Pause
from moderation.models import Decision, Rule
from moderation.queries.queue import rules

REASON_LIMIT = 2000
DAY, WEEK, MONTH = 24, 7 * 24, 30 * 24
PAUSES = [
    ("", "No"),
    (f"{Sanction.Kind.SILENCE}:{DAY}", "Reads only, for a day"),
    (f"{Sanction.Kind.SILENCE}:{3 * DAY}", "Reads only, for three days"),
    (f"{Sanction.Kind.SILENCE}:{WEEK}", "Reads only, for a week"),
    (f"{Sanction.Kind.SUSPEND}:{WEEK}", "Stays away, for a week"),
    (f"{Sanction.Kind.SUSPEND}:{MONTH}", "Stays away, for 30 days"),
]


class RuleField(forms.ModelChoiceField):
    """One rule of the code of conduct."""

    def label_from_instance(self, obj: Rule) -> str:
        """By its title."""
        return obj.title


class ReportForm(forms.Form):
    """Which rule, and what is wrong."""

    rule = RuleField(
        queryset=Rule.objects.none(),
        label="Which rule does it break?",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the rule that fits best."},
    )
    text = forms.CharField(
        label="What is wrong?",
        required=False,
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Only moderators read this. A sentence helps them to decide.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("RuleField", self.fields["rule"]).queryset = rules()


class DecisionForm(forms.Form):
    """What is done, under which rule, and why: the reason is never empty."""

    kind = forms.ChoiceField(
        choices=Decision.Kind.choices,
        label="What do you decide?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the three."},
    )
    pause = forms.ChoiceField(choices=PAUSES, required=False, label="Should the author pause?")
    everywhere = forms.BooleanField(required=False, label="On the whole site, not only in this group")
    rule = RuleField(queryset=Rule.objects.none(), label="Rule", empty_label=None)
    reason = forms.CharField(
        label="Why?",
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The author reads this, word for word. Say what it was and why the rule speaks against it.",
        error_messages={"required": "Say why: without a reason it is no decision."},
    )

    def __init__(self, *args: Any, may_stop_everywhere: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("RuleField", self.fields["rule"]).queryset = rules()
        if not may_stop_everywhere:
            del self.fields["everywhere"]

    def clean(self) -> dict[str, Any]:
        """Nobody is paused over something that may stay."""
        values = super().clean() or {}
        if values.get("kind") == Decision.Kind.NONE and values.get("pause"):
            self.add_error("pause", "If you leave it as it is, its author does not pause either.")
        return values

    def chosen_pause(self) -> Pause | None:
        """The pause as the action takes it."""
        kind, _, hours = self.cleaned_data["pause"].partition(":")
        if not kind:
            return None
        return Pause(kind, timedelta(hours=int(hours)), everywhere=self.cleaned_data.get("everywhere", False))


class ReversalForm(forms.Form):
    """Why a decision is taken back."""

    why = forms.CharField(
        label="Why do you take it back?",
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The author reads this.",
        error_messages={"required": "Say why."},
    )
