"""Questions, votes and hands: each once, in order, by whoever may."""

from datetime import timedelta

import pytest

from chat import queries
from chat.actions import questions
from chat.models import Hand, Question, Room, Vote
from community import registry
from community.models import LogEntry
from community.verdicts import NotAllowed
from moderation import registry as judging
from tests.factories.community import MembershipFactory


@pytest.fixture
def open_room(room, organiser, at):
    questions.set_asking(actor=organiser, room=room, is_asking=True, at=at)
    return Room.objects.select_related("group").get(pk=room.pk)


@pytest.fixture
def ask(open_room, joined, at):
    def asked(body="Which backup do you trust?", author=joined, key=None):
        return questions.ask(author=author, room=open_room, body=body, client_key=key or f"key-{body}", at=at)

    return asked


def test_a_room_takes_questions_when_those_who_look_after_it_say_so(room, joined, organiser, at):
    with pytest.raises(NotAllowed, match="takes no questions"):
        questions.ask(author=joined, room=room, body="Why?", client_key="key-why-why", at=at)
    with pytest.raises(NotAllowed, match="look after"):
        questions.set_asking(actor=joined, room=room, is_asking=True, at=at)
    for _ in range(2):
        questions.set_asking(actor=organiser, room=room, is_asking=True, at=at)
    assert LogEntry.objects.filter(kind="room.asking").count() == 1


def test_the_same_form_asks_once(ask, said, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert ask("Why?  \n really", key="key-same-same") == ask("Why? really", key="key-same-same")
    assert list(Question.objects.values_list("body", flat=True)) == ["Why? really"]
    assert [frame["type"] for _, frame in said] == ["questions.changed"]


def test_most_wanted_first_and_answered_last(ask, open_room, joined, organiser, group, at):
    others = [MembershipFactory(group=group).member for _ in range(2)]
    first, second, third = ask("One?"), ask("Two?"), ask("Three?")
    for member in others:
        questions.vote(member=member, question=third, is_on=True, at=at)
        questions.vote(member=member, question=third, is_on=True, at=at)
    for is_on in (True, False):
        questions.vote(member=others[0], question=first, is_on=is_on, at=at)
    questions.settle(actor=organiser, question=third, is_answered=True, at=at)
    found = queries.round_of(open_room, others[0]).questions
    assert [(q.pk, q.vote_count, q.is_mine) for q in found] == [
        (first.pk, 0, False),
        (second.pk, 0, False),
        (third.pk, 2, True),
    ]
    with pytest.raises(NotAllowed, match="takes no vote"):
        questions.vote(member=others[0], question=third, is_on=False, at=at)


def test_nobody_votes_for_themselves_and_outsiders_not_at_all(ask, joined, member, at):
    asked = ask()
    for someone, words in ((joined, "takes no vote"), (member, "no such room")):
        with pytest.raises(NotAllowed, match=words):
            questions.vote(member=someone, question=asked, is_on=True, at=at)
    assert not Vote.objects.exists()


def test_only_its_author_withdraws_and_only_who_runs_it_settles(ask, joined, organiser, group, at):
    asked, other = ask(), MembershipFactory(group=group).member
    with pytest.raises(NotAllowed, match="Only the one who asked"):
        questions.withdraw(author=other, question=asked, at=at)
    with pytest.raises(NotAllowed, match="look after"):
        questions.settle(actor=joined, question=asked, is_answered=True, at=at)
    for _ in range(2):
        questions.withdraw(author=joined, question=asked, at=at)
    assert not Question.objects.standing().exists()


def test_five_wait_and_no_more(ask, joined, organiser, at):
    made = [ask(f"Number {n}?") for n in range(5)]
    with pytest.raises(NotAllowed, match="5 of your questions wait"):
        ask("One more?")
    questions.settle(actor=organiser, question=made[0], is_answered=True, at=at)
    assert ask("One more?")
    with pytest.raises(NotAllowed, match="What is your question"):
        ask("  ")


def test_hands_keep_their_order_and_go_down_once_they_have_spoken(open_room, joined, organiser, group, at):
    other = MembershipFactory(group=group).member
    for n, member in enumerate((joined, other, joined)):
        questions.raise_hand(member=member, room=open_room, at=at + timedelta(seconds=n))
    assert [hand.member for hand in queries.round_of(open_room, joined).hands] == [joined, other]
    with pytest.raises(NotAllowed, match="look after"):
        questions.lower_hand(actor=other, room=open_room, member=joined, at=at)
    questions.lower_hand(actor=organiser, room=open_room, member=joined, at=at)
    questions.lower_hand(actor=other, room=open_room, member=other, at=at)
    found = Hand.objects.order_by("pk").values_list("member", "has_spoken", "lowered_at")
    assert list(found) == [(joined.pk, True, at), (other.pk, False, at)]
    questions.raise_hand(member=joined, room=open_room, at=at)
    assert queries.round_of(open_room, joined).is_hand_up


def test_a_question_can_be_judged_like_anything_said(ask, joined, member, group, at):
    asked = ask()
    kind = judging.kind("question")
    subject = judging.find("question", asked.pk)
    assert (subject.author, subject.group, subject.text, subject.is_hidden) == (joined, group, asked.body, False)
    assert [kind.visible_to(who, asked.pk) for who in (joined, member)] == [True, False]
    kind.hide(asked.pk, at)
    kind.hide(asked.pk, at)
    assert (judging.find("question", asked.pk).is_hidden, Question.objects.standing().exists()) == (True, False)
    kind.restore(asked.pk, at)
    assert Question.objects.standing().exists()


def test_what_is_held_of_a_member_is_exported_and_goes_with_them(ask, open_room, joined, organiser, at):
    theirs, mine = ask("Theirs?", author=organiser), ask("Mine?")
    questions.vote(member=joined, question=theirs, is_on=True, at=at)
    questions.raise_hand(member=joined, room=open_room, at=at)
    exported = registry.exports(joined)
    assert [row["question"] for row in exported["chat-questions"]] == ["Mine?"]
    assert [row["question"] for row in exported["chat-votes"]] == ["Theirs?"]
    assert [row["has_spoken"] for row in exported["chat-hands"]] == [False]
    registry.announce("departed", member=joined, at=at)
    assert (Vote.objects.count(), Hand.objects.count()) == (0, 0)
    assert set(Question.objects.values_list("pk", flat=True)) == {theirs.pk, mine.pk}
