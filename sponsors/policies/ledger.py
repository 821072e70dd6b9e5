"""May they write in the public book?"""

from datetime import datetime

from community.models import Group, Member, Organisation
from community.policies.groups import role_of
from community.verdicts import YES, Verdict, no
from sponsors.policies.ties import may_judge


def may_record(member: Member | None, group: Group, organisation: Organisation | None, at: datetime) -> Verdict:
    """Organisers of the group; a vendor's gift is entered by one who has no tie to that vendor."""
    if organisation is not None:
        return may_judge(member, group, organisation, at)
    if member is not None and member.pk and role_of(member, group) == "organiser":
        return YES
    return no(f"Only the organisers of {group.name} write in its book.")
