"""A mailing list's archive (mbox, RFC 4155), read twice: first who answers whom, then one letter after the other.

Only a line for each letter is held in memory, never their texts.
"""

import re
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from io import BytesIO
from pathlib import Path

from forum.actions.enclosing import Came
from forum.actions.said import Problem, Said
from forum.forms.past import Unreadable
from forum.forms.past.quoting import as_markdown
from notifications.text import incoming

LARGEST = 25 * 1024 * 1024
FIRST_YEAR = 1980
HEAD = 64 * 1024
DEEPEST = 500
_ID = re.compile(r"<[^<>\s]{1,240}>")
_PREFIX = re.compile(r"^(?:\s*(?:re|aw|fwd?|sv|antw|tr|wg)\s*(?:\[\d+\])?:|\s*\[[^\]]{1,60}\])\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a letter stands in the file, and in its thread."""

    key: str
    parents: tuple[str, ...]
    at: datetime
    start: int
    size: int


def read(path: Path) -> tuple[int, Iterator[Said | Problem]]:
    """How many letters there are, and each of them: thread by thread, none before the one it answers."""
    with path.open("rb") as file:
        if not file.read(5).startswith(b"From "):
            raise Unreadable(f"{path.name} is no mbox: it does not begin with “From ”.")
    problems: list[Problem] = []
    places = list(_places(path, problems))
    return len(places) + len(problems), _letters(path, _in_order(places), problems)


def _places(path: Path, problems: list[Problem]) -> Iterator[Place]:
    known: set[str] = set()
    for number, (start, size) in enumerate(_cut(path), start=1):
        with path.open("rb") as file:
            file.seek(start)
            message = incoming.parse(file.read(min(size, HEAD)))
        found = _ID.findall(incoming.header(message, "Message-ID"))
        moment = _moment(incoming.header(message, "Date"))
        where = f"letter {number}{f' {found[0]}' if found else ''}"
        if not found:
            problems.append(Problem(where, "it has no Message-ID, so it could not be known again"))
        elif moment is None:
            problems.append(Problem(where, "its date cannot be read"))
        elif size > LARGEST:
            problems.append(Problem(where, f"it is larger than {LARGEST // 1024 // 1024} MB"))
        elif found[0] in known:
            problems.append(Problem(where, "it stands in the file twice; the first was taken"))
        else:
            known.add(found[0])
            yield Place(found[0], _parents(message, found[0]), moment, start, size)


def _parents(message: EmailMessage, own: str) -> tuple[str, ...]:
    """What it answers, the nearest first (RFC 5322, 3.6.4)."""
    chain = _ID.findall(incoming.header(message, "References"))[-20:]
    nearest = [*_ID.findall(incoming.header(message, "In-Reply-To"))[:1], *reversed(chain)]
    return tuple(key for key in dict.fromkeys(nearest) if key != own)


def _cut(path: Path) -> Iterator[tuple[int, int]]:
    """(start, size) of each letter: a line “From …” after an empty one begins the next."""
    start, at, is_after_empty = -1, 0, True
    with path.open("rb") as file:
        while line := file.readline(HEAD):
            if is_after_empty and line.startswith(b"From "):
                if start >= 0:
                    yield start, at - start
                start = at + len(line)
            is_after_empty = line in {b"\n", b"\r\n"}
            at += len(line)
    if start >= 0:
        yield start, at - start


def _in_order(places: list[Place]) -> list[Place]:
    """Threads by the moment they began, and in each the letters by theirs, never before the one they answer."""
    by_key = {place.key: place for place in places}
    above = {place.key: next((by_key[key] for key in place.parents if key in by_key), None) for place in places}

    def standing(place: Place) -> tuple[datetime, str, datetime, int]:
        chain, seen = [place], {place.key}
        while (parent := above[chain[-1].key]) is not None and parent.key not in seen and len(chain) < DEEPEST:
            chain.append(parent)
            seen.add(parent.key)
        return chain[-1].at, chain[-1].key, max(each.at for each in chain), len(chain)

    return sorted(places, key=standing)


def _letters(path: Path, places: list[Place], problems: list[Problem]) -> Iterator[Said | Problem]:
    yield from problems
    with path.open("rb") as file:
        for place in places:
            file.seek(place.start)
            try:
                yield _letter(place, file.read(place.size))
            except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:
                # Python's parser of mail raises each of these over some broken letter.
                yield Problem(f"letter {place.key}", f"it is broken ({type(error).__name__})")


def _letter(place: Place, raw: bytes) -> Said | Problem:
    message = incoming.parse(raw)
    address = incoming.sender(message)
    if not address:
        return Problem(f"letter {place.key}", "it has no sender")
    body = as_markdown(incoming.body_text(message).replace("\x00", ""))
    came = tuple(_came(number, *each) for number, each in enumerate(incoming.pictures(message), start=1))
    if not (body or came):
        return Problem(f"letter {place.key}", "it has no text")
    body = "\n\n".join(filter(None, (body, *(each.mark for each in came))))
    name = next((name for name, _ in getaddresses([incoming.header(message, "From")]) if name), "")
    title = _title(incoming.header(message, "Subject"))
    name = name or address.partition("@")[0]
    return Said(place.key, place.parents, name, address, title, body, place.at, pictures=came)


def _came(number: int, name: str, held: bytes) -> Came:
    """A picture beside the words stands below them."""
    name = name or f"picture {number}"
    return Came(f"![](cid:picture-{number})", name, Path(name).stem, lambda: nullcontext((BytesIO(held), len(held))))


def _title(subject: str) -> str:
    """Without “Re:” and the list's name."""
    title = " ".join(subject.split())
    while (shorter := _PREFIX.sub("", title)) != title:
        title = shorter
    return title or "No subject"


def _moment(date: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(date)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC) if moment.year >= FIRST_YEAR else None
    except (ValueError, OverflowError):
        return None
