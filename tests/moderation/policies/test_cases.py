"""Who may report and judge what, by table."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from community.models import Group, Member, Sanction
from moderation import registry
from moderation.models import Report
from moderation.policies import cases
from tests.factories.community import GroupFactory, MembershipFactory
from tests.factories.moderation import ReportFactory

WITHIN = {"moderator", "organiser", "site moderator", "superuser"}
EVERYWHERE = {"site moderator", "superuser"}
PEOPLE = [
    "nobody",
    "author",
    "member",
    "stranger",
    "moderator",
    "organiser",
    "moderator elsewhere",
    "organiser elsewhere",
    "former moderator",
    "site moderator",
    "superuser",
    "staff",
    "departed",
]


@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_decide(
    who: str, people: Callable[[str], Member | None], author: Member, group: Group, organiser: Member, at: datetime
) -> None:
    person = people(who)
    governing_author = MembershipFactory(group=group, role="moderator").member
    asked = {
        "in the group": cases.may_decide(person, author, group, at),
        "in another group": cases.may_decide(person, author, GroupFactory(), at),
        "on the whole site": cases.may_decide(person, author, None, at),
        "about one who governs": cases.may_decide(person, governing_author, group, at),
    }
    assert {name: bool(verdict) for name, verdict in asked.items()} == {
        "in the group": who in WITHIN,
        "in another group": who in EVERYWHERE,
        "on the whole site": who in EVERYWHERE,
        "about one who governs": who in EVERYWHERE,
    }
    assert all(verdict or verdict.reason for verdict in asked.values())


def test_nobody_decides_their_own_case(people: Callable[[str], Any], group: Group, at: datetime) -> None:
    for who in EVERYWHERE | {"moderator", "organiser"}:
        person = people(who)
        assert not cases.may_decide(person, person, group, at)


def test_a_moderator_who_is_silenced_judges_nobody(
    moderator: Member, author: Member, group: Group, at: datetime
) -> None:
    Sanction.objects.create(member=moderator, group=group, kind="silence", reason="x", starts_at=at)
    assert not cases.may_decide(moderator, author, group, at)
    assert cases.may_decide(moderator, author, group, at - timedelta(seconds=1))


def test_whoever_has_an_interest_stays_out(notes: Any, moderator: Member, author: Member, group: Group) -> None:
    note = notes.write(author, group)
    assert cases.has_no_interest(moderator, note)
    registry.register_interest(lambda who, thing: "You work there." if who == moderator else "")
    verdict = cases.has_no_interest(moderator, note)
    assert (bool(verdict), verdict.reason) == (False, "You work there.")


@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_report(
    who: str, people: Callable[[str], Member | None], notes: Any, author: Member, group: Group, at: datetime
) -> None:
    verdict = cases.may_report(people(who), notes.write(author, group), at)
    assert bool(verdict) == (who not in {"nobody", "author", "departed"})


def test_twenty_reports_a_day(notes: Any, member: Member, author: Member, group: Group, at: datetime) -> None:
    ReportFactory.create_batch(20, reporter=member, group=group, made_at=at)
    note = notes.write(author, group)
    refusal = cases.may_report(member, note, at + timedelta(hours=23))
    assert (bool(refusal), refusal.retry_after) == (False, 86400)
    assert cases.may_report(member, note, at + timedelta(hours=24))


@pytest.mark.parametrize("who", [who for who in PEOPLE if who not in {"nobody", "departed"}])
def test_the_queue_agrees_with_the_policy(
    who: str, people: Callable[[str], Any], author: Member, group: Group, organiser: Member, at: datetime
) -> None:
    person = people(who)
    ReportFactory(author=author, group=group)
    ReportFactory(author=organiser, group=group)
    ReportFactory(author=author, group=GroupFactory())
    ReportFactory(author=author, group=None)
    ReportFactory(author=None, group=group)
    ReportFactory(author=person, group=group)
    rows = Report.objects.select_related("author", "group")
    allowed = {row.pk for row in rows if cases.may_decide(person, row.author, row.group, at)}
    assert set(Report.objects.visible_to(person).values_list("pk", flat=True)) == allowed
