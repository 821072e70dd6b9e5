"""Drafts are offered where they were begun, on any device; every form keeps its words; nobody reads another's."""

import pytest

from forum.actions import drafts, posts
from forum.models import Draft, Place, Topic
from tests.factories.forum import CategoryFactory, MembersOnlyFactory, TopicFactory

JSON = {"Accept": "application/json"}


def save(client, place, body="Half a sentence", sequence=1, script=True, **typed):
    typed = {"place": place, "body": body, "sequence": sequence, "client_key": "k1", **typed}
    return client.post("/forum/drafts/save/", typed, headers=JSON if script else {})


def test_a_reply_is_offered_where_it_was_begun_and_gone_when_posted(signed_in, member):
    topic, client = TopicFactory(), signed_in(member)
    assert save(client, f"topic:{topic.pk}", answers="1").json()["sequence"] == 1
    elsewhere = signed_in(member)
    for address in (topic.get_absolute_url(), f"/forum/reply/{topic.pk}/"):
        text = elsewhere.get(address).content.decode()
        assert ">\nHalf a sentence</textarea>" in text or ">Half a sentence</textarea>" in text
        assert 'name="sequence" value="1"' in text
        assert 'name="client_key" value="k1"' in text
        assert 'name="answers" value="1"' in text
        assert "Your draft, kept" in text
    elsewhere.post(f"/forum/reply/{topic.pk}/", {"body": "Half a sentence", "client_key": "k1", "answers": "1"})
    assert topic.posts.get(number=2).answers.number == 1
    assert "Your draft, kept" not in client.get(topic.get_absolute_url()).content.decode()
    assert save(client, f"topic:{topic.pk}").status_code == 410


def test_a_topic_is_offered_in_its_place_with_all_that_was_chosen(signed_in, member):
    place, other, client = CategoryFactory(), CategoryFactory(), signed_in(member)
    save(client, f"category:{place.pk}", category=other.pk, title="Back")
    form = client.get(f"/forum/new/?category={place.slug}").context["form"]
    assert [form[name].value() for name in ("category", "title", "body")] == [str(other.pk), "Back", "Half a sentence"]
    assert client.get("/forum/new/").context["form"]["body"].value() is None
    client.post(
        "/forum/new/",
        {"category": other.pk, "title": "Backups", "body": "A sentence", "client_key": form["client_key"].value()},
    )
    assert Topic.objects.get().category == other
    assert not Draft.objects.exists()


def test_a_quote_is_put_behind_the_draft(signed_in, member):
    topic, client = TopicFactory(), signed_in(member)
    save(client, f"topic:{topic.pk}")
    body = client.get(f"/forum/reply/{topic.pk}/?quote=1").context["form"]["body"].value()
    assert body.startswith("Half a sentence\n\n")
    assert topic.posts.get().body in body


def test_a_change_goes_on_and_shows_what_happened_meanwhile(signed_in, member, at):
    topic = TopicFactory(author__trust=4)
    post, client = topic.posts.get(), signed_in(topic.author)
    save(client, f"post:{post.pk}", "My better words", title=topic.title, version=1, reason="Clearer")
    form = client.get(f"/forum/edit/{post.pk}/").context["form"]
    assert [form[name].value() for name in ("body", "reason")] == ["My better words", "Clearer"]
    posts.edit(author=topic.author, post=post, body="Changed elsewhere", at=at)
    page = client.get(f"/forum/edit/{post.pk}/")
    assert page.context["form"]["version"].value() == 2
    assert "Changed elsewhere" in page.content.decode()
    assert "My better words" in page.content.decode()


def test_two_devices_are_told_of_each_other(signed_in, member):
    topic, client = TopicFactory(), signed_in(member)
    save(client, f"topic:{topic.pk}", "From the train", sequence=5)
    answer = save(client, f"topic:{topic.pk}", "From the desk", sequence=3)
    assert (answer.status_code, answer.json()["sequence"]) == (409, 5)
    page = save(client, f"topic:{topic.pk}", "From the desk", sequence=3, script=False)
    assert page.status_code == 409
    for words in ("From the train", "From the desk", 'name="sequence" value="5"'):
        assert words in page.content.decode()
    assert save(client, f"topic:{topic.pk}", "From the desk", sequence=5, script=False).status_code == 302
    assert Draft.objects.get().typed["body"] == "From the desk"


def test_without_a_script_a_button_keeps_it_and_leads_to_the_list(signed_in, member):
    topic, client = TopicFactory(title="A school rack"), signed_in(member)
    assert 'formaction="/forum/drafts/save/"' in client.get(f"/forum/reply/{topic.pk}/").content.decode()
    answer = save(client, f"topic:{topic.pk}", sequence=0, script=False)
    assert answer["Location"] == "/forum/drafts/"
    text = client.get("/forum/drafts/").content.decode()
    for words in ("Your draft is kept.", "A reply in", "A school rack", "Half a sentence", f"/forum/reply/{topic.pk}/"):
        assert words in text
    client.post(f"/forum/drafts/{Draft.objects.get().pk}/discard/")
    assert "Nothing is waiting." in client.get("/forum/drafts/").content.decode()


def test_nobody_reads_or_throws_away_anothers(signed_in, member, client):
    topic = TopicFactory()
    save(signed_in(topic.author), f"topic:{topic.pk}", "My secret plan")
    other = signed_in(member)
    for address in ("/forum/drafts/", topic.get_absolute_url(), f"/forum/reply/{topic.pk}/"):
        assert "My secret plan" not in other.get(address).content.decode()
    other.post(f"/forum/drafts/{Draft.objects.get().pk}/discard/")
    assert Draft.objects.exists()
    assert client.get("/forum/drafts/").status_code == 302


@pytest.mark.parametrize("place", ["", "topic:", "topic:x", "topic:999999", "room:1", "category:999999", "post:²"])
def test_there_is_no_such_place(signed_in, member, place):
    assert save(signed_in(member), place).status_code == 404


def test_what_one_may_not_read_takes_no_draft(signed_in, member):
    topic = TopicFactory(category=MembersOnlyFactory())
    places = (f"topic:{topic.pk}", f"category:{topic.category_id}", f"post:{topic.posts.get().pk}")
    assert [save(signed_in(member), place).status_code for place in places] == [404, 404, 404]


def test_a_text_too_long_to_post_is_kept_and_one_too_long_to_keep_comes_back(signed_in, member):
    topic, client = TopicFactory(), signed_in(member)
    assert save(client, f"topic:{topic.pk}", "x" * 60_000).status_code == 200
    page = save(client, f"topic:{topic.pk}", "y" * (drafts.LONGEST + 1), sequence=2, script=False)
    assert page.status_code == 422
    assert "y" * (drafts.LONGEST + 1) in page.content.decode()
    assert (
        save(client, f"topic:{topic.pk}", "y" * (drafts.LONGEST + 1), sequence=2).json()["text"].startswith("That is")
    )


def test_an_ended_session_says_so_to_a_script_and_keeps_the_words_without(client, signed_in, joined, group):
    topic = TopicFactory(category=MembersOnlyFactory(group=group), title="Secret topic")
    assert save(client, f"topic:{topic.pk}").status_code == 403
    page = save(client, f"topic:{topic.pk}", script=False)
    assert page.status_code == 403
    assert "Half a sentence" in page.content.decode()
    assert "Secret topic" not in page.content.decode()
    client.force_login(joined)
    assert client.get(f"/forum/reply/{topic.pk}/").context["form"]["body"].value() == "Half a sentence"


@pytest.mark.parametrize("count", [1, 3])
def test_what_the_list_costs(signed_in, member, count, django_assert_num_queries, at):
    for n in range(count):
        place = Place("topic", TopicFactory().pk)
        drafts.save(member=member, place=place, typed={"body": "x"}, sequence=1, client_key=f"{n}", at=at)
    client = signed_in(member)
    client.get("/forum/")
    # the member, the bell, drafts, topics
    with django_assert_num_queries(4):
        client.get("/forum/drafts/")
