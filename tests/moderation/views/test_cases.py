"""The queue over HTTP: what waits, for whom, and deciding."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from community.models import Group, Member, Sanction
from community.policies.sanctions import may_write
from moderation import registry
from moderation.models import Decision, Report, Rule
from tests.factories.community import GroupFactory, MemberFactory, MembershipFactory
from tests.factories.moderation import DecisionFactory, ReportFactory

QUEUE = reverse("moderation:queue")


@pytest.fixture
def report(notes: Any, author: Member, group: Group, rule: Rule) -> Report:
    note = notes.write(author, group, "Idiot.")
    return ReportFactory(target_id=note.id, author=author, group=group, rule=rule, excerpt=note.text, text="He shouts.")


def url(name: str, row: Any) -> str:
    return reverse(f"moderation:{name}", args=[row.pk])


def answer(**changes: Any) -> dict[str, Any]:
    return {"kind": "hide", "pause": "silence:24", "reason": "That is an insult."} | changes


def test_the_oldest_case_is_open(report: Report, moderator: Member, group: Group, signed_in: Any) -> None:
    ReportFactory(target_id=report.target_id, group=group, author=report.author)
    younger = ReportFactory(group=group, made_at=report.made_at + timedelta(days=1), excerpt="A younger thing")
    page = signed_in(moderator).get(QUEUE).content.decode()
    assert "<p>Idiot.</p>" in page
    assert "He shouts." in page
    assert "2 people reported it" in page
    assert "2 things wait" in page
    assert "A younger thing" in page
    assert f'action="{url("decide", report)}"' in page
    assert url("case", younger) in page


def test_only_what_is_yours_to_judge(report: Report, moderator: Member, group: Group, signed_in: Any) -> None:
    theirs = ReportFactory(group=GroupFactory(), excerpt="In another group")
    own = ReportFactory(group=group, author=moderator, excerpt="By the moderator")
    client = signed_in(moderator)
    page = client.get(QUEUE).content.decode()
    assert "Idiot." in page
    assert "In another group" not in page
    assert "By the moderator" not in page
    assert [client.get(url("case", each)).status_code for each in (report, theirs, own)] == [200, 404, 404]
    assert [client.post(url("decide", each), answer()).status_code for each in (theirs, own)] == [404, 404]
    assert Decision.objects.count() == 0


def test_members_have_no_queue(report: Report, member: Member, signed_in: Any) -> None:
    page = signed_in(member).get(QUEUE)
    assert page.status_code == 403
    assert "look after a group" in page.content.decode()


def test_nothing_waits(moderator: Member, signed_in: Any) -> None:
    page = signed_in(moderator).get(QUEUE)
    assert (page.status_code, "Nothing waits." in page.content.decode()) == (200, True)


def test_deciding(report: Report, notes: Any, moderator: Member, author: Member, signed_in: Any) -> None:
    client = signed_in(moderator)
    done = client.post(url("decide", report), answer(rule=report.rule_id))
    assert (done.status_code, done["Location"]) == (302, QUEUE)
    decision = Decision.objects.get()
    assert (decision.kind, decision.sanction, decision.reason, decision.decided_by) == (
        "hide",
        "silence",
        "That is an insult.",
        moderator,
    )
    assert notes.kept[1].is_hidden
    assert not may_write(author, report.group, decision.decided_at + timedelta(hours=23))
    again = client.post(url("decide", report), answer(rule=report.rule_id, kind="none", pause=""))
    assert again["Location"] == url("decision", decision)
    assert client.get(url("case", report))["Location"] == url("decision", decision)
    assert "decided already" in client.get(url("decision", decision)).content.decode()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"reason": "   "}, "Say why: without a reason it is no decision."),
        ({"kind": "none"}, "If you leave it as it is, its author does not pause either."),
        ({"kind": ""}, "Choose one of the three."),
        ({"pause": "suspend:999999"}, "Select a valid choice"),
    ],
)
def test_what_was_typed_stays(
    changes: dict[str, str], says: str, report: Report, moderator: Member, signed_in: Any
) -> None:
    page = signed_in(moderator).post(url("decide", report), answer(rule=report.rule_id) | changes)
    assert page.status_code == 422
    assert says in page.content.decode()
    assert "Idiot." in page.content.decode()
    assert ("reason" in changes) or ("That is an insult." in page.content.decode())
    assert Decision.objects.count() == 0


def test_only_the_sites_moderators_stop_people_everywhere(
    report: Report, moderator: Member, author: Member, signed_in: Any
) -> None:
    client = signed_in(moderator)
    assert 'name="everywhere"' not in client.get(QUEUE).content.decode()
    client.post(url("decide", report), answer(rule=report.rule_id, everywhere="on"))
    assert list(Sanction.objects.values_list("group", flat=True)) == [report.group_id]
    site = signed_in(MemberFactory(is_moderator=True))
    second = ReportFactory(target_id=report.target_id, author=author, group=report.group)
    assert 'name="everywhere"' in site.get(QUEUE).content.decode()
    site.post(url("decide", second), answer(rule=report.rule_id, everywhere="on", pause="suspend:168"))
    assert list(Sanction.objects.filter(group=None).values_list("member", "kind")) == [(author.pk, "suspend")]


def test_whoever_has_an_interest_reads_why_they_stay_out(report: Report, moderator: Member, signed_in: Any) -> None:
    registry.register_interest(lambda who, thing: "You work for the vendor it is about.")
    client = signed_in(moderator)
    page = client.get(QUEUE).content.decode()
    assert "You work for the vendor it is about." in page
    assert 'id="decide"' not in page
    assert client.post(url("decide", report), answer(rule=report.rule_id)).status_code == 403


def test_what_is_gone_is_said(report: Report, notes: Any, moderator: Member, signed_in: Any) -> None:
    notes.kept.clear()
    client = signed_in(moderator)
    assert "taken away since" in client.get(QUEUE).content.decode()
    page = client.post(url("decide", report), answer(rule=report.rule_id))
    assert (page.status_code, "nothing left to hide" in page.content.decode()) == (422, True)


def test_the_author_reads_the_statement_and_others_do_not(
    report: Report, moderator: Member, author: Member, member: Member, signed_in: Any
) -> None:
    signed_in(moderator).post(url("decide", report), answer(rule=report.rule_id))
    decision = Decision.objects.get()
    page = signed_in(author).get(url("decision", decision))
    text = page.content.decode()
    assert page.status_code == 200
    assert "That is an insult." in text
    assert "You see it differently?" in text
    assert "Take it back" not in text
    assert moderator.display_name not in text
    outside = MembershipFactory(role="organiser").member
    assert [signed_in(who).get(url("decision", decision)).status_code for who in (member, outside)] == [404, 404]


def test_taking_back(report: Report, notes: Any, moderator: Member, author: Member, signed_in: Any) -> None:
    client = signed_in(moderator)
    client.post(url("decide", report), answer(rule=report.rule_id))
    decision = Decision.objects.get()
    assert client.post(url("reverse", decision), {"why": ""}).status_code == 422
    assert signed_in(author).post(url("reverse", decision), {"why": "Please"}).status_code == 403
    assert client.post(url("reverse", decision), {"why": "I misread it."}).status_code == 302
    assert not notes.kept[1].is_hidden
    assert "I misread it." in signed_in(author).get(url("decision", decision)).content.decode()


def test_every_request_with_another_groups_numbers_is_refused(moderator: Member, rule: Rule, signed_in: Any) -> None:
    theirs, decision = ReportFactory(rule=rule), DecisionFactory(rule=rule)
    client = signed_in(moderator)
    statuses = [
        client.get(url("case", theirs)).status_code,
        client.get(url("decide", theirs)).status_code,
        client.post(url("decide", theirs), answer(rule=rule.pk)).status_code,
        client.get(url("decision", decision)).status_code,
        client.get(url("reverse", decision)).status_code,
        client.post(url("reverse", decision), {"why": "x"}).status_code,
    ]
    assert statuses == [404] * 6
    decision.refresh_from_db()
    assert (theirs.state, decision.reversed_at) == ("open", None)


@pytest.mark.parametrize("many", [1, 3])
def test_queries(
    many: int, report: Report, moderator: Member, group: Group, signed_in: Any, django_assert_num_queries: Any
) -> None:
    ReportFactory.create_batch(many, group=group)
    ReportFactory.create_batch(many, group=group, target_id=report.target_id, author=report.author)
    client = signed_in(moderator)
    client.get(QUEUE)
    # member; how many, which, their reports; the case: reports, earlier sanctions, earlier decisions;
    # rules twice; ties that keep out of it; the bell
    with django_assert_num_queries(11):
        client.get(QUEUE)
