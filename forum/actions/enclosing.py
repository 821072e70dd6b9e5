"""Pictures that come with a post from elsewhere: through the door every picture takes, or left out with the reason."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import BinaryIO

from django.core.files.base import ContentFile

from assets import pictures as door
from community.models import Member
from community.text.pictures import Pictures
from forum.actions import pictures


class Missing(Exception):  # noqa: N818  (it says the outcome)
    """There are no bytes to be had; the message says why, for people."""


@dataclass(frozen=True, slots=True)
class Came:
    """A picture as it came. `mark` is what stands for it in the text; `words` are for those who cannot see it.

    `open` answers its bytes and how many they are, or raises `Missing`.
    """

    mark: str
    name: str
    words: str
    open: Callable[[], AbstractContextManager[tuple[BinaryIO, int]]]


@dataclass(frozen=True, slots=True)
class Taken:
    """One that passed, drawn anew; `file` is None where it did not, and `why` says so."""

    came: Came
    file: ContentFile | None = None
    why: str = ""


def taken(came: Iterable[Came]) -> Iterator[Taken]:
    """Each of them, drawn anew as if a member had sent it: known by its content, with the limits of a sent picture."""
    for each in came:
        try:
            with each.open() as (file, size):
                yield Taken(each, door.redrawn(file, name=token_hex(16), size=size, longest=pictures.LONGEST))
        except (door.Unusable, Missing) as error:
            yield Taken(each, why=str(error).rstrip("."))
        except OSError as error:
            yield Taken(each, why=f"its file cannot be read ({type(error).__name__})")


def put(body: str, found: Iterable[Taken], *, author: Member, at: datetime) -> tuple[str, Pictures]:
    """The text with the pictures in their places, and which it shows; in the places of others stand their words."""
    shown: dict[str, tuple[int, int]] = {}
    for each in found:
        words = " ".join(each.came.words.replace("[", "(").replace("]", ")").split())[:200]
        if each.file is None:
            body = body.replace(each.came.mark, words or each.came.name)
            continue
        kept = pictures.keep(each.file, member=author, words=words or each.came.name, at=at)
        shown[kept.key] = kept.picture.width, kept.picture.height
        body = body.replace(each.came.mark, f"![{words or each.came.name}]({kept.get_absolute_url()})")
    return body, lambda keys: {key: shown[key] for key in keys if key in shown}
