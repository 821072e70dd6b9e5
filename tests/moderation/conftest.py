"""A kind of thing that only these tests know: notes in a dict."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pytest

from community.models import Group, Member, Membership
from moderation import registry
from moderation.models import Rule
from moderation.registry import Kind, Subject
from tests.factories.community import GroupFactory, MemberFactory, MembershipFactory
from tests.factories.moderation import RuleFactory


@dataclass
class Notes:
    """Every note there is; `secret` ones only their author sees."""

    kept: dict[int, Subject] = field(default_factory=dict)
    secret: set[int] = field(default_factory=set)

    def write(self, author: Member | None, group: Group | None, text: str = "Something rude.") -> Subject:
        number = len(self.kept) + 1
        note = Subject("note", number, author, group, f"Note {number}", text, f"<p>{text}</p>", "/n/", is_hidden=False)
        self.kept[number] = note
        return note

    def visible_to(self, member: Any, number: int) -> bool:
        return number in self.kept and (number not in self.secret or self.kept[number].author == member)

    def _set(self, number: int, *, is_hidden: bool) -> None:
        self.kept[number] = replace(self.kept[number], is_hidden=is_hidden)

    def hide(self, number: int, at: datetime) -> None:
        self._set(number, is_hidden=True)

    def restore(self, number: int, at: datetime) -> None:
        self._set(number, is_hidden=False)


@pytest.fixture(autouse=True)
def notes(monkeypatch: pytest.MonkeyPatch) -> Iterator[Notes]:
    """The notes, registered as something to be judged."""
    kept = Notes()
    monkeypatch.setattr(registry, "_kinds", dict(registry._kinds))
    monkeypatch.setattr(registry, "_interests", list(registry._interests))
    registry.register(Kind("note", "a note", kept.kept.get, kept.visible_to, kept.hide, kept.restore))
    yield kept


@pytest.fixture
def rule(db: None) -> Rule:
    return RuleFactory(title="Be kind")


@pytest.fixture
def moderator(group: Group) -> Member:
    """Moderates `group`."""
    return MembershipFactory(group=group, role=Membership.Role.MODERATOR).member


@pytest.fixture
def author(group: Group) -> Member:
    """A plain member of `group` who writes."""
    return MembershipFactory(group=group).member


@pytest.fixture
def people(group: Group, moderator: Member, author: Member, organiser: Member) -> Callable[[str], Member | None]:
    """Anyone by their relation to `group` and to what `author` wrote in it."""
    elsewhere = GroupFactory()

    def who(name: str) -> Member | None:
        return {
            "nobody": lambda: None,
            "author": lambda: author,
            "member": lambda: MembershipFactory(group=group).member,
            "stranger": MemberFactory,
            "moderator": lambda: moderator,
            "organiser": lambda: organiser,
            "moderator elsewhere": lambda: MembershipFactory(group=elsewhere, role="moderator").member,
            "organiser elsewhere": lambda: MembershipFactory(group=elsewhere, role="organiser").member,
            "former moderator": lambda: MembershipFactory(group=group, role="moderator", ends_on="2026-01-01").member,
            "site moderator": lambda: MemberFactory(is_moderator=True),
            "superuser": lambda: MemberFactory(is_superuser=True),
            "staff": lambda: MemberFactory(is_staff=True),
            "departed": lambda: MemberFactory(is_moderator=True, departed_at="2026-01-01T00:00Z"),
        }[name]()

    return who
