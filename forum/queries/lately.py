"""The few newest lines that the fronts of the site and of groups show a member: read once, until somebody writes."""

from collections.abc import Callable
from datetime import datetime

from community.models import Group, Member
from forum.queries.lists import Line, latest, unread_of
from forum.queries.mine import part
from live.changes import EVERYTHING
from live.kept import Kept

_lines: Kept[list[Line]] = Kept(most=2_000)


def newest(member: Member | None, *, at: datetime, limit: int, group: Group | None = None) -> list[Line]:
    """As `latest`; for a member none while they are kept. Nothing may be written to these rows."""
    return _kept("latest", member, limit, group, lambda: latest(member, at=at, limit=limit, group=group))


def newest_unread(member: Member, *, at: datetime, limit: int) -> list[Line]:
    """As `unread_of`; none while they are kept. Nothing may be written to these rows."""
    return _kept("unread", member, limit, None, lambda: unread_of(member, at=at, limit=limit))


def _kept(
    kind: str, member: Member | None, limit: int, group: Group | None, read: Callable[[], list[Line]]
) -> list[Line]:
    if member is None:
        return read()
    key = kind, member.pk, member.is_moderator, limit, group and group.pk
    talk = f"group:{group.pk}" if group else "forum"
    return _lines.get(key, (EVERYTHING, talk, part(member.pk)), read)
