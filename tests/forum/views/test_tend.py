"""Looking after a topic: the page, what its buttons do, the lines between posts, old addresses."""

import pytest

from forum.actions import keeping, moving
from forum.models import Topic
from tests.factories.community import MemberFactory
from tests.factories.forum import CategoryFactory, TalkFactory, TopicFactory


@pytest.fixture
def topic(group):
    return TopicFactory(category=TalkFactory(group=group), title="Prices", posts=25)


def page(client, address) -> str:
    return client.get(address).content.decode()


def tend(topic, verb="") -> str:
    return f"/forum/tend/{topic.pk}/{verb}"


def test_an_organiser_archives_slows_and_moves_it_and_the_topic_says_so(signed_in, client, organiser, group, topic):
    other, who = TalkFactory(group=group, name="Jobs"), signed_in(organiser)
    assert "Look after this topic" in page(who, tend(topic))
    for verb, data in (
        ("pace/", {"seconds": "900"}),
        ("archive/", {}),
        ("archive/", {"archived": "0"}),
        ("move/", {"place": other.pk}),
    ):
        assert who.post(tend(topic, verb), data)["Location"] == topic.get_absolute_url()
    text = page(client, f"{topic.get_absolute_url()}?page=2")
    name = organiser.shown_name
    lines = [
        f"{name} slowed this down: one post every 15 minutes",
        f"{name} put this into the archive",
        f"{name} moved this here from Talk",
    ]
    assert [line in text for line in lines] == [True] * 3
    assert "Taken slowly" in text
    assert Topic.objects.get(pk=topic.pk).category == other


def test_a_slow_topic_answers_with_retry_after_and_keeps_the_words(signed_in, organiser, joined, topic):
    keeping.slow_down(actor=organiser, topic=topic, seconds=900, at=topic.created_at)
    writer = signed_in(joined)
    assert writer.post(f"/forum/reply/{topic.pk}/", {"body": "One", "client_key": "1"}).status_code == 302
    answer = writer.post(f"/forum/reply/{topic.pk}/", {"body": "Second thoughts", "client_key": "2"})
    assert (answer.status_code, 0 < int(answer["Retry-After"]) <= 900) == (429, True)
    assert "Second thoughts</textarea>" in answer.content.decode()


def test_what_was_typed_stays_and_the_reason_is_said(signed_in, organiser, topic):
    who = signed_in(organiser)
    answer = who.post(tend(topic, "join/"), {"into": "nonsense"})
    assert (answer.status_code, "There is no such topic." in answer.content.decode()) == (422, True)
    answer = who.post(tend(topic, "move/"), {"place": "999"})
    assert (answer.status_code, "Choose one of these places." in answer.content.decode()) == (422, True)
    answer = who.post(tend(topic, "split/"), {"title": "Mine", "place": topic.category_id})
    assert (answer.status_code, 'value="Mine"' in answer.content.decode()) == (422, True)


def test_splitting_from_a_page_onwards_leads_old_addresses_on(signed_in, client, organiser, topic):
    who = signed_in(organiser)
    assert 'value="21"' in page(who, tend(topic, "split/?page=2"))
    form = {"numbers": ["21", "23"], "onwards": "on", "title": "A second subject", "place": topic.category_id}
    address = who.post(tend(topic, "split/?page=2"), form)["Location"]
    new = Topic.objects.get(title="A second subject")
    assert (address, new.post_count) == (new.get_absolute_url(), 4)
    answer = client.get(f"/forum/t/{topic.pk}/{topic.slug}/24")
    assert (answer.status_code, answer["Location"]) == (301, new.posts.get(number=3).get_absolute_url())
    text = page(client, f"{topic.get_absolute_url()}?page=2")
    assert "#23 to #25 moved to" in text
    assert "moved posts from here to" in text
    assert "(4 posts)" in text


def test_a_joined_topic_leads_on_page_by_page(signed_in, client, organiser, group, topic):
    into = TopicFactory(category=topic.category, title="All prices", posts=2)
    joined = signed_in(organiser).post(
        tend(topic, "join/"), {"into": f"http://localhost:8000{into.get_absolute_url()}"}
    )
    assert joined["Location"] == into.get_absolute_url()
    for address, number in ((topic.get_absolute_url(), 3), (f"{topic.get_absolute_url()}?page=2", 23)):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (301, into.posts.get(number=number).get_absolute_url())
    assert client.get(f"{topic.get_absolute_url()}99").status_code == 404
    assert "joined this with “Prices”" in page(client, into.get_absolute_url())


def test_what_moved_behind_a_door_is_not_named_before_it(signed_in, client, organiser, joined, group, topic):
    inner = TalkFactory(group=group, name="Inner", visible_to_whom="organisers")
    moving.split(actor=organiser, topic=topic, numbers=[2], title="Layoffs", place=inner, at=topic.created_at)
    for who in (client, signed_in(joined)):
        text = page(who, topic.get_absolute_url())
        assert "Layoffs" not in text
        assert "#2 was taken down." in text
        assert who.get(f"{topic.get_absolute_url()}2").status_code == 404
        assert "Layoffs" not in page(who, f"{topic.get_absolute_url()}?page=2")
    assert "Layoffs" in page(signed_in(organiser), topic.get_absolute_url())


def test_a_topic_pinned_for_the_site_stands_on_top_of_the_forum(signed_in, client, organiser, topic):
    TopicFactory(category=CategoryFactory(), title="Of today", last_posted_at=topic.last_posted_at.replace(year=2027))
    assert signed_in(organiser).post(tend(topic, "everywhere/")).status_code == 403
    assert signed_in(MemberFactory(is_moderator=True)).post(tend(topic, "everywhere/")).status_code == 302
    text = page(client, "/forum/")
    assert text.index(">Prices</a>") < text.index("Of today")
    assert text.count(">Prices</a>") == 1


@pytest.mark.parametrize("count", [1, 3])
def test_what_acts_and_gaps_cost(client, organiser, topic, count, django_assert_num_queries):
    for n in range(count):
        moving.split(
            actor=organiser, topic=topic, numbers=[2 + n], title=f"Part {n}", place=topic.category, at=topic.created_at
        )
    # how it stands, the topic, posts, labels, acts, what moved
    with django_assert_num_queries(6):
        client.get(topic.get_absolute_url())
