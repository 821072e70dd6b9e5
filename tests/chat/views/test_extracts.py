"""Making a topic and answering for one's own words, on pages without a script."""

import pytest

from chat.models import Citation, Extract
from forum.models import Category, Topic
from tests.factories.chat import MessageFactory
from tests.factories.community import MembershipFactory
from tests.factories.forum import TalkFactory


@pytest.fixture
def place(group):
    return TalkFactory(group=group, visible_to_whom=Category.Audience.EVERYONE)


def test_ticking_naming_and_what_waits(room, group, joined, place, signed_in):
    other = MembershipFactory(group=group).member
    mine, theirs = MessageFactory(room=room, author=joined), MessageFactory(room=room, author=other)
    client, here = signed_in(joined), f"/chat/{room.pk}/topic/"
    page = client.get(f"{here}?at={theirs.seq}")
    assert f'value="{theirs.seq}" checked' in page.text
    assert "without asking" not in page.text
    given = {"numbers": [mine.seq, theirs.seq], "title": "A rack", "category": place.pk}
    answer = client.post(here, given, follow=True)
    assert answer.request["PATH_INFO"] == Topic.objects.get().get_absolute_url()
    assert "One message waits for their authors to agree" in answer.text
    assert theirs.body not in answer.text

    theirs_client = signed_in(other)
    asked = theirs_client.get("/chat/asked/")
    assert theirs.body in asked.text
    waiting = Citation.objects.get(state="asked")
    assert client.post(f"/chat/asked/{waiting.pk}/", {"answer": "yes"}).status_code == 404
    theirs_client.post(f"/chat/asked/{waiting.pk}/", {"answer": "yes"})
    assert theirs.body in client.get(Topic.objects.get().get_absolute_url()).text
    assert "in a topic" in client.get(f"/chat/{room.pk}/").text


@pytest.mark.parametrize(
    ("given", "words"),
    [({"numbers": [], "title": "x"}, "Tick at least one message"), ({"numbers": [1], "title": ""}, "required")],
)
def test_what_is_missing_is_said(room, joined, place, signed_in, given, words):
    MessageFactory(room=room, author=joined)
    answer = signed_in(joined).post(f"/chat/{room.pk}/topic/", given | {"category": place.pk})
    assert (answer.status_code, words in answer.text, Extract.objects.count()) == (422, True, 0)


def test_a_reason_of_one_who_may_not_decide_is_refused_in_words(room, joined, place, signed_in):
    MessageFactory(room=room, author=joined)
    given = {"numbers": [1], "title": "x", "category": place.pk, "decided_why": "Because"}
    answer = signed_in(joined).post(f"/chat/{room.pk}/topic/", given)
    assert (answer.status_code, "The authors can be asked" in answer.text) == (422, True)
