"""What every form of the forum shares so that its words are kept: its place, how often it was saved, and the draft."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from community.models import Member
from community.text.numbers import whole
from forum.models import Draft, Place
from forum.queries import drafts

KEPT = frozenset({"category", "title", "body", "tags", "answers", "reason", "version"})
"""Fields whose text a draft holds."""


@dataclass(frozen=True, slots=True)
class Drafting:
    """What stands hidden in a form; `draft` is the one offered in it, None where there is nothing to go on with."""

    place: Place
    sequence: int = 0
    draft: Draft | None = None

    @property
    def typed(self) -> dict[str, Any]:
        """Initial values of the form: what was typed, under the key it was typed under."""
        if self.draft is None:
            return {}
        return {name: text for name, text in self.draft.typed.items() if text} | {"client_key": self.draft.client_key}

    @property
    def saved_at(self) -> datetime | None:
        """When the words were kept."""
        return self.draft.saved_at if self.draft else None


def offered(member: Member | None, place: Place) -> Drafting:
    """The draft waiting here, if any; one query."""
    return Drafting(place, *drafts.kept_at(member, place)) if member else Drafting(place)


def again(request: HttpRequest, place: Place) -> Drafting:
    """The form came back with something to put right: it goes on counting where it was; no query."""
    return Drafting(place, sequence_of(request))


def sequence_of(request: HttpRequest) -> int:
    """How often the form was saved."""
    return whole(request.POST.get("sequence", "")) or 0
