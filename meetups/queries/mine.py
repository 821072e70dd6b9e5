"""What an evening is to one member: their role in its group, their answer, whether they come to every date."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from community.models import Member, Membership
from meetups.models import Meetup, Rsvp, StandingRsvp

# Three small questions in one statement, written out: Django takes longer to write each than a database to answer it.
_STATEMENT = f"""
SELECT rsvp.*,
  (SELECT role FROM {Membership._meta.db_table} WHERE group_id = %s AND member_id = %s AND ends_on IS NULL) AS role,
  EXISTS (SELECT 1 FROM {StandingRsvp._meta.db_table} WHERE series_id = %s AND member_id = %s) AS stands
FROM (SELECT 1) once LEFT JOIN {Rsvp._meta.db_table} rsvp ON rsvp.meetup_id = %s AND rsvp.member_id = %s
"""  # noqa: S608, SLF001  (names of tables, and how Django names them)


@dataclass(frozen=True, slots=True)
class Mine:
    """`role` as `community.policies.groups.role_of` says; `answer` is None where they have given none."""

    role: str
    answer: Rsvp | None
    stands: bool


def of(meetup: Meetup, member: Member) -> Mine:
    """One query."""
    who = member.pk
    rows: Iterable[Any] = Rsvp.objects.raw(_STATEMENT, [meetup.group_id, who, meetup.series_id, who, meetup.pk, who])
    (row,) = rows
    return Mine(row.role or "", row if row.pk else None, bool(row.stands))
