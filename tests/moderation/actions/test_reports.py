"""A report is kept with what was said, and reaches those who may judge it."""

from datetime import datetime
from typing import Any

import pytest

from community.models import Group, Member
from community.verdicts import NotAllowed
from moderation.actions import reports
from moderation.models import Report, Rule
from notifications.models import Notice
from tests.factories.community import MemberFactory, MembershipFactory


def test_keeps_what_it_said(notes: Any, author: Member, group: Group, member: Member, rule: Rule, at: datetime) -> None:
    note = notes.write(author, group, "Idiot.")
    row = reports.report(reporter=member, subject=note, rule=rule, text="  An insult. ", at=at)
    assert (row.author, row.group, row.rule, row.text, row.excerpt, row.state, row.made_at) == (
        author,
        group,
        rule,
        "An insult.",
        "Idiot.",
        "open",
        at,
    )


def test_reporting_twice_is_reporting_once(
    notes: Any, author: Member, group: Group, member: Member, moderator: Member, rule: Rule, at: datetime
) -> None:
    note = notes.write(author, group)
    first = reports.report(reporter=member, subject=note, rule=rule, text="", at=at)
    assert reports.report(reporter=member, subject=note, rule=rule, text="Again", at=at).pk == first.pk
    reports.report(reporter=MemberFactory(), subject=note, rule=rule, text="Me too", at=at)
    assert Report.objects.count() == 2
    assert Notice.objects.filter(recipient=moderator).count() == 1


def test_refusals_leave_nothing(notes: Any, author: Member, group: Group, rule: Rule, at: datetime) -> None:
    with pytest.raises(NotAllowed, match="your own"):
        reports.report(reporter=author, subject=notes.write(author, group), rule=rule, text="", at=at)
    assert (Report.objects.count(), Notice.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("writer", "reporter", "told"),
    [
        ("author", "member", {"moderator", "organiser"}),
        ("author", "organiser", {"moderator"}),
        ("organiser", "member", {"site"}),
        ("site", "member", {"moderator", "organiser"}),
    ],
)
def test_who_hears_of_it(
    writer: str,
    reporter: str,
    told: set[str],
    notes: Any,
    author: Member,
    moderator: Member,
    organiser: Member,
    group: Group,
    rule: Rule,
    at: datetime,
) -> None:
    cast = {"author": author, "moderator": moderator, "organiser": organiser, "site": MemberFactory(is_moderator=True)}
    cast["member"] = MembershipFactory(group=group).member
    note = notes.write(cast[writer], group)
    reports.report(reporter=cast[reporter], subject=note, rule=rule, text="", at=at)
    heard = set(Notice.objects.values_list("recipient_id", flat=True))
    assert heard == {cast[name].pk for name in told}
    assert set(Notice.objects.values_list("actor", flat=True)) == {None}


def test_without_a_group_the_site_hears(notes: Any, author: Member, member: Member, rule: Rule, at: datetime) -> None:
    site = MemberFactory(is_moderator=True)
    MemberFactory(is_moderator=True, departed_at=at)
    reports.report(reporter=member, subject=notes.write(author, None), rule=rule, text="", at=at)
    assert list(Notice.objects.values_list("recipient_id", flat=True)) == [site.pk]
