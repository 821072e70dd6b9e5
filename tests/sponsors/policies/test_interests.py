"""Which ties keep a moderator out of a case: by table."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from community.models import Group, Member
from moderation import registry
from moderation.models import Decision
from moderation.policies.cases import has_no_interest
from sponsors.models import VendorEvent
from sponsors.policies.interests import interest
from tests.factories.community import AffiliationFactory, MembershipFactory, OrganisationFactory
from tests.factories.forum import TalkFactory, TopicFactory
from tests.factories.sponsors import PublishedEventFactory

TODAY = date(2026, 12, 1)
LIVE = {"starts_on": date(2025, 1, 1)}
AHEAD = {"starts_on": date(2027, 1, 1)}
OVER = {"starts_on": date(2025, 1, 1), "ends_on": TODAY}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(datetime(2026, 12, 1, 15, tzinfo=UTC), tick=False):
        yield


@pytest.mark.parametrize("kind", ["employee", "owner", "contractor", "speaker"])
@pytest.mark.parametrize(
    ("mine", "theirs", "barred"),
    [
        (LIVE, LIVE, True),
        (LIVE, AHEAD, True),
        (AHEAD, LIVE, True),
        (OVER, LIVE, False),
        (LIVE, OVER, False),
        (None, LIVE, False),
        (LIVE, None, False),
    ],
)
def test_colleagues_at_a_vendor_do_not_judge_each_other(
    group: Group, member: Member, kind: str, mine: dict | None, theirs: dict | None, barred: bool
) -> None:
    author, acme = MembershipFactory(group=group).member, OrganisationFactory(name="Acme")
    for who, days in ((member, mine), (author, theirs)):
        AffiliationFactory(
            member=who, organisation=acme if days else OrganisationFactory(), kind=kind, **(days or LIVE)
        )
    subject = registry.find("topic", TopicFactory(category=TalkFactory(group=group), author=author).pk)
    verdict = has_no_interest(member, subject)
    assert bool(verdict) is not barred
    if barred:
        assert verdict.reason == "You have a tie to Acme, and so does the author. Somebody without one decides."


@pytest.mark.parametrize(("days", "barred"), [(LIVE, True), (AHEAD, True), (OVER, False), (None, False)])
def test_a_vendors_people_do_not_judge_its_event(group: Group, member: Member, days: dict | None, barred: bool) -> None:
    event: VendorEvent = PublishedEventFactory(group=group, organisation=OrganisationFactory(name="Acme"))
    if days:
        AffiliationFactory(member=member, organisation=event.organisation, **days)
    AffiliationFactory(member=member)
    verdict = has_no_interest(member, registry.find("vendor-event", event.pk))
    assert bool(verdict) is not barred
    if barred:
        assert verdict.reason == "You have a tie to Acme, whose event this is. Somebody without one decides."


def test_a_number_means_an_event_only_where_the_thing_is_one(group: Group, member: Member) -> None:
    event = PublishedEventFactory(group=group)
    AffiliationFactory(member=member, organisation=event.organisation)
    topic = TopicFactory(pk=event.pk, category=TalkFactory(group=group))
    assert has_no_interest(member, registry.find("topic", topic.pk))


def test_one_query_and_none_for_visitors(group: Group, member: Member, django_assert_num_queries) -> None:
    subject = registry.find("topic", TopicFactory(category=TalkFactory(group=group)).pk)
    with django_assert_num_queries(1):
        assert interest(member, subject) == ""
    with django_assert_num_queries(0):
        assert interest(None, subject) == ""


def test_taking_a_decision_back_is_deciding_too(group: Group, at: datetime) -> None:
    from community.verdicts import NotAllowed
    from moderation.actions import decisions
    from tests.factories.moderation import DecisionFactory

    moderator = MembershipFactory(group=group, role="moderator").member
    author, acme = MembershipFactory(group=group).member, OrganisationFactory()
    AffiliationFactory(member=moderator, organisation=acme)
    AffiliationFactory(member=author, organisation=acme)
    topic = TopicFactory(category=TalkFactory(group=group), author=author)
    decision = DecisionFactory(group=group, author=author, target_kind="topic", target_id=topic.pk)
    with pytest.raises(NotAllowed):
        decisions.reverse(moderator=moderator, decision=decision, why="A friend of mine.", at=at)
    assert Decision.objects.get().reversed_at is None
