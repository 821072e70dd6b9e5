"""The short list of subjects, kept by the site's editors."""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify

from community.models import Member
from community.verdicts import NotAllowed
from live.changes import EVERYTHING, changed
from meetups.models import Subject
from meetups.policies import may_curate

THERE = "There is a subject of that name already."


def add(*, actor: Member, name: str) -> Subject:
    """One more, at the end; raises `NotAllowed` where the name is there already."""
    may_curate(actor).or_refuse()
    name = " ".join(name.split())
    last = Subject.objects.aggregate(last=Max("position"))["last"] or 0
    slug = slugify(name) or f"subject-{last + 1}"
    try:
        with transaction.atomic():
            changed("subjects")
            return Subject.objects.create(name=name, slug=slug, position=last + 1)
    except IntegrityError as error:
        raise NotAllowed(THERE) from error


def rename(*, actor: Member, subject: Subject, name: str) -> None:
    """Another name; the address stays. Raises `NotAllowed` where the name is there already."""
    may_curate(actor).or_refuse()
    try:
        with transaction.atomic():
            Subject.objects.filter(pk=subject.pk).update(name=" ".join(name.split()))
            changed(EVERYTHING)
    except IntegrityError as error:
        raise NotAllowed(THERE) from error


def offer(*, actor: Member, subject: Subject, is_offered: bool) -> None:
    """To choose from, or no longer; what bears it keeps it."""
    may_curate(actor).or_refuse()
    Subject.objects.filter(pk=subject.pk).update(is_offered=is_offered)
    changed("subjects")


def move(*, actor: Member, subject: Subject, steps: int) -> None:
    """Earlier (-1) or later (1); positions are 1 to n again afterwards."""
    may_curate(actor).or_refuse()
    with transaction.atomic():
        order = list(Subject.objects.select_for_update().order_by("position", "name"))
        here = next(index for index, each in enumerate(order) if each.pk == subject.pk)
        order.insert(max(0, here + steps), order.pop(here))
        for position, each in enumerate(order, start=1):
            each.position = position
        Subject.objects.bulk_update(order, ["position"])
        changed("subjects")
