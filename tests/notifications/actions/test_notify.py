"""Who is told, how, and only once."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from community.models import Member
from notifications.actions.notify import Message, tell
from notifications.models import Notice
from notifications.models.preference import Channel
from tests.factories.community import MemberFactory
from tests.factories.notifications import PreferenceFactory


def message(kind: str = "test.happened", **facts: Any) -> Message:
    return Message(**({"kind": kind, "title": "It happened", "url": "/x/", "dedupe": "x:1"} | facts))


def test_tells_everyone_but_the_actor_and_those_who_left(at: datetime, db: None) -> None:
    actor, one, two = MemberFactory.create_batch(3)
    gone, off = MemberFactory(departed_at=at), MemberFactory(is_active=False)
    told = tell([actor.pk, one.pk, two.pk, gone.pk, off.pk], message(), at=at, actor_id=actor.pk)
    rows = Notice.objects.order_by("recipient").values_list("recipient_id", "actor_id", "title", "mail_due_at")
    assert told == 2
    assert list(rows) == [(one.pk, actor.pk, "It happened", at), (two.pk, actor.pk, "It happened", at)]


def test_telling_twice_leaves_one_row_and_one_hint(
    at: datetime, member: Member, said: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert tell([member.pk], message(), at=at) == 1
        assert tell([member.pk], message(), at=at) == 0
    assert Notice.objects.count() == 1
    stream = f"inbox:{member.pk}"
    assert said == [(stream, {"type": "notice.added", "stream": stream, "seq": None, "unread": 1})]


def test_the_hint_counts_what_waits_as_far_as_a_badge_does(
    at: datetime, member: Member, said: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    told = [tell([member.pk], message(dedupe=f"x:{number}"), at=at) for number in range(98)]
    Notice.objects.filter(dedupe_key="x:0").update(read_at=at)
    with django_capture_on_commit_callbacks(execute=True):
        told += [tell([member.pk], message(dedupe=f"y:{number}"), at=at) for number in range(3)]
    assert (sum(told), [frame["unread"] for _, frame in said]) == (101, [98, 99, 99])


def test_a_rolled_back_write_tells_nobody(
    at: datetime, member: Member, said: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError), transaction.atomic():
        tell([member.pk], message(), at=at)
        raise RuntimeError
    assert (Notice.objects.count(), said) == (0, [])


M, I, N = Channel.MAIL, Channel.INBOX, Channel.NONE  # noqa: E741


@pytest.mark.parametrize(
    ("chosen", "kind", "outcome"),
    [
        ({}, "test.happened", M),
        ({}, "test.quiet", I),
        ({("test.happened", ""): I}, "test.happened", I),
        ({("test.happened", ""): N}, "test.happened", N),
        ({("", ""): I}, "test.happened", I),
        ({("", ""): I, ("test.happened", ""): M}, "test.happened", M),
        ({("", "group:1"): N}, "test.happened", N),
        ({("", "group:2"): N}, "test.happened", M),
        ({("", "group:1"): N, ("test.happened", ""): M}, "test.happened", N),
        ({("", "group:1"): M, ("test.happened", ""): I}, "test.happened", I),
        ({("", "group:1"): N, ("test.happened", "group:1"): M}, "test.happened", M),
        ({("test.quiet", "group:1"): M}, "test.quiet", M),
        ({("", ""): N, ("test.needed", ""): N}, "test.needed", M),
    ],
)
def test_the_most_fitting_choice_counts(
    chosen: dict[tuple[str, str], Channel], kind: str, outcome: Channel, at: datetime, member: Member
) -> None:
    for (name, scope), channel in chosen.items():
        PreferenceFactory(member=member, kind=name, scope=scope, channel=channel)
    PreferenceFactory(kind=kind, channel=N)  # somebody else's choice
    tell([member.pk], message(kind, scope="group:1"), at=at)
    rows = list(Notice.objects.values_list("recipient_id", "mail_due_at"))
    wait = timedelta(seconds=60 if kind == "test.needed" else 0)
    assert rows == {M: [(member.pk, at + wait)], I: [(member.pk, None)], N: []}[outcome]


@pytest.mark.parametrize("many", [1, 3])
def test_the_number_of_queries_stays(many: int, at: datetime, db: None, django_assert_num_queries: Any) -> None:
    people = [each.pk for each in MemberFactory.create_batch(many)]
    # who is here, with what they chose, know already and have not read; then the rows
    with django_assert_num_queries(2):
        tell(people, message(), at=at)


def test_titles_stay_on_one_line_and_fit(at: datetime, member: Member) -> None:
    tell([member.pk], message(title="Hello\r\nBcc: all@example.org\u2028" + "x" * 300), at=at)
    title = Notice.objects.get().title
    assert title.startswith("Hello Bcc: all@example.org xxx")
    assert (len(title), title[-1]) == (200, "…")


def test_a_mail_takes_the_place_of_one_that_waits(at: datetime, member: Member) -> None:
    other, elsewhere = MemberFactory(), "thing:2"
    about = {"subject": "thing:1", "delay": 600, "folds": ("test.happened",)}
    tell([member.pk], message(**about), at=at)
    tell([member.pk, other.pk], message(**about | {"subject": elsewhere, "dedupe": "y:1"}), at=at)
    later = at + timedelta(minutes=4)
    tell([member.pk, other.pk], message(**about | {"dedupe": "x:2"}), at=later)
    due = at + timedelta(minutes=10)
    rows = Notice.objects.order_by("pk").values_list("recipient_id", "dedupe_key", "mail_due_at")
    assert list(rows) == [
        (member.pk, "x:1", None),
        (member.pk, "y:1", due),
        (other.pk, "y:1", due),
        (member.pk, "x:2", due),
        (other.pk, "x:2", later + timedelta(minutes=10)),
    ]
