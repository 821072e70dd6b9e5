"""Evenings, as pages show them."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from community.models import Group, Member
from community.queries import written
from meetups.models import AgendaItem, Meetup, Rsvp, RsvpQuestion, Series, StandingRsvp
from meetups.models.meetup import MeetupQuerySet
from meetups.rhythm import ordinal, rule_of, sentence
from meetups.text import every

State = Rsvp.State


@dataclass(slots=True)
class Evening:
    """A meetup with one member's answer to it. `position` is their place in the queue, from 1."""

    meetup: Meetup
    answer: Rsvp | None = None
    position: int | None = None

    @property
    def state(self) -> str:
        """The answer, "" for none."""
        return self.answer.state if self.answer else ""

    @property
    def guests(self) -> int:
        """Who comes along."""
        return self.answer.guests if self.answer else 0

    @property
    def companies(self) -> list[tuple[int, str]]:
        """How many may come, as choices: alone, and with each number of guests this meetup allows."""
        allowed = max(self.meetup.guests_allowed, self.guests)
        with_guests = [(count, f"Me and {count} guest{'s' if count > 1 else ''}") for count in range(1, allowed + 1)]
        return [(0, "Just me"), *with_guests]

    @property
    def has_lapsed(self) -> bool:
        """A seat was held, and they did not answer in time."""
        return self.answer is not None and self.state == State.DECLINED and self.answer.offered_until is not None

    @property
    def in_words(self) -> str:
        """The answer as the member reads it."""
        if self.state == State.GOING:
            many = f" with {self.guests} guest{'s' if self.guests > 1 else ''}" if self.guests else ""
            there = " online" if self.answer and self.answer.is_online else ""
            return f"You are going{there}{many}"
        if self.state == State.WAITLISTED and self.position:
            return f"You are {ordinal(self.position)} on the waiting list"
        if self.has_lapsed:
            return "The seat held for you went to the next in line"
        return (
            {
                State.WAITLISTED: "You are on the waiting list",
                State.OFFERED: "A seat is held for you",
                State.MAYBE: "You said maybe",
                State.DECLINED: "You are not coming",
                State.REQUESTED: "You asked to come",
            }.get(State(self.state), "")
            if self.state
            else ""
        )


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A series as a group's page shows it: its rule in words, and whether the reader comes every time."""

    series: Series
    words: str
    every: str
    stands: bool


@dataclass(frozen=True, slots=True)
class Year:
    """A group's evenings."""

    coming: list[Evening] = field(default_factory=list)
    past: list[Meetup] = field(default_factory=list)


def shown(member: Member | None) -> MeetupQuerySet:
    """What this reader may see, with all that a line of it shows."""
    return Meetup.objects.visible_to(member).select_related("group", "venue")


def one(number: int, member: Member | None) -> Meetup | None:
    """A meetup with all that its page shows; two queries.

    `stands`: the reader comes every time; `is_asking`: organisers ask something of those who come; `is_open_to_reply`:
    the reader has not answered all of it.
    """
    agenda = AgendaItem.objects.select_related("organisation", "speaker", "subject").order_by("position", "pk")
    rows = shown(member).select_related("series", "room", "topic__category", "group__product_rule", "recap__post")
    rows = rows.annotate(stands=_stands(OuterRef("series"), member), is_asking=Exists(_asked()))
    rows = rows.annotate(is_open_to_reply=Exists(_asked(member)))
    return rows.prefetch_related(Prefetch("agenda_items", agenda)).filter(pk=number).first()


def to_answer(number: int, member: Member | None) -> Meetup | None:
    """A meetup with what a press of a button needs of it; one query. `is_open_to_reply` as in `one`."""
    reader = member if member and member.pk else None

    def build(pk: int, who: int | None) -> MeetupQuerySet:
        anybody = Member(pk=who, is_moderator=reader.is_moderator) if reader else None
        return shown(anybody).annotate(is_open_to_reply=Exists(_asked(anybody))).filter(pk=pk)

    shape = "a meetup to answer", reader and reader.is_moderator
    found: list[Meetup] = written.ask(shape, build, pk=number, who=reader.pk if reader else None)
    return found[0] if found else None


def _asked(but_by: Member | None = None) -> "QuerySet[RsvpQuestion]":
    """What organisers ask on an evening, as a subquery; without what this member has answered."""
    asked = RsvpQuestion.objects.filter(meetup=OuterRef("pk"))
    return asked.exclude(replies__member=but_by.pk) if but_by and but_by.pk else asked


def with_answer(meetup: Meetup, member: Member | None) -> Evening:
    """This member's answer, and their place in the queue where they wait; two queries at most."""
    if member is None or not member.pk:
        return Evening(meetup)
    return answered(meetup, answer_of(meetup.pk, member))


def answer_of(number: int, member: Member) -> Rsvp | None:
    """What a member answered; one query."""
    return Rsvp.objects.filter(meetup=number, member=member).first()


def answered(meetup: Meetup, answer: Rsvp | None) -> Evening:
    """A meetup with this answer; a query for those who wait."""
    return Evening(meetup, answer, position(answer))


def rhythms_of(group: Group, member: Member | None, at: datetime) -> list[Rhythm]:
    """The series of a group that go on; one query."""
    live = Series.objects.filter(group=group).exclude(ends_on__lte=at.date()).order_by("pk")
    return [
        Rhythm(series, sentence(rule_of(series), series.start_time), every(series), series.stands)
        for series in live.annotate(stands=_stands(OuterRef("pk"), member))
    ]


def _stands(series: OuterRef, member: Member | None) -> Exists:
    """This member comes to every date of it."""
    return Exists(StandingRsvp.objects.filter(series=series, member=member if member and member.pk else None))


def position(answer: Rsvp | None) -> int | None:
    """How many wait until it is their turn, themselves included; no query for those who do not wait."""
    if answer is None or answer.state != State.WAITLISTED:
        return None
    ahead = Rsvp.objects.waiting().filter(
        meetup=answer.meetup_id, is_online=answer.is_online, queue_number__lte=answer.queue_number
    )
    return ahead.count()


def next_for(member: Member, at: datetime) -> Evening | None:
    """The next evening a member answered, or that a group of theirs holds; at most three queries."""

    def build(who: int, at: datetime) -> MeetupQuerySet:
        reader = Member(pk=who, is_moderator=member.is_moderator)
        mine = Rsvp.objects.filter(member=who)
        answered = mine.exclude(state=State.DECLINED).values("meetup")
        declined = mine.filter(state=State.DECLINED).values("meetup")
        of_theirs = Q(group__in=reader.memberships.live().values("group")) | Q(pk__in=answered)
        rows = shown(reader).upcoming(at).filter(of_theirs).exclude(pk__in=declined)
        return rows.order_by("starts_at", "pk")[:1]

    found: list[Meetup] = written.ask(("next for", member.is_moderator), build, who=member.pk, at=at)
    return with_answer(found[0], member) if found else None


def upcoming_of(group: Group, at: datetime, count: int = 3) -> list[Meetup]:
    """The next evenings of a group; one query."""
    return list(shown(None).upcoming(at).filter(group=group).order_by("starts_at", "pk")[:count])


def last_held(group: Group, at: datetime, count: int = 3) -> list[Meetup]:
    """The last evenings of a group, newest first; one query."""
    return list(shown(None).held(at).filter(group=group).order_by("-starts_at", "-pk")[:count])


def year_of(group: Group, member: Member | None, at: datetime, past: int = 12) -> Year:
    """All evenings to come, cancelled ones too, with this member's answers, and the last ones held; three queries."""
    rows = shown(member).filter(group=group)
    coming = list(rows.filter(ends_at__gt=at).order_by("starts_at", "pk"))
    mine: dict[int, Rsvp] = {}
    if member is not None and member.pk:
        answers = Rsvp.objects.filter(member=member, meetup__in=[each.pk for each in coming])
        mine = {answer.meetup_id: answer for answer in answers}
    held = rows.filter(ends_at__lte=at).exclude(state=Meetup.State.DRAFT).order_by("-starts_at", "-pk")
    return Year([Evening(each, mine.get(each.pk)) for each in coming], list(held[:past]))
