"""The demo world, built once through the site's own verbs."""

from datetime import datetime, timedelta

from django.contrib.auth.models import Group as Editors
from django.db import transaction
from django.utils import timezone

from cms.actions import sites
from community.actions import trust
from community.models import Group, Member, Membership
from config.demo import answers, evenings, judging, pages, people, rooms, talk, topics, vendors
from forum.actions import categories
from notifications.actions import inbox

BEGAN = timedelta(days=240)


def build() -> None:
    """Make it, unless it is there; all of it or nothing."""
    sites.make_pages()
    categories.seed()
    if Member.objects.filter(email="admin@demo.example").exists():
        return
    with transaction.atomic():
        _build(timezone.now())


def _build(now: datetime) -> None:
    began = now - BEGAN
    roles = people.make(began)
    roles["editor"].groups.add(*Editors.objects.filter(name__icontains="editor"))
    made = {plan.town: _group(plan, roles, began, now) for plan in evenings.PLANS}
    (leeds, in_leeds), (bristol, in_bristol), (glasgow, _) = made["Leeds"], made["Bristol"], made["Glasgow"]
    answers.give(leeds, in_leeds, now)
    trust.reckon_due(now)
    for member in roles.values():
        # Eight months of small news have been read; what follows waits in the inbox.
        inbox.read_all(member=member, at=now)
    talk.change(leeds, now)
    talk.look_after(leeds, roles["organiser"], roles["member"], now)
    talk.mention(leeds, in_leeds[2], roles["member"], now)
    evenings.fill(bristol, in_bristol[0], [*in_bristol, roles["member"]], now)
    evenings.subscribe(roles["member"], now)
    vendors.make(roles, leeds, glasgow, bristol, now)
    vendors.hold_event(roles, leeds, now)
    judging.report(leeds, in_leeds[11], in_leeds[3], now)
    pages.publish(roles["editor"], now)


def _group(plan: evenings.Plan, roles: dict[str, Member], began: datetime, now: datetime) -> tuple[Group, list[Member]]:
    neighbours = people.neighbours(plan.town, began)
    organiser = roles["organiser"] if plan.town == "Leeds" else neighbours[0]
    group = evenings.found(plan, organiser, began)
    members = [*neighbours, roles["member"]] if plan.town in {"Leeds", "Bristol"} else neighbours
    evenings.join(group, members, began)
    Membership.objects.live().filter(group=group, member=neighbours[1]).update(role=Membership.Role.MODERATOR)
    evenings.hold(group, organiser, neighbours, now)
    topics.propose(group, members, now)
    evenings.plan_agenda(group, organiser, now)
    if plan.town == "Leeds":
        talk.second_place(group, organiser, began)
    talk.write(group, plan.town, members, now)
    talk.chat(group, members, now)
    rooms.use(group, organiser, members, now)
    topics.look_back(group, organiser, now)
    return group, members
