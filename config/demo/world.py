"""The demo world, built once through the site's own verbs."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from community.models import Group, Member, Membership
from config.demo import evenings, people, talk

BEGAN = timedelta(days=240)


def build() -> None:
    """Make it, unless it is there; all of it or nothing."""
    if Member.objects.filter(email="admin@demo.example").exists():
        return
    with transaction.atomic():
        _build(timezone.now())


def _build(now: datetime) -> None:
    began = now - BEGAN
    roles = people.make(began)
    made = {plan.town: _group(plan, roles, began, now) for plan in evenings.PLANS}
    leeds, in_leeds = made["Leeds"]
    talk.mention(leeds, in_leeds[2], roles["member"], now)
    _, in_bristol = made["Bristol"]
    evenings.fill(made["Bristol"][0], in_bristol[0], [*in_bristol, roles["member"]], now)


def _group(plan: evenings.Plan, roles: dict[str, Member], began: datetime, now: datetime) -> tuple[Group, list[Member]]:
    neighbours = people.neighbours(plan.town, began)
    organiser = roles["organiser"] if plan.town == "Leeds" else neighbours[0]
    group = evenings.found(plan, organiser, began)
    members = [*neighbours, roles["member"]] if plan.town in {"Leeds", "Bristol"} else neighbours
    evenings.join(group, members, began)
    Membership.objects.live().filter(group=group, member=neighbours[1]).update(role=Membership.Role.MODERATOR)
    evenings.hold(group, organiser, neighbours, now)
    evenings.plan_agenda(group, organiser, now)
    talk.write(group, plan.town, members, now)
    talk.chat(group, members, now)
    return group, members
