"""Who hears of comings, goings and roles in a group."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from community.models import Block, Group, Member, Membership
from community.queries import written
from notifications.actions.notify import Message, tell

ROLE_WORDS = {"organiser": "an organiser", "moderator": "a moderator", "member": "a member"}


def joined(group: Group, member: Member, at: datetime) -> None:
    """Organisers, in their inbox."""
    message = Message(
        kind="community.joined",
        title=f"{member.shown_name} joined {group.name}",
        url=reverse("community:members", args=[group.slug]),
        dedupe=f"joined:{group.pk}:{member.pk}:{at:%Y-%m-%d}",
        scope=group.scope,
        subject=f"members:{group.pk}",
    )
    hearing = written.ask("organisers who hear", _organisers, group=group.pk, actor=member.pk)
    tell(hearing, message, at=at, actor_id=member.pk)


def _organisers(group: int, actor: int) -> "QuerySet[Membership, int]":
    return _hearing(Member(pk=actor), organisers(Group(pk=group)))


def role_changed(group: Group, member: Member, role: str, actor: Member | None, at: datetime, why: str = "") -> None:
    """The member, unless it was their own doing."""
    if actor is not None and actor.pk == member.pk:
        return
    message = Message(
        kind="community.role_changed",
        title=f"You are now {ROLE_WORDS[role]} of {group.name}",
        excerpt=why,
        url=reverse("community:members", args=[group.slug]),
        dedupe=f"role:{group.pk}:{role}:{at.isoformat()}",
        scope=group.scope,
        subject=f"members:{group.pk}",
    )
    tell([member.pk], message, at=at, actor_id=actor.pk if actor else None)


def organiser_wanted(group: Group, at: datetime) -> None:
    """Every member, and those who moderate the site, once a day at most."""
    message = Message(
        kind="community.organiser_wanted",
        title=f"{group.name} needs an organiser",
        excerpt="Nobody organises it at the moment. Could you? One evening a month, and the others help.",
        url=reverse("community:members", args=[group.slug]),
        dedupe=f"organiser-wanted:{group.pk}:{at:%Y-%m-%d}",
        scope=group.scope,
        subject=f"members:{group.pk}",
    )
    everyone = Membership.objects.live().filter(group=group).values_list("member_id", flat=True)
    tell(sorted({*everyone, *site_moderators()}), message, at=at)


def volunteered(group: Group, member: Member, at: datetime) -> None:
    """Organisers; where there are none, those who moderate the site and can appoint."""
    message = Message(
        kind="community.volunteered",
        title=f"{member.shown_name} offers to help organise {group.name}",
        url=reverse("community:members", args=[group.slug]),
        dedupe=f"volunteered:{group.pk}:{member.pk}:{at:%Y-%m-%d}",
        scope=group.scope,
        subject=f"members:{group.pk}",
    )
    recipients = list(organisers(group)) or list(site_moderators())
    tell([each for each in recipients if each != member.pk], message, at=at, actor_id=member.pk)


def organisers(group: Group) -> "QuerySet[Membership, int]":
    """Ids of those who organise it today."""
    return Membership.objects.live().organising().filter(group=group).values_list("member_id", flat=True)


def site_moderators() -> "QuerySet[Member, int]":
    """Ids of those who moderate the whole site."""
    return Member.objects.present().filter(is_moderator=True).values_list("pk", flat=True)


def _hearing(actor: Member, recipients: "QuerySet[Membership, int]") -> "QuerySet[Membership, int]":
    """Without the actor, and without those who do not want to hear from the actor."""
    deaf = Block.objects.filter(blocked=actor).values("member")
    return recipients.exclude(member__in=deaf).exclude(member=actor)
