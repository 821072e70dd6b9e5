"""Groups, their rhythm, who comes, what is on the agenda."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import cycle

from community.actions import groups, memberships
from community.models import Group, Member
from community.places import find
from config.demo import topics
from meetups.actions import agenda, door, feeds, invitations, meetups, reminders, rsvps, series, starts
from meetups.actions.series import Usual
from meetups.actions.starts import Beginning
from meetups.models import AgendaItem, CalendarFeed, Meetup, Series
from meetups.rhythm import Rule

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Plan:
    """A group of the demo world."""

    town: str
    name: str
    topic: str
    about: str
    nth: int
    weekday: int
    begins: time
    venue: tuple[str, str]


PLANS = (
    Plan(
        "Leeds",
        "Leeds IT Providers",
        "Running a one-person IT business",
        "We meet in the back room of the Fox. Somebody talks for twenty minutes, the rest is comparing notes: what we "
        "charge, who we trust, what went wrong this month.\n\nNo pitches. Bring a question.",
        nth=2,
        weekday=1,
        begins=time(18, 30),
        venue=("The Fox", "12 Kirkgate, Leeds LS1 6BY"),
    ),
    Plan(
        "Bristol",
        "Bristol MSP Evening",
        "Managed services without the stress",
        "A dozen small providers around one long table. Third Thursday, whatever the weather.",
        nth=3,
        weekday=3,
        begins=time(19, 0),
        venue=("The Orchard Room", "Hanover Quay, Bristol BS1 5JE"),
    ),
    Plan(
        "Glasgow",
        "Glasgow Tech Peers",
        "Growing past the first hire",
        "For people who have just hired, or are about to, or wish they had not.",
        nth=-1,
        weekday=2,
        begins=time(18, 0),
        venue=("The Tiled House", "Argyle Street, Glasgow G3 8LX"),
    ),
)

AGENDA = (
    ("Round the table: one win, one worry", 30, AgendaItem.Kind.PEER, ""),
    ("What I changed in my contracts this year", 30, AgendaItem.Kind.EXPERT, "Helen Marsh, solicitor"),
    ("Pizza", 20, AgendaItem.Kind.BREAK, ""),
    ("Getting paid in fourteen days", 25, AgendaItem.Kind.PEER, ""),
)


def found(plan: Plan, founder: Member, at: datetime) -> Group:
    """The group with its rhythm, begun most of a year ago."""
    place = find(plan.town)
    if place is None:
        raise LookupError(plan.town)
    group = starts.start(
        founder=founder,
        beginning=Beginning(
            name=plan.name, place=place, topic=plan.topic, venue_name=plan.venue[0], venue_address=plan.venue[1]
        ),
        rule=Rule(rhythm=Series.Rhythm.MONTHLY_WEEKDAY, starts_on=at.date(), nth=plan.nth, weekday=plan.weekday),
        usual=Usual(
            title=f"{plan.town} evening",
            start_time=plan.begins,
            duration=timedelta(hours=2, minutes=30),
            time_zone="Europe/London",
            capacity=20,
            guests_allowed=1,
            about="Doors open a quarter of an hour before. Come as you are; the kettle is on.",
        ),
        at=at,
    )
    groups.amend(actor=founder, group=group, about=plan.about, at=at)
    return group


def join(group: Group, members: list[Member], at: datetime) -> None:
    """Everybody joins on a day of their own."""
    for number, member in enumerate(members):
        memberships.join(member=member, group=group, at=at + timedelta(days=9 * number, hours=1))


def hold(group: Group, organiser: Member, members: list[Member], now: datetime) -> None:
    """Past evenings had people at them; the next one fills, the ones after it begin to."""
    series.extend(now)
    crowd = cycle(range(len(members)))
    for meetup in Meetup.objects.filter(group=group, ends_at__lt=now).order_by("starts_at"):
        came = [members[next(crowd)] for _ in range(min(8, len(members)))]
        for member in dict.fromkeys(came):
            rsvps.answer(member=member, meetup=meetup, state="going", at=meetup.starts_at - timedelta(days=5))
            door.check_in(actor=organiser, meetup=meetup, member=member, at=meetup.starts_at)
    for number, meetup in enumerate(Meetup.objects.filter(group=group, starts_at__gt=now).order_by("starts_at")[:3]):
        for member in members[: 7 - 2 * number]:
            rsvps.answer(member=member, meetup=meetup, state="going", at=now)
    invitations.send(now)
    reminders.announce(
        actor=organiser,
        meetup=next_of(group, now),
        audience="going",
        subject="Bring one question",
        words="We begin with a round: one win, one worry. Bring one of each, and something to drink is on the table.",
        client_key="round",
        at=now,
    )


def plan_agenda(group: Group, organiser: Member, now: datetime) -> None:
    """The next evening has an agenda."""
    meetup = next_of(group, now)
    for title, minutes, kind, speaker in AGENDA:
        agenda.add(
            actor=organiser, meetup=meetup, title=title, minutes=minutes, kind=kind, speaker_name=speaker, at=now
        )
    topics.take_the_first(group, organiser, meetup, now)
    agenda.publish(actor=organiser, meetup=meetup, at=now)


def fill(group: Group, organiser: Member, members: list[Member], now: datetime) -> None:
    """One evening of this group is full, with people waiting."""
    meetup = next_of(group, now)
    details = meetups.Details(
        title=meetup.title,
        starts_at=meetup.starts_at,
        ends_at=meetup.ends_at,
        time_zone=meetup.time_zone,
        venue=meetup.venue,
        about=meetup.about,
        capacity=6,
        guests_allowed=0,
    )
    meetups.amend(actor=organiser, meetup=meetup, details=details, at=now)
    meetup.refresh_from_db()
    for member in members:
        rsvps.answer(member=member, meetup=meetup, state="going", at=now)


def subscribe(member: Member, now: datetime) -> None:
    """Someone's phone asks for their calendar."""
    feeds.rotate(member=member, at=now - timedelta(days=30))
    feed = CalendarFeed.objects.get(member=member, revoked_at=None)
    feeds.note_fetch(feed=feed, client="iOS/18.1 (22B83) dataaccessd/1.0", at=now - timedelta(hours=3))


def next_of(group: Group, now: datetime) -> Meetup:
    """The evening that comes next."""
    return Meetup.objects.filter(group=group).upcoming(now).order_by("starts_at")[0]
