"""What an evening leaves open: noted, settled, and made a topic once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from time_machine import travel

from community import registry
from community.models import Group, Member
from community.verdicts import NotAllowed
from meetups.actions import agenda, departures, for_me, points, proposals
from meetups.models import Attendance, Meetup, Point, Proposal
from meetups.policies.afterwards import AFTERWARDS, may_note
from moderation import registry as judging
from notifications.registry import due_jobs
from tests.factories.community import MemberFactory, MembershipFactory
from tests.factories.meetups import AgendaItemFactory, MeetupFactory, PointFactory, RsvpFactory, TopicProposalFactory

pytestmark = pytest.mark.usefixtures("now")
SignIn = Callable[[Member], Client]
State = Proposal.State
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def meetup(group: Group) -> Meetup:
    return MeetupFactory(group=group)


def note(actor: Member, meetup: Meetup, at: datetime, key: str = "k", **more) -> Point:
    facts = {"kind": "question", "text": "Who   pays for the room?"} | more
    return points.note(actor=actor, meetup=meetup, client_key=key, at=at, **facts)


@pytest.mark.parametrize(
    ("who", "since_start", "allowed"),
    [
        ("organiser", -HOUR, False),
        ("organiser", HOUR, True),
        ("joined", HOUR, False),
        ("going", HOUR, True),
        ("declined", HOUR, False),
        ("came", HOUR, True),
        ("came", 2 * HOUR + AFTERWARDS - DAY, True),
        ("came", 2 * HOUR + AFTERWARDS, False),
        ("visitor", HOUR, False),
    ],
)
def test_who_notes_and_when(
    meetup: Meetup, organiser: Member, joined: Member, who: str, since_start: timedelta, allowed: bool
) -> None:
    member = {"organiser": organiser, "joined": joined, "visitor": None}.get(who, MemberFactory())
    if who in {"going", "declined"}:
        RsvpFactory(meetup=meetup, member=member, state=who)
    if who == "came":
        Attendance.objects.create(meetup=meetup, member=member, checked_in_at=meetup.starts_at)
    assert bool(may_note(member, meetup, meetup.starts_at + since_start)) is allowed


def test_noted_once_with_who_takes_it_on(meetup: Meetup, organiser: Member, joined: Member, member: Member) -> None:
    made = [note(organiser, meetup, meetup.starts_at, owner=joined) for _ in range(2)]
    assert made[0] == made[1] == Point.objects.get()
    assert (made[0].text, made[0].owner) == ("Who pays for the room?", joined)
    with pytest.raises(NotAllowed, match="is not in"):
        note(organiser, meetup, meetup.starts_at, key="other", owner=member)


def test_settled_by_those_it_concerns(meetup: Meetup, organiser: Member, joined: Member, at: datetime) -> None:
    point = PointFactory(meetup=meetup, owner=joined)
    with pytest.raises(NotAllowed):
        points.settle(actor=MembershipFactory(group=meetup.group).member, point=point, is_settled=True, at=at)
    for actor, is_settled in ((joined, True), (joined, True), (point.noted_by, False), (organiser, True)):
        points.settle(actor=actor, point=point, is_settled=is_settled, at=at)
        point.refresh_from_db()
        assert (point.settled_at is not None) is is_settled


class TestRollOver:
    """By the clock, once."""

    def test_twice_gives_once(self, meetup: Meetup, at: datetime) -> None:
        left = PointFactory(meetup=meetup, text="A" * 150)
        PointFactory(meetup=meetup, settled_at=at)
        PointFactory(meetup=meetup, hidden_at=at)
        PointFactory(meetup=MeetupFactory(state="cancelled"))
        PointFactory(meetup=MeetupFactory(starts_at=meetup.starts_at + DAY))
        then = meetup.ends_at + points.GRACE
        assert points.roll_over(then - HOUR) == 0
        assert [points.roll_over(then) for _ in range(2)] == [1, 0]
        topic = Proposal.objects.get()
        assert (topic.source, topic.group, topic.author, topic.state) == (left, meetup.group, left.noted_by, State.OPEN)
        assert (len(topic.title), topic.title[-1], topic.body) == (120, "…", "A" * 150)

    def test_the_database_holds_once_too(self, meetup: Meetup) -> None:
        point = PointFactory(meetup=meetup)
        TopicProposalFactory(source=point)
        with pytest.raises(IntegrityError), transaction.atomic():
            TopicProposalFactory(source=point)

    def test_what_was_withdrawn_does_not_come_back(self, meetup: Meetup, organiser: Member) -> None:
        PointFactory(meetup=meetup)
        then = meetup.ends_at + DAY
        points.roll_over(then)
        proposals.withdraw(actor=organiser, proposal=Proposal.objects.select_related("group").get())
        assert points.roll_over(then + DAY) == 0

    @pytest.mark.parametrize("wanted", [True, False])
    def test_settled_late_its_topic_goes_unless_somebody_wants_it(
        self, meetup: Meetup, organiser: Member, joined: Member, wanted: bool
    ) -> None:
        point, then = PointFactory(meetup=meetup), meetup.ends_at + DAY
        points.roll_over(then)
        topic = Proposal.objects.select_related("group").get()
        if wanted:
            proposals.vote(member=joined, proposal=topic, is_on=True, at=then)
        points.settle(actor=organiser, point=point, is_settled=True, at=then)
        topic.refresh_from_db()
        assert topic.state == (State.OPEN if wanted else State.WITHDRAWN)

    def test_topics_of_the_evening_were_talked_about(self, meetup: Meetup, organiser: Member, at: datetime) -> None:
        topic, other = (TopicProposalFactory(group=meetup.group) for _ in range(2))
        agenda.take(actor=organiser, meetup=meetup, proposal=topic, at=at)
        later = MeetupFactory(group=meetup.group, starts_at=meetup.starts_at + 28 * DAY)
        agenda.take(actor=organiser, meetup=later, proposal=other, at=at)
        assert [points.finish(moment) for moment in (at, meetup.ends_at, meetup.ends_at)] == [0, 1, 0]
        for each in (topic, other):
            each.refresh_from_db()
        assert (topic.state, topic.votes_closed_at, other.state) == (State.DONE, meetup.ends_at, State.TAKEN)

    def test_it_is_due_work(self) -> None:
        assert {"meetups.points", "meetups.topics"} <= set(due_jobs())


def test_before_a_moderator(meetup: Meetup, joined: Member, member: Member, at: datetime) -> None:
    point = PointFactory(meetup=meetup, text="Ask <b>Bob</b>")
    kind = judging.kind("point")
    assert kind is not None
    found = kind.find(point.pk)
    assert found is not None
    assert (found.html, found.author, kind.find(0)) == ("Ask &lt;b&gt;Bob&lt;/b&gt;", point.noted_by, None)
    assert [kind.visible_to(each, point.pk) for each in (joined, member, None)] == [True, False, False]
    kind.hide(point.pk, at)
    assert not kind.visible_to(joined, point.pk)
    kind.restore(point.pk, at)
    assert kind.visible_to(joined, point.pk)


def test_the_download_and_leaving(meetup: Meetup, joined: Member, at: datetime) -> None:
    PointFactory(meetup=meetup, owner=joined)
    PointFactory(meetup=meetup, noted_by=joined)
    PointFactory(meetup=meetup)
    rows = list(registry.exports(joined)["left_open"])
    assert [(row["noted_by_you"], row["yours_to_do"]) for row in rows] == [(False, True), (True, False)]
    departures.departed(member=joined, at=at)
    assert not Point.objects.exclude(owner=None).exists()


def test_on_the_page(meetup: Meetup, organiser: Member, joined: Member, client: Client, signed_in: SignIn) -> None:
    running, url = signed_in(organiser), f"{meetup.get_absolute_url()}left-open/"
    assert "has not begun" in running.get(url).content.decode()
    with travel(meetup.starts_at + HOUR, tick=False):
        form = {"text": "Who pays?", "kind": "action", "owner": joined.pk, "client_key": "k"}
        page = running.post(url, form, follow=True).content.decode()
        assert ("Who pays?" in page, f"{joined.shown_name} takes it on" in page) == (True, True)
        assert running.post(url, form | {"text": ""}).status_code == 422
        inside = signed_in(joined).get(meetup.get_absolute_url()).content.decode()
        assert ("Who pays?" in inside, "Note an open question" in inside) == (True, False)
        assert "Who pays?" not in client.get(meetup.get_absolute_url()).content.decode()
        signed_in(joined).post(f"{url}{Point.objects.get().pk}/", {"do": "settle"})
        assert Point.objects.get().settled_at == meetup.starts_at + HOUR


@pytest.mark.parametrize("count", [1, 3])
def test_what_the_page_of_a_past_evening_costs(
    meetup: Meetup, signed_in: SignIn, django_assert_num_queries, count: int
) -> None:
    """With its agenda, what was said of it, and what was left open."""
    guest = RsvpFactory(meetup=meetup, member=MembershipFactory(group=meetup.group).member).member
    for _ in range(count):
        item = AgendaItemFactory(meetup=meetup, speaker=MembershipFactory(group=meetup.group).member)
        for_me.say(member=guest, item=item, is_for_me=True, at=meetup.ends_at)
        TopicProposalFactory(group=meetup.group, source=PointFactory(meetup=meetup, owner=guest))
    client = signed_in(guest)
    with travel(meetup.ends_at + HOUR, tick=False):
        client.get(meetup.get_absolute_url())
        with django_assert_num_queries(17):
            client.get(meetup.get_absolute_url())


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_what_another_worker_made_a_topic_of_at_that_moment_is_left_to_it(meetup: Meetup) -> None:
    mine, theirs = PointFactory(meetup=meetup), PointFactory(meetup=meetup)
    topic, met = TopicProposalFactory(group=meetup.group), list[str]()

    def another(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        """Once the rows are found and locked: what was committed between the two."""
        found = execute(sql, *rest)
        if not met and 'FROM "meetups_point"' in sql:
            met.append(sql)
            Proposal.objects.filter(pk=topic.pk).update(source=theirs)
        return found

    with connection.execute_wrapper(another):
        assert points.roll_over(meetup.ends_at + points.GRACE) == 1
    assert met
    assert list(Proposal.objects.order_by("pk").values_list("source", flat=True)) == [theirs.pk, mine.pk]
