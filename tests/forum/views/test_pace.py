"""What costs work, and marks, are asked for so often a minute; then the answer says how long to wait, and nothing is done."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from forum.models import Ballot, Follow
from tests.factories.community import MemberFactory
from tests.factories.forum import CategoryFactory, PollFactory, TopicFactory

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()
    yield
    cache.clear()


def test_previews_and_likenesses_have_a_pace_of_their_own_for_each_member(signed_in, db):
    ada, ben = signed_in(MemberFactory(trust=1)), signed_in(MemberFactory(trust=1))
    for _ in range(90):
        assert ada.post(reverse("forum:preview"), {"body": "x"}, headers=HTMX).status_code == 200
    refused = ada.post(reverse("forum:preview"), {"body": "x"}, headers=HTMX)
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert "wait a minute" in refused.content.decode()
    assert ben.post(reverse("forum:preview"), {"body": "x"}, headers=HTMX).status_code == 200
    asked = [ada.get(reverse("forum:similar"), {"title": "x"}).status_code for _ in range(91)]
    assert (asked[0], asked[-2:]) == (200, [200, 429])


def test_marks_share_one_and_looking_is_free(signed_in, db):
    member, place, topic = MemberFactory(trust=1), CategoryFactory(), TopicFactory()
    poll = PollFactory(post=topic.posts.get(number=1))
    client = signed_in(member)
    for n in range(60):
        level = "watching" if n % 2 else "tracking"
        assert client.post(reverse("forum:follow-category", args=[place.slug]), {"level": level}).status_code == 302
    refused = client.post(reverse("forum:vote", args=[poll.pk]), {"option": poll.options.first().pk})
    assert (refused.status_code, refused["Retry-After"], Ballot.objects.count()) == (429, "60", 0)
    assert "A little slower" in refused.content.decode()
    assert client.post(reverse("forum:bookmark", args=[poll.post_id]), {}).status_code == 429
    assert client.get(reverse("forum:bookmark", args=[poll.post_id])).status_code == 200
    assert Follow.objects.get(member=member).level == "watching"


def test_visitors_are_sent_to_sign_in_however_often(client, db):
    topic = TopicFactory()
    answers = {client.post(reverse("forum:follow", args=[topic.pk]), {"level": "muted"}).status_code for _ in range(61)}
    assert answers == {302}
