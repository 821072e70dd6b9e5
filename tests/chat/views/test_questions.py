"""The page of questions, without a script."""

import pytest

from chat.models import Hand, Question, Room
from tests.factories.community import MembershipFactory


@pytest.fixture
def here(room):
    Room.objects.filter(pk=room.pk).update(is_asking=True)
    return f"/chat/{room.pk}/questions/"


def test_asking_voting_and_answering_by_forms(here, room, joined, organiser, signed_in):
    asker, host = signed_in(joined), signed_in(organiser)
    given = {"body": "Which backup do you trust?", "key": "key-of-the-page"}
    assert asker.post(f"{here}ask/", given).headers["Location"].startswith(here)
    question = Question.objects.get()
    assert "I want this too" not in asker.get(here).text
    assert "I want this too" in host.get(here).text
    host.post(f"{here}{question.pk}/", {"act": "vote"})
    page = host.get(here, {"part": "list"})
    assert "You want this too" in page.text
    assert "<html" not in page.text
    host.post(f"{here}{question.pk}/", {"act": "answered"})
    assert "question-answered" in asker.get(here).text
    assert "out of date" in host.post(f"{here}{question.pk}/", {"act": "dance"}, follow=True).text
    assert "Questions</a>" in asker.get(f"/chat/{room.pk}/").text


def test_raising_a_hand_and_having_spoken(here, joined, organiser, signed_in):
    asker, host = signed_in(joined), signed_in(organiser)
    asker.post(f"{here}hand/", {"act": "raise"})
    assert "Lower my hand" in asker.get(here).text
    assert "Has spoken" not in asker.get(here).text
    assert "Has spoken" in host.get(here).text
    host.post(f"{here}hand/", {"act": "spoken", "member": joined.pk})
    assert Hand.objects.get().has_spoken


def test_what_cannot_be_asked_comes_back_with_the_reason(here, joined, signed_in):
    client = signed_in(joined)
    for given, words in (({"body": "", "key": "key-of-page"}, "What is your question?"),):
        answer = client.post(f"{here}ask/", given)
        assert (answer.status_code, words in answer.text) == (422, True)
    Room.objects.update(is_asking=False)
    answer = client.post(f"{here}ask/", {"body": "Still?", "key": "key-of-page"})
    assert (answer.status_code, "takes no questions" in answer.text, "Still?" in answer.text) == (422, True, True)


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_with_one_question_and_with_three(
    here, room, group, joined, count, at, signed_in, django_assert_num_queries
):
    for n in range(count):
        author = MembershipFactory(group=group).member
        Question.objects.create(room=room, author=author, body=f"{n}?", client_key=f"key-{n}", asked_at=at)
        Hand.objects.create(room=room, member=author, raised_at=at)
    client = signed_in(joined)
    client.get(here)
    with django_assert_num_queries(8):
        client.get(here)
