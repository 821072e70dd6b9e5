"""A place to talk at the same time."""

from typing import Self

from django.db import models
from django.db.models import OuterRef, Q
from django.urls import reverse

from community.models import Member, Membership


class RoomQuerySet(models.QuerySet["Room"]):
    """Which rooms."""

    def visible_to(self, member: Member | None) -> Self:
        """Group rooms for members; rooms with seats for those who hold one, and for those who govern the group."""
        if member is None or not member.pk:
            return self.none()
        return self if member.is_moderator else self.of(member.pk)

    def of(self, member: int | OuterRef) -> Self:
        """Those a member is in or governs; the member by key, or as a reference to the query around this one."""
        mine = Membership.objects.live().filter(member=member)
        seats = Seat.objects.filter(member=member, left_at=None)
        return self.filter(
            Q(audience=Room.Audience.GROUP, group__in=mine.values("group"))
            | Q(audience=Room.Audience.SEATED, pk__in=seats.values("room"))
            | Q(audience=Room.Audience.SEATED, group__in=mine.governing().values("group")),
        )


class Room(models.Model):
    """`last_seq` is the room's clock: every message, edit and removal takes the next number, in its own commit."""

    class Audience(models.TextChoices):
        """Who is in it."""

        GROUP = "group", "Members of the group"
        SEATED = "seated", "Those who were given a seat"

    group = models.ForeignKey("community.Group", models.CASCADE, related_name="rooms")
    title = models.CharField(max_length=160)
    audience = models.CharField(max_length=8, choices=Audience, default=Audience.GROUP)
    is_main = models.BooleanField("the group's own room", default=False)
    origin_title = models.CharField(max_length=160, blank=True, help_text="What it belongs to, such as a meetup")
    origin_url = models.CharField(max_length=300, blank=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="Read-only from then on")
    slow_seconds = models.PositiveSmallIntegerField(
        "slow mode", default=0, help_text="So many seconds between two messages of one member; 0 for none"
    )
    is_asking = models.BooleanField("takes questions", default=False)
    keep_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="What is older goes, unless it was pinned or cited; empty: for ever"
    )
    last_seq = models.PositiveBigIntegerField(default=0)
    message_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    objects = RoomQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group"], condition=Q(is_main=True), name="room_main_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page, with the history."""
        return reverse("chat:room", args=[self.pk])


class Seat(models.Model):
    """A member's place in a room: given by the floor that opened it, and how far they have read."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="seats")
    member = models.ForeignKey("community.Member", models.CASCADE, related_name="seats")
    seated_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    last_read_seq = models.PositiveBigIntegerField(default=0)
    silenced_until = models.DateTimeField(null=True, blank=True, help_text="Reads here and does not write")
    silenced_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "member"], name="seat_once"),
            models.CheckConstraint(
                name="seat_silence_has_reason", condition=Q(silenced_until=None) | ~Q(silenced_why="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.room_id}"
