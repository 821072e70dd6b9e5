"""Series, evenings, answers."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from meetups import models
from tests.factories.community import BEGAN, GroupFactory, MemberFactory

SOON = datetime(2026, 12, 8, 18, 30, tzinfo=UTC)


class VenueFactory(DjangoModelFactory):
    class Meta:
        model = models.Venue

    group = factory.SubFactory(GroupFactory)
    name = factory.Sequence(lambda n: f"The Fox {n}")
    address = "1 Kirkgate, Leeds"
    created_at = BEGAN


class SeriesFactory(DjangoModelFactory):
    class Meta:
        model = models.Series

    group = factory.SubFactory(GroupFactory)
    title = "Leeds IT evening"
    weekday = 1
    nth = 2
    starts_on = date(2026, 12, 8)
    start_time = time(18, 30)
    duration = timedelta(hours=2)
    time_zone = "Europe/London"
    created_at = BEGAN


class MeetupFactory(DjangoModelFactory):
    class Meta:
        model = models.Meetup

    group = factory.SubFactory(GroupFactory)
    title = factory.Sequence(lambda n: f"Evening {n}")
    slug = factory.Sequence(lambda n: f"evening-{n}")
    starts_at = SOON
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + timedelta(hours=2))
    time_zone = "Europe/London"
    uid = factory.Sequence(lambda n: f"evening-{n}@localhost")
    created_at = BEGAN
    changed_at = BEGAN


class RsvpFactory(DjangoModelFactory):
    """A stored answer; counters of the meetup follow it."""

    class Meta:
        model = models.Rsvp

    meetup = factory.SubFactory(MeetupFactory)
    member = factory.SubFactory(MemberFactory)
    state = models.Rsvp.State.GOING
    created_at = BEGAN
    changed_at = BEGAN

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **fields: Any) -> Any:
        meetup = fields["meetup"]
        if fields["state"] == models.Rsvp.State.WAITLISTED:
            meetup.queue_number += 1
            meetup.waiting_count += 1
            fields.setdefault("queue_number", meetup.queue_number)
        if fields["state"] == models.Rsvp.State.GOING:
            meetup.going_count += 1
            meetup.seats_taken += 1 + fields.get("guests", 0)
        meetup.save(update_fields=["queue_number", "waiting_count", "going_count", "seats_taken"])
        return super()._create(model_class, *args, **fields)


class AgendaItemFactory(DjangoModelFactory):
    class Meta:
        model = models.AgendaItem

    meetup = factory.SubFactory(MeetupFactory)
    position = factory.Sequence(lambda n: n + 1)
    minutes = 20
    title = factory.Sequence(lambda n: f"Slot {n}")


class SubjectFactory(DjangoModelFactory):
    class Meta:
        model = models.Subject

    name = factory.Sequence(lambda n: f"Subject {n}")
    slug = factory.Sequence(lambda n: f"subject-{n}")


class TopicProposalFactory(DjangoModelFactory):
    """A topic that waits."""

    class Meta:
        model = models.Proposal

    group = factory.SubFactory(GroupFactory)
    author = factory.SubFactory(MemberFactory)
    title = factory.Sequence(lambda n: f"Topic {n}")
    subject = factory.SubFactory(SubjectFactory)
    client_key = factory.Sequence(lambda n: f"topic-{n}")
    created_at = BEGAN


class VoteFactory(DjangoModelFactory):
    class Meta:
        model = models.Vote

    proposal = factory.SubFactory(TopicProposalFactory)
    member = factory.SubFactory(MemberFactory)
    voted_at = BEGAN


class PointFactory(DjangoModelFactory):
    """Something an evening left open."""

    class Meta:
        model = models.Point

    meetup = factory.SubFactory(MeetupFactory)
    text = factory.Sequence(lambda n: f"Who brings the cable {n}?")
    noted_by = factory.SubFactory(MemberFactory)
    client_key = factory.Sequence(lambda n: f"point-{n}")
    noted_at = BEGAN


class RsvpQuestionFactory(DjangoModelFactory):
    """Answered in a few words."""

    class Meta:
        model = models.RsvpQuestion

    meetup = factory.SubFactory(MeetupFactory)
    position = factory.Sequence(lambda n: n + 1)
    text = factory.Sequence(lambda n: f"What do you eat, {n}?")
