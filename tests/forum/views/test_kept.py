"""Pages kept for visitors: free when nothing changed, new at once when something did, and never anybody's own."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.front.wsgi import Front
from forum.actions import posts, topics
from forum.models import Category
from tests.config.front.small import ask
from tests.factories.community import MemberFactory, MembershipFactory
from tests.factories.forum import MembersOnlyFactory, TalkFactory, TopicFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def front() -> Front:
    return Front(get_wsgi_application())


@pytest.fixture
def topic(group):
    author = MembershipFactory(group=group).member
    return TopicFactory(category=TalkFactory(group=group), author=author, title="Backups that work")


def addresses(topic) -> list[str]:
    category = topic.category
    return [
        topic.get_absolute_url(),
        "/forum/",
        category.get_absolute_url(),
        f"/groups/{category.group.slug}/forum/",
        "/forum/latest.rss",
        f"/forum/c/{category.slug}/feed.rss",
        f"/groups/{category.group.slug}/feed.rss",
    ]


def test_the_second_visitor_costs_no_query(front, topic):
    for address in addresses(topic):
        first = ask(front, address)
        assert first[0] == "200 OK"
        with CaptureQueriesContext(connection) as asked:
            assert ask(front, address) == first
        assert len(asked) == 0, address


def test_a_new_topic_and_a_new_reply_are_seen_at_once(front, topic, at):
    for address in addresses(topic):
        ask(front, address)
    opened = topics.open(
        author=topic.author, category=topic.category, title="Brand new", body="Hello", client_key="k", at=at
    )
    for address in addresses(topic)[1:]:
        assert b"Brand new" in ask(front, address)[2], address
    page = opened.get_absolute_url()
    assert b"So true" not in ask(front, page)[2]
    post = posts.reply(author=topic.author, topic=opened, body="So true", client_key="k2", at=at)
    assert b"So true" in ask(front, page)[2]
    posts.edit(author=topic.author, post=post, body="Or is it", at=at)
    assert b"Or is it" in ask(front, page)[2]
    posts.hide(post_id=post.pk, at=at)
    assert b"Or is it" not in ask(front, page)[2]
    topics.hide(topic_id=opened.pk, at=at)
    assert ask(front, page)[0] == "404 Not Found"
    for address in addresses(topic):
        assert b"Brand new" not in ask(front, address)[2], address


def test_a_reply_elsewhere_leaves_a_topic_where_it_is(front, topic, at):
    other = TopicFactory(category=topic.category, author=topic.author)
    page = topic.get_absolute_url()
    ask(front, page)
    posts.reply(author=topic.author, topic=other, body="Elsewhere", client_key="k", at=at)
    with CaptureQueriesContext(connection) as asked:
        ask(front, page)
    assert len(asked) == 0


def test_what_a_member_reads_is_never_kept_or_shown_to_a_visitor(front, topic, group):
    member = MembershipFactory(group=group).member
    secret = TopicFactory(category=MembersOnlyFactory(group=group, name="Inside"), title="For us alone")
    client = Client()
    client.force_login(member)
    session = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    for address in [*addresses(topic)[:4], secret.get_absolute_url()]:
        ask(front, address, cookie=session)
    assert b"For us alone" in ask(front, addresses(topic)[1], cookie=session)[2]
    for address in addresses(topic):
        said = ask(front, address)[2]
        assert b"For us alone" not in said
        assert b"csrf" not in said.lower()
    assert ask(front, secret.get_absolute_url())[0] == "404 Not Found"
    kept = ask(front, topic.get_absolute_url())[2]
    assert ask(front, topic.get_absolute_url(), cookie=session)[2] != kept


def test_a_place_that_closes_to_visitors_is_gone_for_them(front, topic):
    ask(front, topic.get_absolute_url())
    with_changes = topic.category
    with_changes.visible_to_whom = Category.Audience.MEMBERS
    with_changes.save()
    from live.changes import EVERYTHING, changed

    changed(EVERYTHING)
    assert ask(front, topic.get_absolute_url())[0] == "404 Not Found"


def test_who_leaves_for_good_is_unsigned_at_once(front, topic, at):
    from community.actions.departure import depart

    leaver = MemberFactory(display_name="Ada Leaver")
    theirs = TopicFactory(author=leaver)
    assert b"Ada Leaver" in ask(front, theirs.get_absolute_url())[2]
    depart(member=leaver, at=at)
    assert b"Ada Leaver" not in ask(front, theirs.get_absolute_url())[2]


def test_a_stampede_on_a_topic_renders_once(topic):
    pages, rendered, lock = get_wsgi_application(), [], threading.Lock()

    def counted(environ, start_response):
        with lock:
            rendered.append(environ["PATH_INFO"])
        try:
            return [b"".join(pages(environ, start_response))]
        finally:
            connections.close_all()

    front = Front(counted)
    with ThreadPoolExecutor(12) as crowd:
        answers = list(crowd.map(lambda _: ask(front, topic.get_absolute_url()), range(12)))
    assert rendered == [topic.get_absolute_url()]
    assert {answer[0] for answer in answers} == {"200 OK"}
    assert len({answer[2] for answer in answers}) == 1
