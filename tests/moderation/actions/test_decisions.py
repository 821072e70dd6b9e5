"""Report, hide, silence, tell, take back."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from community.models import Group, LogEntry, Member, Sanction
from community.policies.sanctions import may_write
from community.verdicts import NotAllowed
from moderation import registry
from moderation.actions import decisions, reports
from moderation.actions.decisions import Pause
from moderation.models import Decision, Report, Rule
from notifications.actions import letters
from notifications.models import Notice, OutgoingMail
from tests.factories.community import GroupFactory, MemberFactory, MembershipFactory
from tests.factories.moderation import DecisionFactory, ReportFactory

DAY = timedelta(days=1)


@pytest.fixture
def report(notes: Any, author: Member, group: Group, member: Member, rule: Rule, at: datetime) -> Report:
    """`member` reported a note of `author` in `group`."""
    note = notes.write(author, group, "Idiot.")
    return reports.report(reporter=member, subject=note, rule=rule, text="An insult.", at=at)


def decide(moderator: Member, report: Report, at: datetime, kind: str = "hide", **facts: Any) -> Decision:
    given = {"rule": report.rule, "reason": "That is an insult."} | facts
    return decisions.decide(moderator=moderator, report=report, kind=kind, at=at, **given)


def test_hide_and_silence_for_a_day(
    report: Report, notes: Any, moderator: Member, author: Member, group: Group, member: Member, at: datetime
) -> None:
    second = reports.report(reporter=MemberFactory(), subject=notes.kept[1], rule=report.rule, text="Me too", at=at)
    decision = decide(moderator, report, at, pause=Pause("silence", DAY))
    assert notes.kept[1].is_hidden
    assert not may_write(author, group, at + DAY - timedelta(seconds=1))
    assert may_write(author, group, at + DAY)
    assert may_write(author, GroupFactory(), at)
    assert list(Report.objects.order_by("pk").values_list("pk", "state", "settled_at", "decision")) == [
        (report.pk, "upheld", at, decision.pk),
        (second.pk, "upheld", at, decision.pk),
    ]
    assert (decision.facts, decision.decided_by, decision.is_automated, decision.sanction_until) == (
        "Idiot.",
        moderator,
        False,
        at + DAY,
    )


def test_the_author_gets_a_statement_of_reasons(
    report: Report, moderator: Member, author: Member, group: Group, at: datetime
) -> None:
    decision = decide(moderator, report, at, pause=Pause("silence", DAY))
    letters.write(at)
    mail = OutgoingMail.objects.get(member=author)
    assert mail.subject == "We have hidden a note of yours"
    assert "List-Unsubscribe" not in mail.headers
    for part in (mail.text, mail.html):
        assert "It is hidden from everyone else." in part
        assert f"You can read, but not write, in {group.name} until Wednesday 2 December, 15:00." in part
        assert "Be kind." in part
        assert "That is an insult." in part
        assert "Idiot." in part
        assert "A person decided this" in part
        assert "within six months" in part
        assert f"/moderation/decisions/{decision.pk}/" in part
        assert moderator.display_name not in part


def test_reporters_hear_the_outcome_and_nobody_hears_who(
    report: Report, moderator: Member, author: Member, member: Member, at: datetime
) -> None:
    decide(moderator, report, at)
    rows = Notice.objects.filter(kind="moderation.settled").values_list("recipient_id", "excerpt", "actor")
    assert list(rows) == [(member.pk, "It is hidden now.", None)]
    assert list(Notice.objects.filter(recipient=author).values_list("kind", "actor")) == [("moderation.decided", None)]


def test_the_log_names_nobody(report: Report, moderator: Member, author: Member, group: Group, at: datetime) -> None:
    decide(moderator, report, at, pause=Pause("silence", DAY))
    entries = LogEntry.objects.filter(group=group).order_by("pk").values_list("actor", "kind", "text")
    assert list(entries) == [
        (None, "member.sanctioned", "A member was asked to read only until 2 December 2026, 15:00 (UTC)."),
        (None, "content.judged", "A moderator hid a note. Rule: Be kind."),
    ]


def test_leaving_it_tells_the_reporter_alone(
    report: Report, notes: Any, moderator: Member, author: Member, at: datetime
) -> None:
    decide(moderator, report, at, kind="none")
    report.refresh_from_db()
    assert (report.state, notes.kept[1].is_hidden, Sanction.objects.count()) == ("dismissed", False, 0)
    assert not Notice.objects.filter(recipient=author).exists()


def test_a_warning_counts_and_stops_nothing(report: Report, moderator: Member, author: Member, at: datetime) -> None:
    decide(moderator, report, at, kind="warn")
    assert list(Sanction.objects.values_list("member", "kind", "ends_at")) == [(author.pk, "warn", None)]
    assert may_write(author, report.group, at)


def test_the_second_moderator_is_told(report: Report, moderator: Member, organiser: Member, at: datetime) -> None:
    first = decide(moderator, report, at)
    with pytest.raises(decisions.Settled) as raised:
        decide(organiser, report, at, kind="none")
    assert raised.value.decision == first
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_without_a_reason_it_is_none(reason: str, report: Report, moderator: Member, at: datetime) -> None:
    with pytest.raises(decisions.WithoutReason):
        decide(moderator, report, at, reason=reason)


def test_the_database_refuses_it_too(rule: Rule) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionFactory(rule=rule, reason="")


def test_a_group_moderator_has_no_power_outside(
    report: Report, notes: Any, moderator: Member, author: Member, at: datetime
) -> None:
    elsewhere = MembershipFactory(role="organiser").member
    for who, pause in [(elsewhere, None), (author, None), (moderator, Pause("suspend", DAY, everywhere=True))]:
        with pytest.raises(NotAllowed):
            decide(who, report, at, pause=pause)
    assert (Decision.objects.count(), Sanction.objects.count(), notes.kept[1].is_hidden) == (0, 0, False)
    assert Report.objects.open().count() == 1


def test_whoever_has_an_interest_stays_out(report: Report, moderator: Member, at: datetime) -> None:
    registry.register_interest(lambda who, thing: "You work for the vendor it is about.")
    with pytest.raises(NotAllowed, match="vendor"):
        decide(moderator, report, at)


def test_a_site_moderator_suspends_everywhere_and_sockets_close(
    report: Report,
    author: Member,
    at: datetime,
    said: list[tuple[str, dict[str, Any]]],
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        decide(MemberFactory(is_moderator=True), report, at, pause=Pause("suspend", None, everywhere=True))
    assert not may_write(author, GroupFactory(), at + timedelta(days=900))
    closing = (f"member:{author.pk}", {"type": "session.ended", "reason": "suspended"})
    assert closing in said


def test_what_is_gone_cannot_be_hidden_but_judged(report: Report, notes: Any, moderator: Member, at: datetime) -> None:
    notes.kept.clear()
    with pytest.raises(decisions.Gone):
        decide(moderator, report, at)
    assert decide(moderator, report, at, kind="warn").facts == "Idiot."


def test_a_former_member_is_not_sanctioned(report: Report, moderator: Member, author: Member, at: datetime) -> None:
    author.departed_at = at
    author.save()
    decision = decide(moderator, report, at, pause=Pause("silence", DAY))
    assert (decision.sanction, decision.sanction_until, Sanction.objects.count()) == ("", None, 0)


def test_taking_it_back_restores_and_lets_back(
    report: Report, notes: Any, moderator: Member, author: Member, group: Group, at: datetime
) -> None:
    decision = decide(moderator, report, at, pause=Pause("silence", DAY))
    later = at + timedelta(hours=1)
    decisions.reverse(moderator=moderator, decision=decision, why="I misread it.", at=later)
    decisions.reverse(moderator=moderator, decision=decision, why="Twice.", at=later)
    assert not notes.kept[1].is_hidden
    assert may_write(author, group, later)
    decision.refresh_from_db()
    assert (decision.reversed_at, decision.reversed_by, decision.reversed_why) == (later, moderator, "I misread it.")
    told = Notice.objects.filter(recipient=author).order_by("pk").values_list("kind", "excerpt")
    assert list(told) == [("moderation.decided", "That is an insult."), ("moderation.reversed", "I misread it.")]


def test_taking_one_back_leaves_what_another_hid(
    report: Report, notes: Any, moderator: Member, member: Member, at: datetime
) -> None:
    first = decide(moderator, report, at)
    again = reports.report(reporter=member, subject=notes.kept[1], rule=report.rule, text="", at=at)
    second = decide(moderator, again, at)
    decisions.reverse(moderator=moderator, decision=first, why="Wrong rule.", at=at)
    assert notes.kept[1].is_hidden
    decisions.reverse(moderator=moderator, decision=second, why="Wrong too.", at=at)
    assert not notes.kept[1].is_hidden


def test_nobody_outside_takes_it_back(report: Report, moderator: Member, author: Member, at: datetime) -> None:
    decision = decide(moderator, report, at)
    for who in (author, MembershipFactory(role="organiser").member, MemberFactory()):
        with pytest.raises(NotAllowed):
            decisions.reverse(moderator=who, decision=decision, why="Please.", at=at)


@pytest.mark.parametrize("many", [1, 3])
def test_deciding_takes_the_same_number_of_queries(
    many: int,
    notes: Any,
    author: Member,
    group: Group,
    moderator: Member,
    rule: Rule,
    at: datetime,
    django_assert_num_queries: Any,
) -> None:
    note = notes.write(author, group)
    first = ReportFactory.create_batch(many, target_id=note.id, author=author, group=group, rule=rule)[0]
    with django_assert_num_queries(38):
        decide(moderator, Report.objects.select_related("rule").get(pk=first.pk), at, pause=Pause("silence", DAY))
