"""What machines are led to: all that is public, and nothing else."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest

from cms.queries import sitemap
from community.models import Group
from forum.models import Topic
from meetups.models import Meetup
from tests.factories.community import GroupFactory
from tests.factories.forum import WRITTEN, CategoryFactory, MembersOnlyFactory, TopicFactory
from tests.factories.meetups import MeetupFactory

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"


def places(client, address: str) -> list[str]:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    return [each.text for each in ET.fromstring(answer.content).iter() if each.tag.endswith("}loc")]


def everything(client) -> list[str]:
    return [place for part in places(client, "/sitemap.xml") for place in places(client, part.removeprefix(SITE))]


def test_all_that_is_public_is_listed_and_nothing_else(client, group, now, news):
    topic = TopicFactory(category=CategoryFactory(slug="open"), slug="a-topic")
    TopicFactory(category=MembersOnlyFactory(group=group, slug="inside"), slug="secret")
    TopicFactory(category=topic.category, hidden_at=WRITTEN, slug="hidden")
    TopicFactory(category=topic.category, deleted_at=WRITTEN, slug="removed")
    GroupFactory(state=Group.State.ARCHIVED)
    meetup = MeetupFactory(group=group, starts_at=now + timedelta(days=1))
    MeetupFactory(group=group, state=Meetup.State.DRAFT, starts_at=now)
    page, draft = news("Written"), news("Draft", live=False)
    found = everything(client)
    ours = {place for place in found if {"forum", "groups", "meetups"} & set(place.split("/"))}
    assert ours == {f"{SITE}{each.get_absolute_url()}" for each in (topic, topic.category, meetup)} | {
        f"{SITE}/groups/{group.slug}/"
    }
    assert f"{SITE}{page.get_url_parts()[2]}" in found
    assert f"{SITE}{draft.get_url_parts()[2]}" not in found
    assert f"{SITE}/" in found
    assert len(found) == len(set(found))


def test_parts_end_at_a_number_and_say_when_they_changed(client, monkeypatch):
    monkeypatch.setattr(sitemap, "BLOCK", 2)
    topics = [TopicFactory() for _ in range(3)]
    parts = [part for part in places(client, "/sitemap.xml") if "topics" in part]
    assert len(parts) == len({topic.pk // 2 for topic in topics})
    listed = [place for part in parts for place in places(client, part.removeprefix(SITE))]
    assert listed == [SITE + topic.get_absolute_url() for topic in topics]
    assert b"<lastmod>2026-11-30" in client.get(parts[0].removeprefix(SITE)).content
    assert b"<lastmod>2026-11-30T09:00:00+00:00</lastmod>" in client.get("/sitemap.xml").content


@pytest.mark.parametrize(
    "address", ["/sitemap-topics-9.xml", "/sitemap-members-0.xml", "/sitemap-topics-99999999999999999999.xml"]
)
def test_there_is_no_other_part(client, address):
    assert client.get(address).status_code == 404


def test_robots_are_led_to_the_sitemap_and_away_from_forms(client):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert lines[-1] == f"Sitemap: {SITE}/sitemap.xml"
    assert "Disallow: /search/" in lines
    assert not any(
        TopicFactory().get_absolute_url().startswith(line.removeprefix("Disallow: ")) for line in lines[1:-2]
    )


@pytest.mark.parametrize("count", [1, 3])
def test_what_they_cost(client, count, django_assert_num_queries):
    for _ in range(count):
        TopicFactory()
    first = Topic.objects.order_by("pk").values_list("pk", flat=True)[0]
    with django_assert_num_queries(6):
        client.get("/sitemap.xml")
    with django_assert_num_queries(1):
        client.get(f"/sitemap-topics-{first // sitemap.BLOCK}.xml")
