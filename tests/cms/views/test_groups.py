"""A group's front page."""

from datetime import date, timedelta

import pytest
from django.test import Client

from community.models import Group, Membership
from tests.factories.community import (
    AffiliationFactory,
    GroupFactory,
    MemberFactory,
    MembershipFactory,
    OrganiserFactory,
)
from tests.factories.forum import MembersOnlyFactory, TopicFactory
from tests.factories.meetups import RsvpFactory
from tests.factories.sponsors import PublishedEventFactory, SponsorshipFactory, VendorEventFactory

pytestmark = pytest.mark.django_db


def page_of(group, client=None):
    answer = (client or Client()).get(f"/groups/{group.slug}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_unknown_group():
    assert Client().get("/groups/nobody/").status_code == 404


def test_how_alive_it_is_what_it_talks_about_who_it_is(group, live_in, organiser):
    coming = live_in(group, 4)

    page = page_of(group)

    assert f'<h1 class="name">{group.name}</h1>' in page
    assert coming[0].title in page
    assert [page.count(f"Held {group.slug} {n}") for n in range(4)] == [1, 1, 1, 0]
    assert f"Talk {group.slug} 0" in page
    assert organiser.shown_name in page
    assert f"/groups/{group.slug}/calendar.ics" in page
    assert "looking for an organiser" not in page


def test_a_visitor_is_led_to_the_evening_a_member_answers_here(group, live_in, signed_in, joined):
    coming = live_in(group)[0]

    assert f'href="{coming.get_absolute_url()}#rsvp"' in page_of(group)
    page = page_of(group, signed_in(joined))
    assert f'action="{coming.get_absolute_url()}rsvp/"' in page
    RsvpFactory(meetup=coming, member=joined)
    assert "You are going" in page_of(group, signed_in(joined))


def test_joining_and_leaving(group, signed_in, joined, member):
    assert "Join this group" in page_of(group, signed_in(member))
    page = page_of(group, signed_in(joined))
    assert "Join this group" not in page
    assert f"/groups/{group.slug}/leave/" in page


def test_faces_only_for_those_who_may_see_them(group, organiser, signed_in, joined):
    shy = MembershipFactory(
        group=group, member=MemberFactory(display_name="Shy Person", is_listed_by_name=False)
    ).member
    open_one = MembershipFactory(group=group).member

    assert open_one.shown_name not in page_of(group)
    seen = page_of(group, signed_in(joined))
    assert open_one.shown_name in seen
    assert shy.shown_name not in seen
    assert shy.shown_name in page_of(group, signed_in(organiser))


def test_talk_of_members_stays_with_members(group, signed_in, joined):
    TopicFactory(category=MembersOnlyFactory(group=group), title="Between ourselves")

    assert "Between ourselves" not in page_of(group)
    assert "Between ourselves" in page_of(group, signed_in(joined))


def test_nobody_organises_it(group, signed_in, joined):
    page = page_of(group, signed_in(joined))

    assert "looking for an organiser" in page
    assert f'action="/groups/{group.slug}/volunteer/"' in page
    OrganiserFactory(group=group)
    assert "looking for an organiser" not in page_of(group)


def test_a_moderator_is_no_organiser(group):
    MembershipFactory(group=group, role=Membership.Role.MODERATOR)

    assert "looking for an organiser" in page_of(group)


def test_sponsors_stand_after_people_and_are_named_as_such(group, organiser, now):
    group.tabs = ["sponsors"]
    group.save()
    running = SponsorshipFactory(group=group, starts_on=now.date(), ends_on=now.date() + timedelta(days=30))
    over = SponsorshipFactory(group=group, starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31))

    page = page_of(group)

    assert f"{running.organisation.name}, sponsor" in page
    assert over.organisation.name not in page
    assert page.index(organiser.shown_name) < page.index(running.organisation.name)


def test_a_vendors_event_shows_once_approved_with_its_label(group, now):
    when = {"starts_at": now + timedelta(days=3), "ends_at": now + timedelta(days=3, hours=2)}
    event = PublishedEventFactory(group=group, **when)
    waits = VendorEventFactory(group=group, **when)

    group.tabs = ["sponsors"]
    group.save()

    page = page_of(group)

    assert event.title in page
    assert f"{event.organisation.name}, vendor" in page
    assert waits.title not in page


def test_no_empty_tabs(group):
    page = page_of(group)

    assert f"/groups/{group.slug}/chat/" not in page
    assert f"/groups/{group.slug}/sponsors/" not in page


def test_a_listing_from_elsewhere_links_away(signed_in, member):
    group = GroupFactory(state=Group.State.LISTED, website="https://example.org/leeds", source="a list")

    page = page_of(group, signed_in(member))

    assert 'href="https://example.org/leeds"' in page
    assert f"/groups/{group.slug}/claim/" in page
    assert "Join this group" not in page
    assert "looking for an organiser" not in page


def test_a_closed_group_stays_readable():
    group = GroupFactory(state=Group.State.ARCHIVED)

    page = page_of(group)

    assert "This group has closed" in page
    assert "Join this group" not in page
    assert "looking for an organiser" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_so_many_queries(group, live_in, signed_in, joined, django_assert_num_queries, count, now):
    group.tabs = ["sponsors"]
    group.save()
    for place in MembershipFactory.create_batch(count, group=group):
        AffiliationFactory(member=place.member)
    OrganiserFactory.create_batch(count, group=group)
    for _ in range(count):
        SponsorshipFactory(group=group, starts_on=now.date(), ends_on=now.date() + timedelta(days=30))
        PublishedEventFactory(group=group, starts_at=now + timedelta(days=3), ends_at=now + timedelta(days=4))
    coming = live_in(group, count)
    RsvpFactory(meetup=coming[0], member=joined)
    client = signed_in(joined)
    page_of(group, client)

    with django_assert_num_queries(12):
        page_of(group, client)
