"""Writing: every refusal keeps what was typed, a double click posts once, and everything works without scripts."""

import re

import pytest
from django.db import connection
from django.utils import timezone

from community.models import Sanction
from forum.models import Post, Reading, Topic
from notifications.models import Notice
from tests.factories.community import MemberFactory
from tests.factories.forum import CategoryFactory, MembersOnlyFactory, TalkFactory, TopicFactory

TYPED = "It was a **long** evening & I wrote 300 words."
KEPT = "It was a **long** evening &amp; I wrote 300 words."


def reply_to(topic, client, **more):
    return client.post(f"/forum/reply/{topic.pk}/", {"body": TYPED, "client_key": "k1", **more})


def begin(client, category, **more):
    typed = {"category": category.pk, "title": "Pricing backups", "body": TYPED, "client_key": "k1", **more}
    return client.post("/forum/new/", typed)


def test_a_reply_leads_to_itself_and_a_double_click_to_the_same(signed_in, member):
    topic, client = TopicFactory(), signed_in(member)
    for _ in range(2):
        answer = reply_to(topic, client)
        assert (answer.status_code, answer["Location"]) == (302, f"/forum/t/{topic.pk}/{topic.slug}/2")
    page = client.get(answer["Location"], follow=True)
    assert "It was a <strong>long</strong> evening &amp; I wrote 300 words." in page.content.decode()
    assert topic.posts.count() == 2


def test_a_topic_leads_to_itself_and_a_double_click_to_the_same(signed_in, member):
    place, client = CategoryFactory(), signed_in(member)
    for _ in range(2):
        answer = begin(client, place)
        topic = Topic.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, topic.get_absolute_url())


def test_an_answer_knows_what_it_answers_and_a_quote_brings_the_words(signed_in, member):
    topic, client = TopicFactory(), signed_in(member)
    first = topic.posts.get()
    page = client.get(f"/forum/reply/{topic.pk}/?quote=1").content.decode()
    assert f"&gt; [{topic.author.shown_name}]({first.get_absolute_url()}) wrote:" in page
    assert f"&gt; {first.body}" in page
    assert '<input type="hidden" name="answers" value="1"' in page
    reply_to(topic, client, answers="1")
    assert topic.posts.get(number=2).answers == first


def test_htmx_gets_the_form_alone(signed_in, member):
    topic = TopicFactory()
    page = signed_in(member).get(f"/forum/reply/{topic.pk}/?to=1", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert f'action="/forum/reply/{topic.pk}/"' in page


def test_a_closed_topic_keeps_the_text(signed_in, member, at):
    topic = TopicFactory(closed_at=at)
    answer = reply_to(topic, signed_in(member))
    assert answer.status_code == 409
    assert "This topic is closed." in answer.content.decode()
    assert KEPT in answer.content.decode()


def test_the_silenced_keep_the_text_and_learn_why(signed_in, joined, group):
    topic = TopicFactory(category=TalkFactory(group=group))
    Sanction.objects.create(member=joined, group=group, kind="silence", reason="Too loud.", starts_at=timezone.now())
    for answer in (reply_to(topic, signed_in(joined)), begin(signed_in(joined), topic.category)):
        assert answer.status_code == 403
        assert "Too loud." in answer.content.decode()
        assert KEPT in answer.content.decode()


def test_too_fast_says_when_and_keeps_the_text(signed_in):
    newcomer, topic = MemberFactory(), TopicFactory()
    client = signed_in(newcomer)
    for n in range(10):
        assert reply_to(topic, client, client_key=f"k{n}").status_code == 302
    answer = reply_to(topic, client, client_key="k10")
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 300
    assert KEPT in answer.content.decode()
    assert topic.posts.count() == 11


def test_too_many_links_of_a_newcomer_are_refused_with_the_text_kept(signed_in):
    answer = reply_to(TopicFactory(), signed_in(MemberFactory()), body="https://a.example " * 3)
    assert answer.status_code == 403
    assert "2 links at most" in answer.content.decode()
    assert "https://a.example https://a.example" in answer.content.decode()


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("", "Write a few words first."),
        ("   ", "Write a few words first."),
        ("x" * 50_001, "That is 50001 characters; a post holds 50000."),
        ("x" * 1_000_000, "That is 1000000 characters; a post holds 50000."),
        ("語" * 25_000, "That is too long by about 5000 characters in this script."),
    ],
)
def test_nothing_and_too_much_are_said_clearly(signed_in, member, body, says):
    topic = TopicFactory()
    answer = reply_to(topic, signed_in(member), body=body)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert body.strip() in answer.content.decode()
    assert topic.posts.count() == 1


def test_no_box_cuts_what_is_pasted(signed_in, member):
    topic, client = TopicFactory(), signed_in(member)
    for address in (f"/forum/reply/{topic.pk}/", "/forum/new/", topic.get_absolute_url()):
        box = re.search(r"<textarea[^>]*name=.body[^>]*>", client.get(address).content.decode())[0]
        assert "maxlength" not in box


def test_every_browsers_line_ends_are_one_kind(signed_in, member):
    topic = TopicFactory()
    reply_to(topic, signed_in(member), body="one\r\ntwo")
    assert topic.posts.get(number=2).body == "one\ntwo"


def test_a_form_used_twice_for_different_words_keeps_the_second(signed_in, member):
    topic, client = TopicFactory(), signed_in(member)
    reply_to(topic, client)
    answer = reply_to(topic, client, body="Quite another thought")
    assert answer.status_code == 409
    assert "Quite another thought" in answer.content.decode()
    key = answer.context["form"]["client_key"].value()
    assert key != "k1"
    assert reply_to(topic, client, body="Quite another thought", client_key=key).status_code == 302
    assert topic.posts.count() == 3


def test_an_ended_session_loses_nothing(client, member):
    topic, place = TopicFactory(), CategoryFactory()
    for send, back in (
        (lambda: reply_to(topic, client), f"/forum/reply/{topic.pk}/"),
        (lambda: begin(client, place), "/forum/new/"),
    ):
        client.logout()
        answer = send()
        assert answer.status_code == 403
        assert KEPT in answer.content.decode()
        assert f"/account/login/?next={back}" in answer.content.decode()
        client.force_login(member)
        assert KEPT in client.get(back).content.decode()
        assert send().status_code == 302
        assert KEPT not in client.get(back).content.decode()


def test_an_ended_session_tells_nothing_of_a_closed_place_and_loses_nothing(client, joined, group):
    topic = TopicFactory(category=MembersOnlyFactory(group=group), title="Who owes us money")
    answer, nowhere = reply_to(topic, client, answers="1"), client.post("/forum/reply/999999/", {"body": TYPED})
    assert (answer.status_code, nowhere.status_code) == (403, 403)
    for page in (answer, nowhere):
        assert KEPT in page.content.decode()
        assert "Who owes us money" not in page.content.decode()
    reply_to(topic, client, answers="1")
    client.force_login(joined)
    form = client.get(f"/forum/reply/{topic.pk}/").context["form"]
    assert (form["body"].value(), form["answers"].value()) == (TYPED, 1)


def test_an_ended_session_keeps_a_change(client, joined, group):
    topic = TopicFactory(category=MembersOnlyFactory(group=group), author=joined, created_at=timezone.now())
    post = topic.posts.get()
    Post.objects.filter(pk=post.pk).update(created_at=timezone.now())
    typed = {"body": TYPED, "title": "A new title", "version": "1", "reason": "Clearer", "client_key": "e1"}
    answer = client.post(f"/forum/edit/{post.pk}/", typed)
    assert answer.status_code == 403
    assert f"/account/login/?next=/forum/edit/{post.pk}/" in answer.content.decode()
    client.force_login(joined)
    form = client.get(f"/forum/edit/{post.pk}/").context["form"]
    assert [form[name].value() for name in ("body", "title", "reason")] == [TYPED, "A new title", "Clearer"]
    assert client.post(f"/forum/edit/{post.pk}/", typed).status_code == 302
    assert client.get(f"/forum/edit/{post.pk}/").context["form"]["body"].value() == TYPED
    assert "kept" not in client.session


def test_visitors_are_led_to_sign_in(client, db):
    topic = TopicFactory()
    for address in ("/forum/new/?category=x", f"/forum/reply/{topic.pk}/?to=1"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/login/?next=")


def test_the_places_offered_are_those_one_may_write_in(signed_in, joined, group):
    mine, inner = TalkFactory(group=group), MembersOnlyFactory(group=group, name="Inner")
    site, elsewhere = CategoryFactory(), TalkFactory()
    client = signed_in(joined)
    offered = client.get("/forum/new/").context["form"].fields["category"].queryset
    assert set(offered) == {mine, inner, site}
    assert client.get(f"/forum/new/?category={mine.slug}").context["form"]["category"].value() == mine.pk
    assert begin(client, elsewhere).status_code == 422
    assert not Topic.objects.exists()


def test_the_preview_is_what_will_be_written(signed_in, client, member):
    inside = signed_in(member)
    html = "It was a <strong>long</strong> evening"
    assert html in inside.post("/forum/preview/", {"body": TYPED}).content.decode()
    topic, place = TopicFactory(), CategoryFactory()
    for answer in (
        reply_to(topic, inside, preview="1"),
        begin(inside, place, preview="1"),
        inside.post(
            f"/forum/edit/{Post.objects.create(topic=topic, author=member, number=2, body='x', body_html='x', render_version=1, client_key='z', created_at=timezone.now()).pk}/",
            {"body": TYPED, "preview": "1"},
        ),
    ):
        assert answer.status_code == 200
        assert html in answer.content.decode()
        assert KEPT in answer.content.decode()
    assert client.post("/forum/preview/", {"body": TYPED}).status_code == 403


def test_hostile_text_is_only_text(signed_in, member):
    topic, client = TopicFactory(), signed_in(member)
    reply_to(topic, client, body="<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1))")
    page = client.get(topic.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize("count", [1, 3])
def test_what_a_reply_costs(signed_in, joined, group, at, count, django_assert_num_queries):
    joined.trust = 1  # a newcomer's level is worked out after each post
    joined.save()
    topic, client = TopicFactory(category=TalkFactory(group=group), author=joined), signed_in(joined)
    reply_to(topic, client)
    # The member, how it stands for them, the topic, their pace, the transaction (2), the same under the lock, the post with
    # three counters and the read mark (all of it one statement on PostgreSQL), who watches and may hear of it
    cost = 9 if connection.vendor == "postgresql" else 13
    with django_assert_num_queries(cost):
        reply_to(topic, client, client_key="k2")
    for _ in range(count):
        Reading.objects.create(member=MemberFactory(), topic=topic, level="watching", last_number=1, read_at=at)
    # and how those of them wish to hear who are here, with what waits for each; the notices
    with django_assert_num_queries(cost + 2):
        reply_to(topic, client, client_key="k3")
    assert Notice.objects.count() == count
