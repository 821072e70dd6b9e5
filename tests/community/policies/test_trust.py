"""What each level takes, and what a text may hold."""

from datetime import datetime, timedelta

import pytest

from community.models import Member
from community.policies import trust
from community.text import Rendered
from tests.factories.community import MemberFactory

Trust = Member.Trust
BASIC = {"topics_read": 5, "posts_read": 30}
KNOWN = {"topics_read": 20, "posts_read": 100, "topics_answered": 3, "days_written": 3}
REGULAR = {"topics_read": 15, "topics_answered": 10, "days_written": 10}


@pytest.mark.parametrize(
    ("days", "ever", "lately", "level"),
    [
        (100, {}, {}, Trust.NEW),
        (0, BASIC, {}, Trust.NEW),
        (1, BASIC, {}, Trust.BASIC),
        (1, BASIC | {"posts_read": 29}, {}, Trust.NEW),
        (0, {"evenings": 1}, {}, Trust.BASIC),
        (0, {"evenings": 3}, {}, Trust.KNOWN),
        (14, KNOWN, {}, Trust.BASIC),
        (15, KNOWN, {}, Trust.KNOWN),
        (15, KNOWN | {"topics_answered": 2}, {}, Trust.BASIC),
        (60, KNOWN, REGULAR, Trust.REGULAR),
        (49, KNOWN, REGULAR, Trust.KNOWN),
        (60, KNOWN, REGULAR | {"days_written": 9}, Trust.KNOWN),
        (999, KNOWN | {"evenings": 99}, REGULAR | {"evenings": 99}, Trust.REGULAR),
    ],
)
def test_earned(at: datetime, days: int, ever: dict, lately: dict, level: Trust) -> None:
    member = Member(joined_at=at - timedelta(days=days))
    assert trust.earned(member, trust.Facts(at, ever, lately)) == level


def test_a_sanction_keeps_anyone_from_being_a_regular(at: datetime) -> None:
    member = Member(joined_at=at - timedelta(days=99))
    assert trust.earned(member, trust.Facts(at, KNOWN, REGULAR, is_sanctioned=True)) == Trust.KNOWN


def test_limits_only_grow() -> None:
    rows = [trust.LIMITS[level] for level in Trust]
    for field in trust.Limits.__slots__:
        numbers = [getattr(row, field) for row in rows]
        assert numbers == sorted(numbers)


@pytest.mark.parametrize(
    ("level", "came", "holds", "says"),
    [
        (0, False, (2, 1, 2), ""),
        (0, False, (3, 0, 0), "2 links at most; yours has 3"),
        (0, False, (0, 2, 0), "1 picture at most; yours has 2"),
        (0, False, (0, 0, 3), "2 people named at most; yours has 3"),
        (0, True, (3, 2, 3), ""),
        (1, False, (30, 20, 20), ""),
        (1, False, (31, 0, 0), "30 links at most; yours has 31"),
        (4, False, (100, 40, 50), ""),
    ],
)
def test_what_a_text_may_hold(at: datetime, level: int, came: bool, holds: tuple[int, int, int], says: str) -> None:
    member = Member(trust=level, attended_at=at if came else None)
    links, pictures, people = holds
    verdict = trust.may_hold(member, Rendered("", tuple(range(people)), "", links, pictures))
    assert bool(verdict) is (says == "")
    assert says in verdict.reason


@pytest.mark.django_db
def test_only_those_who_moderate_the_site_set_a_level_and_not_their_own() -> None:
    moderator, member = MemberFactory(is_moderator=True), MemberFactory()
    assert trust.may_set(moderator, member)
    assert not trust.may_set(moderator, moderator)
    assert not trust.may_set(member, moderator)
    assert not trust.may_set(None, member)
