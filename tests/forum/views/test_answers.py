"""Reactions and votes over HTTP: buttons without scripts, results for those who may see them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forum.models import Ballot, Post
from tests.factories.community import MemberFactory
from tests.factories.forum import PollFactory, TopicFactory


@pytest.fixture
def poll():
    topic = TopicFactory()
    return PollFactory(post=topic.posts.get())


def option(poll, position):
    return poll.options.get(position=position).pk


def page_of(poll, client):
    return client.get(poll.post.topic.get_absolute_url()).content.decode()


def test_a_reaction_is_a_button_and_htmx_gets_the_line(signed_in, member):
    post, mine = TopicFactory().posts.get(), signed_in(member)
    assert mine.post(f"/forum/react/{post.pk}/", {"kind": "thanks"}).status_code == 302
    line = mine.post(f"/forum/react/{post.pk}/", {"kind": "agree"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in line
    assert line.count('aria-pressed="true"') == 2
    mine.post(f"/forum/react/{post.pk}/", {"kind": "agree", "on": "0"})
    assert Post.objects.get(pk=post.pk).reactions == {"thanks": 1}
    assert member.shown_name in mine.get(f"/forum/reactions/{post.pk}/").content.decode()
    assert mine.post(f"/forum/react/{post.pk}/", {"kind": "dislike"}).status_code == 404


def test_visitors_read_counts_and_press_nothing(client, member):
    post = TopicFactory().posts.get()
    Post.objects.filter(pk=post.pk).update(reactions={"thanks": 3})
    page = client.get(post.topic.get_absolute_url()).content.decode()
    assert 'Thanks<span class="figures">3</span>' in page
    assert "forum/react/" not in page


def test_vote_then_see_how_it_stands_change_and_take_back(poll, signed_in, member):
    mine = signed_in(member)
    assert "How it stands is shown" not in page_of(poll, mine)
    assert 'class="poll-lines"' not in page_of(poll, mine)
    for position in (1, 2):
        mine.post(f"/forum/vote/{poll.pk}/", {"option": option(poll, position)})
    assert Ballot.objects.get().choices.get().option.text == "Wednesday"
    page = page_of(poll, mine)
    assert 'class="poll-lines"' in page
    assert "Your vote" in page
    assert member.shown_name in mine.get(f"/forum/votes/{poll.pk}/").content.decode()
    mine.post(f"/forum/vote/{poll.pk}/", {"back": "1"})
    assert Ballot.objects.count() == 0


def test_an_empty_ballot_says_so(poll, signed_in, member):
    answer = signed_in(member).post(f"/forum/vote/{poll.pk}/", {})
    assert answer.status_code == 422
    assert "Choose first, then vote." in answer.content.decode()


def test_the_archive_takes_no_answers_and_a_visitor_reads_the_choices(poll, client, signed_in, member):
    page = page_of(poll, client)
    assert "<li>Tuesday</li>" in page
    assert f'<a href="/account/login/?next={poll.post.topic.get_absolute_url()}">Sign in to vote.</a>' in page
    poll.post.topic.archived_at = timezone.now()
    poll.post.topic.save(update_fields=["archived_at"])
    mine = signed_in(member)
    page = page_of(poll, mine)
    assert ("in the archive" in page, 'class="ballot"' in page) == (True, False)
    for path, sent in (("vote", {"option": option(poll, 1)}), ("react", {"kind": "thanks"})):
        key = poll.pk if path == "vote" else poll.post_id
        assert mine.post(f"/forum/{path}/{key}/", sent).status_code == 403
    assert (Ballot.objects.count(), Post.objects.get(pk=poll.post_id).reactions) == (0, {})
    author = signed_in(poll.post.author)
    assert author.get(f"/forum/edit/{poll.post_id}/").status_code == 403
    assert f"/forum/edit/{poll.post_id}/" not in page_of(poll, author)


def test_two_in_the_same_place_are_not_ranked(signed_in, member):
    poll = PollFactory(post=TopicFactory().posts.get(), kind="ranked")
    typed = {f"place-{option(poll, 1)}": "1", f"place-{option(poll, 2)}": "1"}
    mine = signed_in(member)
    again = mine.post(f"/forum/vote/{poll.pk}/", typed)
    page = again.content.decode()
    assert (again.status_code, "same place" in page, page.count('value="1" selected')) == (422, True, 2)
    typed[f"place-{option(poll, 1)}"] = "2"
    mine.post(f"/forum/vote/{poll.pk}/", typed)
    chosen = Ballot.objects.get().choices.order_by("rank").values_list("option__text", flat=True)
    assert list(chosen) == ["Wednesday", "Tuesday"]


def test_results_and_names_wait_for_those_who_may_see_them(client, signed_in, member):
    later = timezone.now() + timedelta(days=1)
    poll = PollFactory(post=TopicFactory().posts.get(), closes_at=later, is_shown_at_end=True)
    mine = signed_in(member)
    mine.post(f"/forum/vote/{poll.pk}/", {"option": option(poll, 1)})
    assert "shown when the poll has closed" in page_of(poll, mine)
    assert mine.get(f"/forum/votes/{poll.pk}/").status_code == 404
    poll.closes_at = timezone.now()
    poll.save()
    assert 'class="poll-lines"' in page_of(poll, client)
    assert client.get(f"/forum/votes/{poll.pk}/").status_code == 200
    poll.is_secret = True
    poll.save()
    assert mine.get(f"/forum/votes/{poll.pk}/").status_code == 404


def test_a_page_with_polls_costs_the_same_and_two_more_than_without(signed_in):
    mine = signed_in(MemberFactory())
    topic = TopicFactory(posts=3)
    mine.get(topic.get_absolute_url())
    counted = []
    with CaptureQueriesContext(connection) as context:
        mine.get(topic.get_absolute_url())
    plain = len(context)
    for number in (1, 2, 3):
        PollFactory(post=topic.posts.get(number=number))
        with CaptureQueriesContext(connection) as context:
            mine.get(topic.get_absolute_url())
        counted.append(len(context))
    assert counted == [plain + 2] * 3
