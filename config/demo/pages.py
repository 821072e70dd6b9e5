"""A piece of news, as an editor writes it."""

from datetime import datetime

from cms.models import NewsIndexPage, NewsPage
from community.models import Member

BODY = (
    "<p>Leeds has met every second Tuesday for eight months, and nobody had to be reminded twice. Bristol is full for "
    "December: there is a waiting list, and it is a fair one. Glasgow has found a room with a kettle.</p>"
    "<p>If your town is not here yet, starting a group takes less time than finding a parking space.</p>"
)


def publish(editor: Member, now: datetime) -> None:
    """One news page, live."""
    index = NewsIndexPage.objects.get()
    page = NewsPage(
        title="Three groups, twelve evenings each",
        slug="three-groups",
        summary="What a year of second Tuesdays looks like.",
        body=BODY,
        published_on=now.date(),
        owner=editor,
    )
    index.add_child(instance=page)
    page.save_revision(user=editor).publish()
