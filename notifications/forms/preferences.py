"""Kinds of notice against roads: one choice a kind."""

from itertools import groupby
from typing import Any

from django import forms
from django.forms import BoundField

from notifications.models.preference import Channel
from notifications.registry import Kind

AREAS = {
    "community": "Groups",
    "meetups": "Meetups",
    "forum": "Forum",
    "chat": "Chat",
    "sponsors": "Sponsors",
    "moderation": "Moderation",
}
"""Headings by the first word of a kind's name; other kinds stand at the end."""

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
                label=kind.label,
                choices=choices,
                initial=initial,
                required=not scope,
                widget=forms.Select(attrs={"class": "input"}),
            )
        if scope:
            whole = chosen.get(("", scope), "")
            quieter = [("", "As chosen below"), *Channel.choices[:2]]
            self.fields[WHOLE] = forms.ChoiceField(
                label="Everything from this group",
                choices=quieter,
                initial=whole,
                required=False,
                widget=forms.Select(attrs={"class": "input"}),
            )

    def areas(self) -> list[tuple[str, list[BoundField]]]:
        """The fields under their headings."""
        order = [*AREAS, ""]
        known = [(area if (area := kind.name.partition(".")[0]) in AREAS else "", kind) for kind in self.kinds]
        by_area = groupby(sorted(known, key=lambda each: order.index(each[0])), key=lambda each: each[0])
        return [(AREAS.get(area, "Other"), [self[kind.name] for _, kind in kinds]) for area, kinds in by_area]

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
