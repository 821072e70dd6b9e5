"""Who speaks for an organisation, and who stands free of it."""

from datetime import date, datetime

from django.db.models import Q

from community.models import Affiliation, Group, Member, Organisation
from community.models.period import day_of
from community.policies.groups import role_of
from community.verdicts import YES, Verdict, no


def represents(member: Member | None, organisation: Organisation, day: date) -> bool:
    """Whether they are confirmed to write for it on this day; one query."""
    if member is None or not member.pk:
        return False
    ties = Affiliation.objects.on(day).filter(member=member, organisation=organisation)
    return ties.exclude(represents_since=None).exists()


def may_speak_for(member: Member | None, organisation: Organisation, at: datetime) -> Verdict:
    """Confirmed representatives only."""
    if member is None or not member.pk:
        return no("Sign in first.")
    if represents(member, organisation, day_of(at)):
        return YES
    return no(
        f"Only confirmed representatives of {organisation.name} can do that. "
        "Say in your settings that you work there, then ask another representative or the people who run this site."
    )


def may_confirm(member: Member | None, organisation: Organisation, at: datetime) -> Verdict:
    """Site staff, and those who represent it already."""
    if member is not None and member.pk and member.is_staff:
        return YES
    return may_speak_for(member, organisation, at)


def is_tied(member: Member, organisation: Organisation, day: date) -> bool:
    """A tie of any kind, now or begun in advance; one query."""
    ties = Affiliation.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day))
    return ties.filter(member=member, organisation=organisation).exists()


def may_judge(member: Member | None, group: Group, organisation: Organisation, at: datetime) -> Verdict:
    """Decide on what a vendor wants of a group: its organisers, except those with a tie to that vendor."""
    if member is None or not member.pk:
        return no("Sign in first.")
    if role_of(member, group) != "organiser":
        return no(f"Only the organisers of {group.name} decide that.")
    if is_tied(member, organisation, day_of(at)):
        return no(
            f"You have a tie to {organisation.name}, so another organiser of {group.name} decides. "
            "Where there is none, ask the members for one first."
        )
    return YES
