"""One evening."""

from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from community.models import Member

MOST_GUESTS = 10
"""Guests one member may ever bring."""


class MeetupQuerySet(models.QuerySet["Meetup"]):
    """Which meetups."""

    def visible_to(self, member: Member | None) -> Self:
        """Published ones, cancelled ones too (their page stays); drafts and hidden ones only for who runs the group."""
        public = ~Q(state=Meetup.State.DRAFT) & Q(hidden_at=None)
        if member is None or not member.pk:
            return self.filter(public)
        if member.is_moderator:
            return self
        organised = member.memberships.live().organising().values("group")
        return self.filter(public | Q(group__in=organised))

    def upcoming(self, at: datetime) -> Self:
        """Not yet over, published."""
        return self.filter(ends_at__gt=at, state=Meetup.State.PUBLISHED, hidden_at=None)

    def held(self, at: datetime) -> Self:
        """Over, and not cancelled."""
        return self.filter(ends_at__lte=at, state=Meetup.State.PUBLISHED, hidden_at=None)


class Meetup(models.Model):
    """A dated occurrence with an identity of its own: `uid` never changes, `sequence` rises when time or place do.

    What belongs to it points here: answers, slots, questions to those who come, what was left open, its recap.

    The counters are moved by F expressions only, so that the database itself refuses a seat sold twice
    (`meetup_not_oversold`), whatever the code above forgot to lock.
    """

    class State(models.TextChoices):
        """Where it stands. Whether it is over is a matter of time, not of state."""

        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        CANCELLED = "cancelled", "Cancelled"

    group = models.ForeignKey("community.Group", models.CASCADE, related_name="meetups")
    series = models.ForeignKey("meetups.Series", models.SET_NULL, null=True, blank=True, related_name="meetups")
    occurs_on = models.DateField("date by the series' rule", null=True, blank=True)
    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=140, allow_unicode=True)
    about = models.TextField(max_length=10_000, blank=True)
    about_html = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    time_zone = models.CharField(max_length=64)
    venue = models.ForeignKey("meetups.Venue", models.SET_NULL, null=True, blank=True, related_name="meetups")
    online_url = models.URLField("link to join", max_length=500, blank=True, help_text="Shown only to who is going")
    state = models.CharField(max_length=9, choices=State, default=State.PUBLISHED)
    cancelled_why = models.CharField(max_length=300, blank=True)

    answers_open_at = models.DateTimeField(null=True, blank=True, help_text="Nobody can answer before")
    answers_close_at = models.DateTimeField(null=True, blank=True, help_text="Nobody new can answer after")

    hidden_at = models.DateTimeField(null=True, blank=True, help_text="Hidden by a moderator")

    capacity = models.PositiveIntegerField(null=True, blank=True)
    excess_seats = models.PositiveIntegerField(default=0, help_text="Kept above a capacity that was lowered")
    guests_allowed = models.PositiveSmallIntegerField(default=0)
    is_hybrid = models.BooleanField("in the room and online", default=False, help_text="Each with seats of its own")
    online_capacity = models.PositiveIntegerField(null=True, blank=True)
    online_excess = models.PositiveIntegerField(default=0, help_text="As excess seats, online")
    online_taken = models.PositiveIntegerField(default=0, help_text="As seats taken, online")
    seats_taken = models.PositiveIntegerField(default=0, help_text="Going and held, guests included")
    going_count = models.PositiveIntegerField(default=0, help_text="Members going")
    waiting_count = models.PositiveIntegerField(default=0)
    queue_number = models.PositiveIntegerField(default=0, help_text="The last number given out in the queue")

    agenda_published_at = models.DateTimeField(null=True, blank=True, help_text="Empty: the agenda is a draft")
    product_minutes = models.PositiveSmallIntegerField(default=0, help_text="Product time when it was last counted")
    product_cap = models.PositiveSmallIntegerField(default=0, help_text="What the evening carried then")

    uid = models.CharField(max_length=120, unique=True)
    sequence = models.PositiveIntegerField(default=0)
    planned_by = models.ForeignKey("community.Member", models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField(help_text="Last change that calendars show")
    invited_at = models.DateTimeField("the group was invited by mail", null=True, blank=True)
    topic = models.ForeignKey("forum.Topic", models.SET_NULL, null=True, blank=True, related_name="+")
    room = models.ForeignKey("chat.Room", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = MeetupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "occurs_on"], name="meetup_date_once"),
            models.CheckConstraint(
                name="meetup_answers_period",
                condition=Q(answers_open_at=None)
                | Q(answers_close_at=None)
                | Q(answers_close_at__gt=F("answers_open_at")),
            ),
            models.CheckConstraint(name="meetup_period", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="meetup_not_oversold",
                condition=Q(capacity=None) | Q(seats_taken__lte=F("capacity") + F("excess_seats")),
            ),
            models.CheckConstraint(
                name="meetup_online_not_oversold",
                condition=Q(online_capacity=None) | Q(online_taken__lte=F("online_capacity") + F("online_excess")),
            ),
            models.CheckConstraint(
                name="meetup_seat_each", condition=Q(going_count__lte=F("seats_taken") + F("online_taken"))
            ),
            models.CheckConstraint(name="meetup_online_of_hybrid", condition=Q(is_hybrid=True) | Q(online_taken=0)),
            models.CheckConstraint(
                name="meetup_agenda_within_cap",
                condition=Q(agenda_published_at=None) | Q(product_minutes__lte=F("product_cap")),
            ),
            models.CheckConstraint(name="meetup_guests_bounded", condition=Q(guests_allowed__lte=MOST_GUESTS)),
        ]
        indexes = [
            models.Index(fields=["group", "starts_at"], name="meetup_of_group"),
            models.Index(fields=["starts_at"], name="meetup_when"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def local_start(self) -> datetime:
        """The start on the wall clock of the place."""
        return self.starts_at.astimezone(ZoneInfo(self.time_zone))

    @property
    def local_end(self) -> datetime:
        """The end on the wall clock of the place."""
        return self.ends_at.astimezone(ZoneInfo(self.time_zone))

    @property
    def is_full(self) -> bool:
        """No seat is left, in the room and online where there are both."""
        return self._is_full_here and (not self.is_hybrid or self._is_full_online)

    @property
    def _is_full_here(self) -> bool:
        return self.capacity is not None and self.seats_taken >= self.capacity

    @property
    def _is_full_online(self) -> bool:
        return self.online_capacity is not None and self.online_taken >= self.online_capacity

    @property
    def is_cancelled(self) -> bool:
        """Called off; the page stays."""
        return self.state == self.State.CANCELLED

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("meetups:detail", args=[self.pk, self.slug or "-"])
