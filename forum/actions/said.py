"""What was said elsewhere, and what became of it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from forum.actions.enclosing import Came
from forum.actions.referring import Called, Quoted


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was not understood: it is left out, or came in changed."""

    where: str
    why: str
    is_left_out: bool = True

    def __str__(self) -> str:
        return f"{self.where}: {self.why}"


@dataclass(frozen=True, slots=True)
class Said:
    """A post of another place. `key` names it there for ever; `parents` are the keys it may answer, the nearest first.

    `address` is the author's e-mail, or their name there where none is told; `body` is Markdown, with marks for what
    is `quoted` and who is `called`. `tags` are of its topic, tidied and fit; `place` is its category there.
    `problems` came up while it was read, `lost` counts by kind what it had there and has not here.
    """

    key: str
    parents: tuple[str, ...]
    name: str
    address: str
    title: str
    body: str
    at: datetime
    is_closed: bool = False
    pictures: tuple[Came, ...] = ()
    quoted: tuple[Quoted, ...] = ()
    called: tuple[Called, ...] = ()
    tags: tuple[str, ...] = ()
    is_answer: bool = False
    place: str = ""
    problems: tuple[Problem, ...] = ()
    lost: tuple[tuple[str, int], ...] = ()


@dataclass(slots=True)
class Outcome:
    """What was brought in (with `dry_run`: what would be), what was there already, and what was not understood."""

    topics: int = 0
    posts: int = 0
    same: int = 0
    pictures: int = 0
    members: set[str] = field(default_factory=set)
    stand_ins: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)
    """By kind, how much of what the posts had there they have not here."""
    places: set[str] = field(default_factory=set)
    """The categories that topics stood in there."""

    def count(self, said: Said, *, begins: bool) -> None:
        """One more post; `begins` a topic."""
        self.posts += 1
        self.topics += begins
        self.problems += said.problems
        self.lost.update(dict(said.lost))
        if begins and said.is_answer:
            self.lost["marked answers"] += 1
        if begins and said.place:
            self.places.add(said.place)
