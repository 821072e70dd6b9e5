"""Who may enter the back office: site staff and editors, never someone who works for a vendor."""

from datetime import date

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from community.models import CONFLICTING, Affiliation, Member
from community.verdicts import YES, Verdict, no

DOOR = "wagtailadmin.access_admin"


def may_enter(member: Member, today: date) -> Verdict:
    """Operators and editors; a tie to a vendor bars even those."""
    if not member.is_active or not member.has_perm(DOOR):
        return no("This is where the editors of the site work. Your own pages are in the menu beside your name.")
    if not member.is_superuser and Affiliation.objects.on(today).filter(member=member, kind__in=CONFLICTING).exists():
        return no("Nobody who works for a vendor edits this site. Your other rights stand as they were.")
    return YES


def needs_second_factor(member: Member) -> bool:
    """Staff sign in with a second factor, except in the demo."""
    return settings.STAFF_MUST_USE_MFA and not is_mfa_enabled(member)
