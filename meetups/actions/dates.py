"""What lists of groups say of their evenings: the next one and the last, kept true on the group's own row."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from community.models import Group
from live.changes import changed
from meetups.models import Meetup


def lock(group_id: int) -> Group:
    """The group, its row locked: before any meetup of it, so that two writers never wait for each other."""
    shown_anew(group_id)
    return Group.objects.select_for_update(no_key=True).get(pk=group_id)


def shown_anew(group_id: int) -> None:
    """From the commit on visitors see its evenings as they are now; who has locked the group has said so already."""
    changed("meetups", "dates", f"calendar:{group_id}", f"evenings:{group_id}")


def keep(group_id: int, at: datetime) -> None:
    """Write the next and the last evening of a group, as they are at `at`."""
    evenings = Meetup.objects.filter(group=group_id)
    coming = evenings.upcoming(at).order_by("starts_at", "pk").first()
    last = evenings.held(at).order_by("-starts_at").values_list("starts_at", flat=True).first()
    Group.objects.filter(pk=group_id).update(
        next_meetup_at=coming.starts_at if coming else None,
        next_meetup_url=coming.get_absolute_url() if coming else "",
        last_meetup_at=last,
    )


def turn(at: datetime) -> int:
    """Move groups on whose next evening is over; how many. Due work, safe to run twice."""
    url_stays = Q(next_meetup_at__lte=at) & ~Q(next_meetup_at=None)
    passed = Group.objects.filter(url_stays).exclude(
        pk__in=Meetup.objects.upcoming(at).filter(starts_at=F("group__next_meetup_at")).values("group")
    )
    numbers = list(passed.order_by("pk").values_list("pk", flat=True))
    for number in numbers:
        with transaction.atomic():
            lock(number)
            keep(number, at)
    return len(numbers)
