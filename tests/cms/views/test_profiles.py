"""A member's public page."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from community.models import Block
from tests.factories.community import AffiliationFactory, MemberFactory, MembershipFactory, OrganiserFactory
from tests.factories.forum import CategoryFactory, MembersOnlyFactory, TopicFactory

pytestmark = pytest.mark.django_db


def page_of(member, client=None):
    answer = (client or Client()).get(f"/members/{member.handle}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_unknown_handle_and_one_who_left():
    gone = MemberFactory(departed_at=datetime(2026, 1, 1, tzinfo=UTC))
    closed = MemberFactory(is_active=False)

    for handle in ("nobody", gone.handle, closed.handle):
        assert Client().get(f"/members/{handle}/").status_code == 404


def test_the_handle_in_another_case_leads_there():
    member = MemberFactory(handle="Ada", handle_key="ada")

    answer = Client().get("/members/aDA/")

    assert (answer.status_code, answer["Location"]) == (302, member.get_absolute_url())


def test_groups_ties_and_posts_are_open_to_all(group):
    member = OrganiserFactory(group=group).member
    tie = AffiliationFactory(member=MembershipFactory(group=group).member)
    past = AffiliationFactory(member=tie.member, starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1))
    TopicFactory(category=CategoryFactory(), author=member, title="Which router")

    page = page_of(member)
    assert group.name in page
    assert "Organiser" in page
    assert "Which router" in page
    page = page_of(tie.member)
    assert f"{tie.organisation.name}, works there" in page
    assert past.organisation.name not in page


def test_no_address_is_shown(group, signed_in):
    member = MembershipFactory(group=group).member

    assert member.email not in page_of(member)
    assert member.email not in page_of(member, signed_in(MemberFactory()))


def test_posts_in_closed_places_stay_there(group, signed_in, joined):
    author = MembershipFactory(group=group).member
    TopicFactory(category=MembersOnlyFactory(group=group), author=author, title="Between ourselves")

    assert "Between ourselves" not in page_of(author)
    assert "Between ourselves" in page_of(author, signed_in(joined))


def test_hidden_posts_are_not_shown_even_to_their_author(signed_in):
    topic = TopicFactory(title="Taken down")
    topic.posts.update(hidden_at=datetime(2026, 1, 1, tzinfo=UTC))

    assert "Taken down" not in page_of(topic.author, signed_in(topic.author))


def test_blocking(signed_in, member):
    author = TopicFactory(title="Which router").author
    client = signed_in(member)

    page = page_of(author, client)
    assert f'action="/members/{author.handle}/block/"' in page
    assert "Which router" in page

    Block.objects.create(member=member, blocked=author, created_at=datetime(2026, 1, 1, tzinfo=UTC))
    page = page_of(author, client)
    assert f'action="/members/{author.handle}/unblock/"' in page
    assert "Which router" not in page


def test_nobody_blocks_or_reports_themselves(signed_in, member):
    page = page_of(member, signed_in(member))

    assert "/block/" not in page
    assert "/moderation/report/" not in page
    assert "/settings/profile/" in page


def test_a_visitor_is_offered_nothing_that_needs_an_account(member):
    page = page_of(member)

    assert "/block/" not in page
    assert "/moderation/report/" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_so_many_queries(signed_in, member, django_assert_num_queries, count):
    other = MemberFactory()
    for _ in range(count):
        MembershipFactory(member=other)
        AffiliationFactory(member=other)
        TopicFactory(author=other)
    client = signed_in(member)
    page_of(other, client)

    with django_assert_num_queries(7):
        page_of(other, client)
