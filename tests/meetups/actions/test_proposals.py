"""Topics and votes: who may, once each, until an agenda with them is published."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from community import registry
from community.actions import departure
from community.models import Group, Member, Sanction
from community.verdicts import NotAllowed
from meetups.actions import proposals
from meetups.models import Proposal, Subject, Vote
from meetups.policies import proposals as may
from meetups.queries import proposals as queries
from moderation import registry as judging
from tests.factories.community import AffiliationFactory, MemberFactory, MembershipFactory, OrganisationFactory
from tests.factories.meetups import MeetupFactory, SubjectFactory, TopicProposalFactory, VoteFactory

pytestmark = pytest.mark.usefixtures("now")
SignIn = Callable[[Member], Client]
State = Proposal.State


@pytest.fixture
def legal(db: None) -> Subject:
    return SubjectFactory(name="Leases", slug="leases")


@pytest.fixture
def topic(group: Group) -> Proposal:
    return TopicProposalFactory(group=group, title="Getting paid")


def propose(author: Member, group: Group, subject: Subject, at: datetime, key: str = "a", **more: Any) -> Proposal:
    return proposals.propose(
        author=author, group=group, title="  Getting   paid ", subject=subject, client_key=key, at=at, **more
    )


def silence(member: Member, group: Group, at: datetime) -> None:
    Sanction.objects.create(
        member=member, group=group, kind=Sanction.Kind.SILENCE, reason="Adverts.", starts_at=at - timedelta(days=1)
    )


def test_the_site_begins_with_a_list_of_subjects(db: None) -> None:
    names = list(Subject.objects.offered().values_list("slug", flat=True))
    assert names[:6] == ["legal", "cash-flow", "hiring", "new-business", "security", "tools"]


def test_a_double_click_proposes_once(group: Group, joined: Member, legal: Subject, at: datetime, said) -> None:
    made = [propose(joined, group, legal, at, body="Who **pays** late?") for _ in range(2)]
    assert made[0] == made[1] == Proposal.objects.get()
    assert (made[0].title, "<strong>pays</strong>" in made[0].body_html) == ("Getting paid", True)


@pytest.mark.parametrize("who", ["visitor", "outsider", "silenced"])
def test_who_may_not_propose_or_vote(
    group: Group, topic: Proposal, joined: Member, legal: Subject, at: datetime, who: str
) -> None:
    member = {"visitor": None, "outsider": MemberFactory(), "silenced": joined}[who]
    if who == "silenced":
        silence(joined, group, at)
    assert not may.may_propose(member, group, at)
    assert not may.may_vote(member, topic, at)
    if member is not None:
        with pytest.raises(NotAllowed):
            proposals.vote(member=member, proposal=topic, is_on=True, at=at)
        with pytest.raises(NotAllowed):
            propose(member, group, legal, at)
    assert (Vote.objects.count(), Proposal.objects.count()) == (0, 1)


@pytest.mark.parametrize(
    ("facts", "allowed"),
    [
        ({}, True),
        ({"state": "taken"}, True),
        ({"state": "taken", "votes_closed_at": datetime.fromisoformat("2026-11-30T12:00Z")}, False),
        ({"state": "done"}, False),
        ({"state": "withdrawn"}, False),
        ({"hidden_at": datetime.fromisoformat("2026-11-30T12:00Z")}, False),
    ],
)
def test_until_when_votes_can_change(group: Group, joined: Member, at: datetime, facts, allowed: bool) -> None:
    topic = TopicProposalFactory(group=group, **facts)
    verdict = may.may_vote(joined, topic, at)
    assert (bool(verdict), bool(verdict.reason)) == (allowed, not allowed)


def test_one_vote_a_member_changeable_and_twice_is_once(topic: Proposal, joined: Member, at: datetime) -> None:
    for is_on in (True, True, False, False, True):
        proposals.vote(member=joined, proposal=topic, is_on=is_on, at=at)
    assert list(Vote.objects.values_list("member", "proposal")) == [(joined.pk, topic.pk)]
    with pytest.raises(IntegrityError), transaction.atomic():
        VoteFactory(proposal=topic, member=joined)


def test_the_database_knows_the_states(group: Group, at: datetime) -> None:
    for facts in ({"state": "lost"}, {"state": "open", "votes_closed_at": at}):
        with pytest.raises((IntegrityError, ValidationError)), transaction.atomic():
            TopicProposalFactory(group=group, **facts)


def test_too_many_in_a_day_and_too_many_that_wait(group: Group, joined: Member, legal: Subject, at: datetime) -> None:
    for number in range(3):
        propose(joined, group, legal, at, key=str(number))
    with pytest.raises(NotAllowed, match="3 proposals in a day"):
        propose(joined, group, legal, at, key="more")
    for _ in range(9):
        TopicProposalFactory(group=group, author=joined)
    with pytest.raises(NotAllowed, match="12 proposals of yours wait"):
        propose(joined, group, legal, at + timedelta(days=2), key="later")


def test_what_others_want_stays_as_it_is(topic: Proposal, joined: Member, legal: Subject, at: datetime) -> None:
    MembershipFactory(group=topic.group, member=topic.author)
    proposals.vote(member=topic.author, proposal=topic, is_on=True, at=at)
    changed = proposals.change(actor=topic.author, proposal=topic, title="Paid", subject=legal, body="", at=at)
    assert (changed.title, changed.subject) == ("Paid", legal)
    proposals.vote(member=joined, proposal=topic, is_on=True, at=at)
    with pytest.raises(NotAllowed, match="Others want this"):
        proposals.change(actor=topic.author, proposal=topic, title="Else", subject=legal, body="", at=at)


def test_withdrawn_by_its_author_or_an_organiser(
    topic: Proposal, joined: Member, organiser: Member, group: Group
) -> None:
    with pytest.raises(NotAllowed, match="an organiser"):
        proposals.withdraw(actor=joined, proposal=topic)
    for _ in range(2):
        proposals.withdraw(actor=topic.author, proposal=topic)
    other = TopicProposalFactory(group=group)
    proposals.withdraw(actor=organiser, proposal=other)
    assert set(Proposal.objects.values_list("state", flat=True)) == {State.WITHDRAWN}


def test_votes_reach_open_pages_with_ids(
    topic: Proposal, joined: Member, at: datetime, said, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        proposals.vote(member=joined, proposal=topic, is_on=True, at=at)
    assert said == [
        (
            f"proposals:{topic.group_id}",
            {"type": "proposal.voted", "stream": f"proposals:{topic.group_id}", "seq": None, "id": topic.pk},
        )
    ]


def test_before_a_moderator(topic: Proposal, joined: Member, at: datetime) -> None:
    kind = judging.kind("proposal")
    assert kind is not None
    found = kind.find(topic.pk)
    assert found is not None
    assert (found.title, found.author, found.group, kind.find(0)) == ("Getting paid", topic.author, topic.group, None)
    kind.hide(topic.pk, at)
    assert not kind.visible_to(joined, topic.pk)
    assert queries.pool(topic.group, joined).waiting == []
    kind.restore(topic.pk, at)
    assert kind.visible_to(joined, topic.pk)


def test_the_download_and_what_stays_after_leaving(topic: Proposal, joined: Member, at: datetime) -> None:
    mine = TopicProposalFactory(group=topic.group, author=joined, title="Mine")
    proposals.vote(member=joined, proposal=topic, is_on=True, at=at)
    VoteFactory(proposal=mine)
    held = registry.exports(joined)
    assert [row["title"] for row in held["proposals"]] == ["Mine"]
    assert [row["title"] for row in held["topic_votes"]] == ["Getting paid"]
    departure.depart(member=joined, at=at)
    assert list(topic.votes.values_list("member", flat=True)) == [None]
    page = Client().get(f"/groups/{topic.group.slug}/proposals/").content.decode()
    assert "a former member" in page


class TestPages:
    """By status and content."""

    @pytest.fixture
    def url(self, group: Group) -> str:
        return f"/groups/{group.slug}/proposals/"

    def test_propose_vote_and_take_it_back(
        self, group: Group, url: str, joined: Member, legal: Subject, signed_in: SignIn
    ) -> None:
        client = signed_in(joined)
        form = {"title": "Late payers", "subject": legal.pk, "body": "", "client_key": "k"}
        page = client.post(url, form, follow=True).content.decode()
        assert "Late payers" in page
        assert "It stands in the list." in page
        topic = Proposal.objects.get()
        for want in ("yes", "yes"):
            assert client.post(f"{url}{topic.pk}/vote/", {"want": want}).status_code == 302
        assert topic.votes.count() == 1
        part = client.post(f"{url}{topic.pk}/vote/", {"want": "no"}, headers={"hx-request": "true"}).content.decode()
        assert 'aria-pressed="false"' in part
        assert "<html" not in part
        client.post(f"{url}{topic.pk}/", form | {"title": "Late payers, again"})
        client.post(f"{url}{topic.pk}/withdraw/")
        topic.refresh_from_db()
        assert (topic.title, topic.state) == ("Late payers, again", State.WITHDRAWN)

    def test_a_form_with_something_missing_keeps_what_was_typed(
        self, url: str, joined: Member, signed_in: SignIn
    ) -> None:
        answer = signed_in(joined).post(url, {"title": "Late payers", "subject": "", "body": "Why", "client_key": "k"})
        page = answer.content.decode()
        assert (answer.status_code, "Choose the subject that fits best." in page) == (422, True)
        assert 'value="Late payers"' in page

    def test_visitors_read_and_are_told_how_to_take_part(self, url: str, topic: Proposal, client: Client) -> None:
        page = client.get(url).content.decode()
        assert "Getting paid" in page
        assert "vote-button" not in page
        assert "Sign in" in page
        assert client.post(url, {"title": "x"}).status_code == 302

    def test_nothing_there_yet(self, url: str, client: Client) -> None:
        assert "Nobody has proposed a topic yet." in client.get(url).content.decode()

    def test_a_vendors_person_wears_the_label(self, url: str, topic: Proposal, client: Client) -> None:
        AffiliationFactory(member=topic.author, organisation=OrganisationFactory(name="Acme"))
        assert "works for Acme" in client.get(url).content.decode()

    def test_the_evening_shows_the_most_wanted_and_leads_back(
        self, group: Group, url: str, joined: Member, signed_in: SignIn
    ) -> None:
        meetup = MeetupFactory(group=group)
        topics = [TopicProposalFactory(group=group, title=f"Topic number {n}") for n in range(4)]
        VoteFactory(proposal=topics[3])
        client = signed_in(joined)
        page = client.get(meetup.get_absolute_url()).content.decode()
        assert [f"Topic number {n}" in page for n in range(4)] == [True, True, False, True]
        answer = client.post(f"{url}{topics[0].pk}/vote/", {"want": "yes", "meetup": meetup.pk})
        assert answer["Location"] == f"{meetup.get_absolute_url()}#topics"

    def test_the_part_of_an_evening_that_follows_votes(
        self, group: Group, topic: Proposal, joined: Member, client: Client, signed_in: SignIn
    ) -> None:
        page = MeetupFactory(group=group).get_absolute_url()
        listens = f'data-stream="proposals:{group.pk}"'
        assert [listens in who.get(page).content.decode() for who in (signed_in(joined), client)] == [True, False]
        part = signed_in(joined).get(f"{page}?part=topics").content.decode()
        assert ("Getting paid" in part, "vote-button" in part, "<html" in part) == (True, True, False)
        part = client.get(f"{page}?part=topics").content.decode()
        assert ("Getting paid" in part, "vote-button" in part) == (True, False)

    @pytest.mark.parametrize("count", [1, 3])
    def test_queries(
        self, group: Group, url: str, joined: Member, signed_in: SignIn, django_assert_num_queries, count: int
    ) -> None:
        for _ in range(count):
            VoteFactory(proposal=TopicProposalFactory(group=group))
            TopicProposalFactory(group=group, state="taken")
        client = signed_in(joined)
        client.get(url)
        with django_assert_num_queries(9):
            client.get(url)


def test_subjects_are_kept_by_editors(signed_in: SignIn, joined: Member, db: None) -> None:
    editor = MemberFactory(is_staff=True)
    client = signed_in(editor)
    assert signed_in(joined).post("/meetups/subjects/", {"name": "Vans"}).status_code == 403
    assert "Added" in client.post("/meetups/subjects/", {"name": " Vans "}, follow=True).content.decode()
    again = client.post("/meetups/subjects/", {"name": "vans"})
    assert (again.status_code, "of that name already" in again.content.decode()) == (422, True)
    vans = Subject.objects.get(slug="vans")
    url = f"/meetups/subjects/{vans.pk}/"
    client.post(url, {"do": "rename", "name": "Vans and cars"})
    client.post(url, {"do": "up"})
    client.post(url, {"do": "keep-back"})
    vans.refresh_from_db()
    assert (vans.name, vans.slug, vans.is_offered) == ("Vans and cars", "vans", False)
    assert list(Subject.objects.order_by("position").values_list("slug", flat=True))[-2:] == ["vans", "something-else"]
    assert signed_in(joined).post(url, {"do": "offer"}).status_code == 403
