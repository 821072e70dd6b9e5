"""Which pictures may stand in a text, and how large they are."""

from collections.abc import Callable

from django.db.models import QuerySet

from community.models import Member
from community.text.pictures import Pictures
from forum.models import Enclosure, Post


def showable(author: Member | None) -> Pictures:
    """Those the author sent or may see: a key that was overheard shows nothing."""
    return _among(lambda: Enclosure.objects.visible_to(author))


def in_post(post: Post) -> Pictures:
    """Those that the post shows already."""
    return _among(lambda: Enclosure.objects.filter(posts=post))


def _among(rows: Callable[[], QuerySet[Enclosure]]) -> Pictures:
    def find(keys: list[str]) -> dict[str, tuple[int, int]]:
        sizes = rows().filter(key__in=keys).values_list("key", "picture__width", "picture__height")
        return {key: (width, height) for key, width, height in sizes}

    return find
