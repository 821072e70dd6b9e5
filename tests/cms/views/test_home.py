"""The front door."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group as Rights
from django.test import Client

from cms.actions import sites
from cms.models import HomePage, NewsIndexPage, NewsPage
from community.models import Group, Membership
from forum.models import Category
from tests.factories.community import GroupFactory, MemberFactory, MembershipFactory
from tests.factories.forum import MembersOnlyFactory, TopicFactory
from tests.factories.meetups import RsvpFactory
from tests.factories.sponsors import ProposalFactory, VendorEventFactory

pytestmark = pytest.mark.django_db


def page_for(client):
    answer = client.get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_stands_before_anything_was_made():
    page = page_for(Client())

    assert "One evening a month with people who run a business like yours" in page
    assert "No group has been started here yet" in page


def test_a_visitor_meets_the_sentence_the_field_and_groups(pages, live_in):
    HomePage.objects.update(headline="Come in, the kettle is on")
    near, far = GroupFactory(name="Leeds table"), GroupFactory(name="No date table")
    live_in(near)
    GroupFactory(name="Elsewhere", state=Group.State.LISTED)
    GroupFactory(name="Long gone", state=Group.State.ARCHIVED)

    page = page_for(Client())

    assert "<h1>Come in, the kettle is on</h1>" in page
    assert 'action="/groups/near/"' in page
    assert page.index("Leeds table") < page.index("No date table")
    assert "Elsewhere" not in page
    assert "Long gone" not in page
    assert f"Talk {near.slug} 0" in page
    assert far.get_absolute_url() in page


def test_a_visitor_is_shown_no_talk_of_members_only(pages):
    TopicFactory(category=MembersOnlyFactory(), title="Between ourselves")
    TopicFactory(category=MembersOnlyFactory(visible_to_whom=Category.Audience.EVERYONE), title="Open to all")

    page = page_for(Client())

    assert "Open to all" in page
    assert "Between ourselves" not in page


def test_a_member_meets_the_next_evening_with_the_answer(pages, live_in, signed_in, group, joined):
    coming = live_in(group)[0]

    page = page_for(signed_in(joined))
    assert "Leeds: are you coming?" in page
    assert f'action="{coming.get_absolute_url()}rsvp/"' in page

    RsvpFactory(meetup=coming, member=joined)
    page = page_for(signed_in(joined))
    assert "Leeds: you are going" in page


def test_a_member_without_a_group_is_shown_the_way(pages, live_in, signed_in, member, group):
    live_in(group)

    page = page_for(signed_in(member))

    assert "You are in no group yet" in page
    assert group.name in page


def test_the_home_of_a_member_says_what_is_new(pages, live_in, signed_in, group, joined):
    live_in(group)

    page = page_for(signed_in(joined))

    assert "New since last time" in page
    assert f"Talk {group.slug} 0" in page


def test_whoever_looks_after_a_group_sees_what_waits(pages, signed_in, group, organiser, report_in):
    report_in(group)

    assert "One thing was reported." in page_for(signed_in(organiser))
    assert "was reported" not in page_for(signed_in(MembershipFactory(group=group).member))


def test_an_organiser_sees_that_a_vendor_waits(pages, signed_in, group, organiser):
    moderator = MembershipFactory(group=group, role=Membership.Role.MODERATOR).member
    VendorEventFactory(group=group)
    ProposalFactory(group=group)
    ProposalFactory()

    assert page_for(signed_in(organiser)).count("A vendor waits for an answer from") == 1
    assert "A vendor waits" not in page_for(signed_in(moderator))


def test_a_group_whose_date_has_passed_does_not_stand_first(pages, live_in, now):
    stale, soon = GroupFactory(name="Stale"), GroupFactory(name="Soon")
    Group.objects.filter(pk=stale.pk).update(next_meetup_at=now - timedelta(days=40))
    live_in(soon)

    page = page_for(Client())

    assert page.index("Soon") < page.index("Stale")


def test_published_news_shows_on_home_and_only_that(news, pages):
    news("The ledger is open")
    news("Not yet", live=False)

    page = page_for(Client())

    assert "The ledger is open" in page
    assert "Not yet" not in page


def test_an_editor_publishes_news_in_the_back_office_and_it_shows(pages, signed_in, settings):
    settings.STAFF_MUST_USE_MFA = False
    editor = MemberFactory(is_staff=True)
    editor.groups.add(Rights.objects.get(name=sites.EDITORS))
    index = NewsIndexPage.objects.get()
    form = {
        "title": "Glasgow has a table",
        "slug": "glasgow",
        "summary": "Three people and a kettle",
        "published_on": "2026-12-01",
        "body": '{"blocks": [{"key": "a", "text": "It began with one mail.", "type": "unstyled"}], "entityMap": {}}',
        "action-publish": "Publish",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
    }

    answer = signed_in(editor).post(f"/cms/pages/add/cms/newspage/{index.pk}/", form)

    assert answer.status_code == 302, answer.content.decode()
    assert NewsPage.objects.get().live
    assert "Three people and a kettle" in page_for(Client())


@pytest.mark.parametrize("count", [1, 3])
def test_a_visitor_costs_so_many_queries(pages, live_in, news, django_assert_num_queries, count):
    for n in range(count):
        live_in(GroupFactory(), count)
        news(f"News {n}")
    client = Client()
    client.get("/")

    with django_assert_num_queries(6):
        client.get("/")


@pytest.mark.parametrize("count", [1, 3])
def test_a_member_costs_so_many_queries(
    pages, live_in, news, signed_in, joined, group, django_assert_num_queries, count
):
    live_in(group, count)
    for _ in range(count - 1):
        live_in(MembershipFactory(member=joined).group, count)
    for n in range(count):
        news(f"News {n}")
    client = signed_in(joined)
    client.get("/")

    with django_assert_num_queries(9):
        client.get("/")
