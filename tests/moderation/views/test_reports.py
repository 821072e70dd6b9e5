"""Reporting over HTTP."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from community.models import Group, Member
from moderation.models import Report, Rule
from tests.factories.community import MemberFactory
from tests.factories.moderation import ReportFactory

URL = reverse("moderation:report", args=["note", 1])


def test_the_form_shows_what_is_reported(
    notes: Any, author: Member, group: Group, member: Member, rule: Rule, signed_in: Any
) -> None:
    notes.write(author, group, "Idiot.")
    page = signed_in(member).get(URL)
    assert page.status_code == 200
    assert "<p>Idiot.</p>" in page.content.decode()
    assert "Be kind" in page.content.decode()


def test_reporting_leads_back_with_thanks(
    notes: Any, author: Member, group: Group, member: Member, rule: Rule, signed_in: Any
) -> None:
    notes.write(author, group, "Idiot.")
    client = signed_in(member)
    answer = client.post(URL, {"rule": rule.pk, "text": "An insult."})
    assert (answer.status_code, answer["Location"]) == (302, "/n/")
    assert list(Report.objects.values_list("reporter", "target_id", "text")) == [(member.pk, 1, "An insult.")]
    mine = client.get(reverse("moderation:mine")).content.decode()
    assert "Idiot." in mine
    assert "Waiting" in mine


def test_a_moderator_who_reports_goes_on_to_the_case(
    notes: Any, author: Member, group: Group, moderator: Member, rule: Rule, signed_in: Any
) -> None:
    notes.write(author, group)
    answer = signed_in(moderator).post(URL, {"rule": rule.pk})
    assert answer["Location"] == reverse("moderation:case", args=[Report.objects.get().pk])


def test_without_a_rule_the_words_stay(
    notes: Any, author: Member, group: Group, member: Member, rule: Rule, signed_in: Any
) -> None:
    notes.write(author, group)
    page = signed_in(member).post(URL, {"text": "Look at the second line."})
    assert page.status_code == 422
    assert "Choose the rule that fits best." in page.content.decode()
    assert "Look at the second line." in page.content.decode()
    assert Report.objects.count() == 0


def test_what_you_cannot_see_you_cannot_report(notes: Any, author: Member, member: Member, signed_in: Any) -> None:
    notes.write(author, None, "Private words.")
    notes.secret.add(1)
    client = signed_in(member)
    statuses = [client.get(reverse("moderation:report", args=each)).status_code for each in SECRET]
    assert statuses == [404, 404, 404]


SECRET = [("note", 1), ("note", 2), ("teapot", 1)]


def test_your_own_is_refused_in_words(notes: Any, author: Member, rule: Rule, signed_in: Any) -> None:
    notes.write(author, None)
    client = signed_in(author)
    assert client.get(URL).status_code == 403
    page = client.post(URL, {"rule": rule.pk})
    assert page.status_code == 403
    assert "That is your own" in page.content.decode()


@pytest.mark.parametrize("url", [URL, reverse("moderation:mine"), reverse("moderation:queue")])
def test_visitors_sign_in_first(url: str, db: None) -> None:
    answer = Client().get(url)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


def test_the_rules_are_open_to_all(rule: Rule) -> None:
    page = Client().get(reverse("moderation:rules"))
    assert (page.status_code, "Be kind" in page.content.decode()) == (200, True)


@pytest.mark.parametrize("many", [1, 3])
def test_queries(many: int, member: Member, signed_in: Any, django_assert_num_queries: Any) -> None:
    ReportFactory.create_batch(many, reporter=member)
    ReportFactory(reporter=MemberFactory(), excerpt="Somebody else's report")
    client = signed_in(member)
    client.get(reverse("moderation:mine"))
    with django_assert_num_queries(4):  # member, how many, the reports, the bell
        page = client.get(reverse("moderation:mine"))
    assert "Somebody else" not in page.content.decode()
