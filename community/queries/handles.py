"""Which handles are free."""

from collections.abc import Iterator
from itertools import count, islice

from community.models import Member
from community.text import handles


def is_free(handle: str, *, besides: Member | None = None) -> bool:
    """Nobody (but perhaps `besides`) has this handle or one that looks like it."""
    taken = Member.objects.filter(handle_key=handles.key(handle))
    return not (taken.exclude(pk=besides.pk) if besides else taken).exists()


def suggestions(wish: str, *, amount: int = 3) -> list[str]:
    """Free handles like `wish` (a handle or a name); constant queries."""
    found: list[str] = []
    variants = _variants(handles.suggest(wish))
    while len(found) < amount:
        batch = list(islice(variants, 40))
        keys = {handle: handles.key(handle) for handle in batch}
        taken = set(Member.objects.filter(handle_key__in=keys.values()).values_list("handle_key", flat=True))
        for handle, key in keys.items():
            if key not in taken and not handles.problem(handle):
                taken.add(key)
                found.append(handle)
    return found[:amount]


def _variants(stem: str) -> Iterator[str]:
    yield stem
    yield from (f"{stem}-{number}" for number in range(2, 10))
    # Far apart, so that the thousandth "anna" needs no thousand questions.
    yield from (f"{stem}-{10 + step * step * 7}" for step in count(1))
