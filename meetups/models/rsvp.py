"""Who is coming, and who came."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from meetups.models.meetup import MOST_GUESTS


def ran_out(at: datetime) -> Q:
    """Which offers are held no longer."""
    return Q(state="offered", offered_until__lte=at)


class RsvpQuerySet(models.QuerySet["Rsvp"]):
    """Which answers."""

    def going(self) -> Self:
        """Coming."""
        return self.filter(state=Rsvp.State.GOING)

    def live(self) -> Self:
        """Who has a seat, for whom one is held, who waits."""
        return self.filter(state__in=[Rsvp.State.GOING, Rsvp.State.OFFERED, Rsvp.State.WAITLISTED])

    def seated(self) -> Self:
        """Those who take up seats: going, or a seat is held for them."""
        return self.filter(state__in=[Rsvp.State.GOING, Rsvp.State.OFFERED])

    def waiting(self) -> Self:
        """The queue, first come first."""
        return self.filter(state=Rsvp.State.WAITLISTED).order_by("queue_number")

    def lapsed(self, at: datetime) -> Self:
        """Held offers that ran out."""
        return self.filter(ran_out(at))


class Rsvp(models.Model):
    """A member's answer to one meetup. One row a member; the state moves."""

    class State(models.TextChoices):
        """The answer."""

        GOING = "going", "Going"
        WAITLISTED = "waitlisted", "On the waiting list"
        OFFERED = "offered", "A seat is held for you"
        MAYBE = "maybe", "Maybe"
        DECLINED = "declined", "Not coming"
        REQUESTED = "requested", "Asked to come"

    meetup = models.ForeignKey("meetups.Meetup", models.CASCADE, related_name="rsvps")
    member = models.ForeignKey("community.Member", models.CASCADE, related_name="rsvps")
    state = models.CharField(max_length=10, choices=State)
    guests = models.PositiveSmallIntegerField(default=0)
    queue_number = models.PositiveIntegerField(null=True, blank=True)
    offered_until = models.DateTimeField(null=True, blank=True)
    is_online = models.BooleanField(default=False, help_text="A seat online, where there are seats in a room too")
    by_standing = models.BooleanField(default=False, help_text="Given by an answer to the whole series")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = RsvpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meetup", "member"], name="rsvp_once"),
            models.UniqueConstraint(
                fields=["meetup", "queue_number"], condition=Q(queue_number__isnull=False), name="rsvp_queue_once"
            ),
            models.CheckConstraint(
                name="rsvp_waiting_has_number", condition=~Q(state="waitlisted") | Q(queue_number__isnull=False)
            ),
            models.CheckConstraint(
                name="rsvp_offer_has_end", condition=~Q(state="offered") | Q(offered_until__isnull=False)
            ),
            models.CheckConstraint(
                name="rsvp_offer_has_number", condition=~Q(state="offered") | Q(queue_number__isnull=False)
            ),
            models.CheckConstraint(name="rsvp_guests_bounded", condition=Q(guests__lte=MOST_GUESTS)),
        ]
        indexes = [
            models.Index(fields=["member", "state"], name="rsvp_member"),
            models.Index(fields=["changed_at"], name="rsvp_lately"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.state}"

    @property
    def is_live(self) -> bool:
        """They have a seat, one is held for them, or they wait."""
        return self.state in {self.State.GOING, self.State.WAITLISTED, self.State.OFFERED}

    def has_run_out(self, at: datetime) -> bool:
        """A seat was held for them until now."""
        return self.state == self.State.OFFERED and self.offered_until is not None and self.offered_until <= at


class RsvpRequest(models.Model):
    """Name and e-mail from someone without an account; one link confirms both the address and the answer."""

    meetup = models.ForeignKey("meetups.Meetup", models.CASCADE, related_name="requests")
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=80)
    time_zone = models.CharField(max_length=64, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["email", "made_at"], name="rsvp_request_lately")]

    def __str__(self) -> str:
        return f"{self.meetup_id} {self.made_at}"


class Attendance(models.Model):
    """Who was there: apart from the RSVP, seen by organisers and the member only."""

    meetup = models.ForeignKey("meetups.Meetup", models.CASCADE, related_name="attendances")
    member = models.ForeignKey("community.Member", models.CASCADE, null=True, blank=True, related_name="attendances")
    walk_in_name = models.CharField(max_length=80, blank=True)
    checked_in_at = models.DateTimeField()
    checked_in_by = models.ForeignKey("community.Member", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meetup", "member"], condition=Q(member__isnull=False), name="attendance_once"
            ),
            models.CheckConstraint(
                name="attendance_of_someone", condition=Q(member__isnull=False) | ~Q(walk_in_name="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id or self.walk_in_name} at {self.meetup_id}"
