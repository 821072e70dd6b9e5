"""A topic as a tree and page by page: order, depth, permalinks, what is answered, and what the longest one costs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forum.actions import posts, trees
from forum.actions.recount import recount
from forum.models import Post, Reading
from forum.models.post import DEEPEST, STEP
from tests.factories.community import MemberFactory
from tests.factories.forum import MembersOnlyFactory, PostFactory, TopicFactory

MOST_QUERIES = 12


def numbers(page) -> list[int]:
    return [int(n) for n in re.findall(r'<article class="post[^"]*" id="p(\d+)"', page.content.decode())]


def depths(page) -> list[int]:
    return [int(n) for n in re.findall(r'class="post deep deep-(\d)', page.content.decode())]


@pytest.fixture
def topic(db):
    """1, and below it 2 (4 (5), 7) and 3 (6)."""
    topic = TopicFactory()
    for number, above in ((2, 1), (3, None), (4, 2), (5, 4), (6, 3), (7, 2)):
        answers = topic.posts.get(number=above) if above else None
        PostFactory(topic=topic, number=number, answers=answers)
    topic.last_number = topic.last_shown_number = topic.post_count = 7
    topic.save()
    return topic


@pytest.fixture
def long(db):
    """A topic of 10,000 posts, each the answer to the one ten before it."""
    topic = TopicFactory()
    rows = [
        Post(
            topic=topic,
            author=topic.author,
            number=number,
            body="x",
            body_html="<p>x</p>",
            render_version=1,
            client_key=f"long-{number}",
            created_at=topic.created_at,
            path=f"{number:06}",
        )
        for number in range(2, 10_001)
    ]
    Post.objects.bulk_create(rows, batch_size=1000)
    topic.last_number = topic.last_shown_number = topic.post_count = 10_000
    topic.save()
    return topic


def test_a_tree_shows_each_post_below_the_one_it_answers(client, topic):
    page = client.get(f"{topic.get_absolute_url()}?as=tree")
    assert numbers(page) == [1, 2, 4, 5, 7, 3, 6]
    assert depths(page) == [0, 0, 1, 2, 1, 0, 1]
    assert "in reply to" not in page.content.decode().replace("in reply to #1", "")
    assert numbers(client.get(topic.get_absolute_url())) == [1, 2, 3, 4, 5, 6, 7]


def test_the_deepest_answers_stand_side_by_side(member, at):
    topic, above = TopicFactory(), None
    for step in range(DEEPEST + 3):
        above = posts.reply(
            author=MemberFactory(trust=2), topic=topic, body="x", client_key=f"{step}", answers=above, at=at
        )
    found = topic.posts.order_by("number").values_list("path", flat=True)
    assert [len(path) // STEP for path in found] == [1, 1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 8]
    assert sorted(found) == list(found)
    assert recount(repair=False) == []


def test_a_wrong_path_is_found_and_put_right(topic):
    Post.objects.filter(topic=topic, number=4).update(path="x")
    wrong = [each for each in recount(repair=True) if each.field == "path"]
    assert [(each.kept, each.real) for each in wrong] == [("x", "000002000004")]
    assert list(trees.differences(repair=False)) == []
    Post.objects.filter(topic=topic).update(path="")
    trees.again(topic)
    assert list(trees.differences(repair=False)) == []


def test_a_tree_goes_on_by_key_and_back(client, db):
    topic = TopicFactory(posts=45)
    first = client.get(f"{topic.get_absolute_url()}?as=tree")
    second = client.get(f"{topic.get_absolute_url()}?as=tree&from={first.context['page'].later}")
    third = client.get(f"{topic.get_absolute_url()}?as=tree&from={second.context['page'].later}")
    assert [numbers(page) for page in (first, second, third)] == [
        list(range(1, 21)),
        list(range(21, 41)),
        list(range(41, 46)),
    ]
    assert (first.context["page"].earlier, third.context["page"].later) == (None, None)
    back = client.get(f"{topic.get_absolute_url()}?as=tree&from={third.context['page'].earlier}")
    assert numbers(back) == list(range(21, 41))
    assert numbers(client.get(f"{topic.get_absolute_url()}?as=tree&from=nonsense")) == list(range(1, 21))


def test_a_members_choice_is_remembered_and_a_visitors_is_not(client, signed_in, member, topic):
    address = topic.get_absolute_url()
    for who, remembered in ((client, [1, 2, 3, 4, 5, 6, 7]), (signed_in(member), [1, 2, 4, 5, 7, 3, 6])):
        who.get(f"{address}?as=tree")
        assert numbers(who.get(address)) == remembered
    mine = signed_in(member)
    mine.get(f"{address}?as=tree")
    assert mine.get(f"{address}5")["Location"] == f"{address}?from=000002000004000005#p5"
    mine.get(f"{address}?as=flat")
    assert mine.get(f"{address}5")["Location"] == f"{address}#p5"


def test_a_stretch_of_a_tree_reads_only_what_it_shows_without_a_gap(signed_in, member, at):
    topic = TopicFactory(posts=25)
    Post.objects.filter(topic=topic, number=25).update(answers=topic.posts.get(number=2), path="000002000025")
    client, address = signed_in(member), f"{topic.get_absolute_url()}?as=tree"
    page = client.get(address)
    assert numbers(page)[:3] == [1, 2, 25]
    assert Reading.objects.get().last_number == 19
    client.get(f"{address}&from={page.context['page'].later}")
    assert Reading.objects.get().last_number == 24
    client.get(address)
    assert Reading.objects.get().last_number == 25


def test_what_is_answered_unfolds_and_leaks_nothing(client, signed_in, joined, group, topic):
    post = topic.posts.get(number=4)
    page = client.get(topic.get_absolute_url()).content.decode()
    assert f'hx-get="/forum/context/{post.pk}/"' in page
    assert f'<a href="{post.get_absolute_url()}">Go to #4</a>' in page
    answer = client.get(f"/forum/context/{post.pk}/", headers={"HX-Request": "true"})
    assert post.body in answer.content.decode()
    assert client.get(f"/forum/context/{post.pk}/")["Location"] == post.get_absolute_url()
    secret = TopicFactory(category=MembersOnlyFactory(group=group)).posts.get()
    assert client.get(f"/forum/context/{secret.pk}/", headers={"HX-Request": "true"}).status_code == 404
    inside = signed_in(joined).get(f"/forum/context/{secret.pk}/", headers={"HX-Request": "true"})
    assert secret.body in inside.content.decode()


def test_the_next_page_can_be_put_in_place(client, db):
    topic = TopicFactory(posts=45)
    page = client.get(topic.get_absolute_url()).content.decode()
    more = 'href="?page=2" hx-get="?page=2" hx-select="#posts > *" hx-target="#posts" hx-swap="beforeend"'
    assert f'{more} hx-select-oob="#pages" hx-replace-url="true">Later' in page
    assert '<div id="pages">' in page


def test_the_longest_topic_costs_what_a_short_one_does(client, signed_in, member, long):
    short, address = TopicFactory(posts=25), long.get_absolute_url()
    mine = signed_in(member)
    mine.get(short.get_absolute_url())

    def cost(where: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert mine.get(where).status_code == 200
        assert not [each["sql"] for each in asked.captured_queries if "OFFSET" in each["sql"]]
        return len(asked)

    assert mine.get(f"{address}9876")["Location"] == f"{address}?page=494#p9876"
    mine.get(f"{address}?page=500")
    mine.get(f"{short.get_absolute_url()}?page=2")
    flat = {cost(f"{address}?page={page}") for page in (494, 1)} | {cost(f"{short.get_absolute_url()}?page=1")}
    tree = {cost(f"{where}?as=tree") for where in (address, short.get_absolute_url())}
    assert (len(flat), len(tree), max(flat | tree) <= MOST_QUERIES) == (1, 1, True)
    assert cost(f"{address}?as=tree&from=009861") == max(tree) + 1
