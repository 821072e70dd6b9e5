"""Kinds of notice against roads: one choice a kind."""

from typing import Any

from django import forms

from notifications.models.preference import Channel
from notifications.registry import Kind

AS_ELSEWHERE = [("", "As everywhere")]
WHOLE = "whole"


class PreferencesForm(forms.Form):
    """For everywhere (`scope` ""), or for one group: there each kind may also be "as everywhere"."""

    def __init__(
        self, *args: Any, kinds: list[Kind], chosen: dict[tuple[str, str], Channel], scope: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.scope, self.kinds = scope, kinds
        self.general = {kind.name: chosen.get(("", ""), kind.default) for kind in kinds}
        for kind in kinds:
            initial = chosen.get((kind.name, scope), "" if scope else self.general[kind.name])
            choices = [*(AS_ELSEWHERE if scope else []), *Channel.choices]
            self.fields[kind.name] = forms.ChoiceField(
                label=kind.label, choices=choices, initial=initial, required=not scope
            )
        if scope:
            whole = chosen.get(("", scope), "")
            quieter = [("", "As chosen below"), *Channel.choices[:2]]
            self.fields[WHOLE] = forms.ChoiceField(
                label="Everything from this group", choices=quieter, initial=whole, required=False
            )
            self.order_fields([WHOLE, *self.fields])

    def choices(self) -> dict[str, Channel | None]:
        """By kind ("" for the whole group); None where nothing needs to be kept."""
        values = self.cleaned_data
        kept = {kind.name: self._kept(kind.name, values[kind.name]) for kind in self.kinds}
        if self.scope:
            kept[""] = Channel(values[WHOLE]) if values[WHOLE] else None
        return kept

    def _kept(self, name: str, value: str) -> Channel | None:
        if not value or (not self.scope and value == self.general[name]):
            return None
        return Channel(value)
