"""What is known while posts are read, and what is found in one of them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from forum.actions.referring import Called, Quoted
from forum.text.quotes import plain

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who wrote there; `address` is "" where no e-mail is told."""

    name: str
    address: str = ""


@dataclass(slots=True)
class Known:
    """Of the whole export: keys of posts by topic and number, people by their names there, a line each."""

    posts: dict[tuple[Any, Any], str] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)


@dataclass(slots=True)
class Reading:
    """One post while it is read. `at` is now, for polls that have ended; `polls` are what it says of its own."""

    known: Known
    at: datetime
    title: str = ""
    is_closed: bool = False
    polls: list[Facts] = field(default_factory=list)
    quoted: dict[str, Quoted] = field(default_factory=dict)
    called: dict[str, Called] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    """What stays out, in words."""
    changed: list[str] = field(default_factory=list)
    """What came in, and not as it was."""
    votes: int = 0
    """Of polls that begin anew."""
    has_poll: bool = False

    def miss(self, words: str) -> None:
        """Say that something stays out."""
        self.missed.append(words)

    def call(self, name: str) -> str:
        """`@name` for whoever it is here, which is found when the post is written; for nobody else of that name."""
        person = self.known.people.get(name.lower())
        if person is None or not person.address:
            return f"\\@{name}"
        return self.called.setdefault(name, Called(name, person.address)).mark

    def quote(self, name: str, place: tuple[int, int]) -> str:
        """Whose words follow: led back to where they stand, if that is known when the post is written."""
        person = self.known.people.get(name.lower())
        shown, key = person.name if person else name, self.known.posts.get(place, "")
        if not key:
            return plain(shown)
        quoted = Quoted(key, shown)
        return self.quoted.setdefault(quoted.mark, quoted).mark
