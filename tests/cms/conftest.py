"""Evenings and talk around now: composed pages show what is near."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from cms.actions import sites
from cms.models import NewsIndexPage, NewsPage
from moderation.models import Report, Rule
from tests.factories.community import MemberFactory
from tests.factories.forum import TalkFactory, TopicFactory
from tests.factories.meetups import MeetupFactory, VenueFactory


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def pages(db: None) -> None:
    sites.make_pages()


@pytest.fixture
def live_in(now):
    """Give a group evenings to come, evenings held, and talk: `count` of each."""

    def fill(group, count=1):
        venue = VenueFactory(group=group)
        coming = [
            MeetupFactory(
                group=group, venue=venue, title=f"Coming {group.slug} {n}", starts_at=now + timedelta(days=n + 2)
            )
            for n in range(count)
        ]
        for n in range(count):
            MeetupFactory(
                group=group, venue=venue, title=f"Held {group.slug} {n}", starts_at=now - timedelta(days=n + 2)
            )
        talk = TalkFactory(group=group)
        for n in range(count):
            TopicFactory(
                category=talk,
                title=f"Talk {group.slug} {n}",
                created_at=now - timedelta(hours=1),
                last_posted_at=now - timedelta(minutes=n + 1),
            )
        group.next_meetup_at = coming[0].starts_at
        group.save()
        return coming

    return fill


@pytest.fixture
def news(pages):
    """Publish a piece of news."""

    def publish(title, **fields):
        item = NewsPage(title=title, summary=f"About {title}", body=f"<p>All of {title}</p>", **fields)
        NewsIndexPage.objects.get().add_child(instance=item)
        return item

    return publish


@pytest.fixture
def report_in(now):
    """Something in a group is reported."""

    def report(group):
        rule = Rule.objects.filter(is_current=True).first() or Rule.objects.create(
            key="kind", title="Be kind", text="Be."
        )
        return Report.objects.create(
            reporter=MemberFactory(),
            target_kind="post",
            target_id=1,
            author=MemberFactory(),
            group=group,
            rule=rule,
            excerpt="x",
            made_at=now,
        )

    return report
