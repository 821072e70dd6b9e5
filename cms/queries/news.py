"""What editors wrote: read once, until they publish something else."""

from django.db.models import QuerySet

from cms.models import HomePage, NewsPage
from live.changes import EVERYTHING
from live.kept import Kept

_front: Kept[HomePage | None] = Kept(most=1)
_latest: Kept[list[NewsPage]] = Kept(most=10)


def front() -> HomePage | None:
    """The front door as editors worded it, if it was made yet; one query, none while it is kept."""
    return _front.get("front", (EVERYTHING,), lambda: HomePage.objects.live().first())


def latest(count: int) -> list[NewsPage]:
    """Published news, the newest first; two queries, none while they are kept."""
    return _latest.get(count, (EVERYTHING,), lambda: list(_published()[:count]))


def _published() -> "QuerySet[NewsPage]":
    return NewsPage.objects.live().public().order_by("-published_on", "-pk")
