"""Addresses that were given out lead on: of a place that was renamed or retired, of a topic and of posts that moved."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from forum.actions import moving, places, posts, topics
from forum.models import Category
from tests.factories.community import MemberFactory, OrganiserFactory
from tests.factories.forum import TalkFactory


@pytest.fixture
def organiser(group):
    return OrganiserFactory(group=group, member__trust=4).member


@pytest.fixture
def talk(group):
    return TalkFactory(group=group, name="Backups", slug="leeds-backups")


def said(author, place, key, body="First words"):
    return topics.open(
        author=author, category=place, title=f"About {key}", body=body, client_key=key, at=timezone.now()
    )


def rename(organiser, place, name="Tapes", **more):
    facts = {"about": "", "colour": place.colour, "template": "", "visible_to_whom": "everyone"} | more
    return places.amend(actor=organiser, place=place, at=timezone.now(), name=name, **facts)


def test_a_renamed_place_is_found_by_all_that_named_it(client, group, organiser, talk):
    site = TalkFactory(group=group, name="Else")
    topic = said(organiser, talk, "tapes")
    naming = said(organiser, site, "naming", "Ask in #leeds-backups, they know.").posts.get()
    assert f'<a class="place" href="/forum/c/leeds-backups/">#{group.name}: Backups</a>' in naming.body_html
    rename(organiser, talk)
    page = client.get("/forum/c/leeds-backups/")
    assert (page.status_code, page.context["category"].name) == (200, "Tapes")
    assert client.get("/forum/c/leeds-backups/feed.rss").status_code == 200
    assert topic.title in client.get(reverse("cms:search"), {"q": "category:leeds-backups first"}).content.decode()
    # Named again after that, it is called what it is called.
    later = timezone.now() + timedelta(hours=1)
    changed = posts.edit(author=organiser, post=naming, body="#leeds-backups knows.", at=later)
    assert f"{group.name}: Tapes</a>" in changed.body_html


def test_a_retired_place_stays_where_it_was(client, group, organiser, talk):
    TalkFactory(group=group, name="Else")
    said(organiser, talk, "tapes")
    places.retire(actor=organiser, place=talk, at=timezone.now())
    assert "About tapes" in client.get("/forum/c/leeds-backups/").content.decode()


def test_a_place_that_narrows_leads_nobody_further_than_they_may_go(client, signed_in, group, organiser, joined, talk):
    said(organiser, TalkFactory(group=group), "naming", "See #leeds-backups.")
    rename(organiser, talk, visible_to_whom=Category.Audience.MEMBERS)
    asked = [
        who.get("/forum/c/leeds-backups/").status_code
        for who in (client, signed_in(MemberFactory()), signed_in(joined))
    ]
    assert asked == [404, 404, 200]
    named = said(organiser, TalkFactory(group=group), "anew", "See #leeds-backups.").posts.get()
    assert "<a" not in named.body_html


def test_a_moved_topic_keeps_every_address_it_had(client, group, organiser, talk):
    topic = said(organiser, talk, "tapes")
    posts.reply(author=organiser, topic=topic, body="Two", client_key="2", at=timezone.now())
    posts.reply(author=organiser, topic=topic, body="Three", client_key="3", at=timezone.now())
    before = topic.get_absolute_url()
    moving.move(actor=organiser, topic=topic, place=TalkFactory(group=group), at=timezone.now())
    posts.edit(author=organiser, post=topic.posts.get(number=1), body="First", title="Renamed", at=timezone.now())
    led = client.get(before)
    assert (led.status_code, led.url.endswith("/renamed/")) == (301, True)
    assert client.get(f"{before}2", follow=True).redirect_chain[-1][0].endswith("#p2")
    new = moving.split(
        actor=organiser, topic=topic, numbers=[2, 3], place=talk, title="Apart", at=timezone.now(), is_meant=True
    )
    assert client.get(f"{before}3", follow=True).redirect_chain[-1][0] == f"{new.get_absolute_url()}#p2"
    other = said(organiser, talk, "other")
    moving.merge(actor=organiser, topic=new, into=other, at=timezone.now())
    for address, post in ((f"{before}3", 3), (f"{new.get_absolute_url()}2", 3), (new.get_absolute_url(), 2)):
        assert client.get(address, follow=True).redirect_chain[-1][0] == f"{other.get_absolute_url()}#p{post}"
