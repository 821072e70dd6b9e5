"""What editors wrote."""

from django.db.models import QuerySet

from cms.models import HomePage, NewsPage


def front() -> HomePage | None:
    """The front door as editors worded it, if it was made yet; one query."""
    return HomePage.objects.live().first()


def latest(count: int) -> QuerySet[NewsPage]:
    """Published news, the newest first; one query."""
    return NewsPage.objects.live().public().order_by("-published_on", "-pk")[:count]
