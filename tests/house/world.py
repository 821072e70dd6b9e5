"""A small world with one of everything, for tests that ask who may open what."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client

from cms.actions import sites
from community.models import Group, Member, Organisation
from forum.actions import tags
from forum.models import Tag
from meetups.actions import feeds
from tests.factories.chat import MessageFactory, RoomFactory
from tests.factories.community import (
    AffiliationFactory,
    GroupFactory,
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
    OrganiserFactory,
)
from tests.factories.forum import EnclosureFactory, PollFactory, PostFactory, TalkFactory, TopicFactory, WhisperFactory
from tests.factories.meetups import (
    AgendaItemFactory,
    MeetupFactory,
    PointFactory,
    RsvpQuestionFactory,
    SeriesFactory,
    SubjectFactory,
    TopicProposalFactory,
    VenueFactory,
)
from tests.factories.moderation import DecisionFactory, ReportFactory
from tests.factories.sponsors import EntryFactory, ProposalFactory, RepresentativeFactory, VendorEventFactory

AT = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)


@dataclass(slots=True)
class World:
    """People by role, and the words that stand in addresses, by what they name."""

    people: dict[str, Member | None] = field(default_factory=dict)
    words: dict[str, Any] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """A browser of someone with this role; CSRF is tried elsewhere."""
        client = Client()
        if member := self.people[role]:
            client.force_login(member)
        return client


def _people(group: Group, vendor: Organisation) -> dict[str, Member | None]:
    editor = MemberFactory(is_staff=True, is_superuser=True)
    Authenticator.objects.create(user=editor, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return {
        "visitor": None,
        "outsider": MemberFactory(),
        "member": MembershipFactory(group=group).member,
        "moderator": MembershipFactory(group=group, role="moderator").member,
        "organiser": OrganiserFactory(group=group).member,
        "elsewhere": OrganiserFactory(group=GroupFactory()).member,
        "vendor": RepresentativeFactory(organisation=vendor).member,
        "site moderator": MemberFactory(is_moderator=True),
        "editor": editor,
    }


def build() -> World:
    """One group with all that can stand in it."""
    sites.make_pages()
    group, vendor = GroupFactory(), OrganisationFactory()
    people = _people(group, vendor)
    author = people["member"]
    topic = TopicFactory(category=TalkFactory(group=group), author=author)
    tags.put_on(topic, [Tag.objects.create(name="vat", key="vat")])
    post = PostFactory(topic=topic, author=author, number=2)
    meetup = MeetupFactory(group=group, series=SeriesFactory(group=group))
    room = RoomFactory(group=group, is_main=True)
    message = MessageFactory(room=room, author=author)
    event = VendorEventFactory(organisation=vendor, group=group, written_by=people["vendor"])
    report = ReportFactory(group=group, target_kind="post", target_id=post.pk, author=author)
    tie = AffiliationFactory(member=author, organisation=OrganisationFactory())
    assert author is not None
    words = {
        "group": group.slug,
        "handle": MemberFactory().handle,
        "member handle": author.handle,
        "category": topic.category.slug,
        "place": TalkFactory(group=group, name="Jobs").pk,
        "topic": topic.pk,
        "topic slug": topic.slug,
        "post": post.pk,
        "poll": PollFactory(post=post).pk,
        "whisper": WhisperFactory(topic=topic, author=people["organiser"]).pk,
        "picture": EnclosureFactory(member=author, posts=[post]).key,
        "meetup": meetup.pk,
        "meetup slug": meetup.slug,
        "series": meetup.series_id,
        "venue": VenueFactory(group=group).pk,
        "slot": AgendaItemFactory(meetup=meetup).pk,
        "rsvp question": RsvpQuestionFactory(meetup=meetup).pk,
        "point": PointFactory(meetup=meetup, noted_by=author).pk,
        "proposal": TopicProposalFactory(group=group, author=author).pk,
        "subject": SubjectFactory().pk,
        "room": room.pk,
        "seq": message.seq,
        "vendor": vendor.slug,
        "event": event.slug,
        "offer": ProposalFactory(group=group, organisation=vendor).pk,
        "entry": EntryFactory(group=group, organisation=vendor).pk,
        "report": report.pk,
        "decision": DecisionFactory(group=group, author=author, target_kind="post", target_id=post.pk).pk,
        "tie": tie.pk,
        "secret": feeds.rotate(member=author, at=AT),
    }
    return World(people, words)
