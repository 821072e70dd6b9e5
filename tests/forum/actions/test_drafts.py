"""What is typed is kept, the latest words win whatever arrives last, and what was posted is no draft any more."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from community.verdicts import NotAllowed
from forum.actions import drafts, posts, topics
from forum.models import Draft, Place
from forum.queries.drafts import drafts_of, kept_at
from tests.factories.community import MemberFactory
from tests.factories.forum import CategoryFactory, MembersOnlyFactory, TopicFactory

NEW = Place("new")


def save(member, at, body="Half a sen", *, place=NEW, sequence=1, key="k1", **typed):
    typed = {"body": body, **typed}
    return drafts.save(member=member, place=place, typed=typed, sequence=sequence, client_key=key, at=at)


def bodies(member) -> list[str]:
    return [line.draft.typed["body"] for line in drafts_of(member)]


def test_one_a_place_with_the_latest_words(member, at):
    topic, place = TopicFactory(), CategoryFactory()
    places = [NEW, Place("category", place.pk), Place("topic", topic.pk), Place("post", topic.posts.get().pk)]
    for sequence in (1, 2):
        for n, each in enumerate(places):
            save(member, at + timedelta(minutes=n), f"{sequence} at {each.kind}", place=each, sequence=sequence)
    assert bodies(member) == ["2 at post", "2 at topic", "2 at category", "2 at new"]
    assert [draft.place for draft in Draft.objects.order_by("pk")] == places


def test_an_older_save_never_overwrites_a_newer_one(member, at):
    save(member, at, "one two three", sequence=3)
    for sequence in (2, 3):
        with pytest.raises(drafts.Older) as caught:
            save(member, at, "one", sequence=sequence)
        assert (caught.value.draft.typed["body"], caught.value.draft.sequence) == ("one two three", 3)
    save(member, at, "", sequence=4)
    with pytest.raises(drafts.Older):
        save(member, at, "one two three", sequence=3)
    assert bodies(member) == []


def test_posting_ends_the_draft_in_the_same_transaction(member, at):
    topic, place = TopicFactory(author=member), CategoryFactory()
    save(member, at, "Reply", place=Place("topic", topic.pk), key="reply")
    save(member, at, "Topic", place=NEW, key="topic")
    save(member, at, "Edit", place=Place("post", topic.posts.get().pk), key="edit")
    save(member, at, "Other", place=Place("category", place.pk), key="other")
    other = MemberFactory()
    save(other, at, "Not yours", place=Place("topic", topic.pk), key="reply")
    posts.reply(author=member, topic=topic, body="Reply", client_key="reply", at=at)
    topics.open(author=member, category=place, title="Title", body="Topic", client_key="topic", at=at)
    posts.edit(author=member, post=topic.posts.get(number=1), body="Edit", client_key="edit", at=at)
    assert (bodies(member), bodies(other)) == (["Other"], ["Not yours"])


def test_a_refused_post_keeps_the_draft(member, at):
    topic = TopicFactory(closed_at=at)
    save(member, at, place=Place("topic", topic.pk))
    with pytest.raises(posts.Closed):
        posts.reply(author=member, topic=topic, body="Half a sen", client_key="k1", at=at)
    assert bodies(member) == ["Half a sen"]


def test_a_save_that_was_still_on_its_way_offers_nothing(member, at):
    topic = TopicFactory()
    place = Place("topic", topic.pk)
    posts.reply(author=member, topic=topic, body="Half a sentence", client_key="k1", at=at)
    with pytest.raises(drafts.Posted):
        save(member, at, place=place)
    Draft.objects.create(member=member, topic=topic, typed={"body": "Half"}, client_key="k1", sequence=9, saved_at=at)
    assert (bodies(member), kept_at(member, place)) == ([], (9, None))
    save(member, at, "Something new", place=place, sequence=1, key="k2")
    assert bodies(member) == ["Something new"]


def test_a_change_that_changes_nothing_is_no_draft(member, at):
    topic = TopicFactory(author=member)
    post = topic.posts.get()
    place = Place("post", post.pk)
    save(member, at, f"{post.body}!", place=place, title=topic.title)
    assert bodies(member) == [f"{post.body}!"]
    save(member, at, post.body, place=place, title=topic.title, sequence=2)
    assert bodies(member) == []


def test_there_are_bounds(member, at, monkeypatch):
    with pytest.raises(NotAllowed, match="200,000"):
        save(member, at, "x" * (drafts.LONGEST + 1))
    monkeypatch.setattr(drafts, "MOST", 1)
    save(member, at)
    with pytest.raises(NotAllowed, match="Throw some away"):
        save(member, at, place=Place("topic", TopicFactory().pk))
    save(member, at, "Still kept", sequence=2)
    assert bodies(member) == ["Still kept"]


def test_the_database_holds_one_place_and_one_draft(member, at):
    topic = TopicFactory()
    base = {"member": member, "typed": {}, "sequence": 1, "saved_at": at}
    for columns in ({}, {"topic": topic}, {"category": topic.category}, {"post": topic.posts.get()}):
        Draft.objects.create(**base, **columns)
        with pytest.raises(IntegrityError), transaction.atomic():
            Draft.objects.create(**base, **columns)
    with pytest.raises(IntegrityError, match="draft_of_one_place"), transaction.atomic():
        Draft.objects.create(**base, topic=topic, category=topic.category)


def test_only_ones_own_are_thrown_away(member, at):
    mine = save(member, at)
    drafts.discard(member=MemberFactory(), draft_id=mine.pk)
    assert bodies(member) == ["Half a sen"]
    for _ in range(2):
        drafts.discard(member=member, draft_id=mine.pk)
    assert bodies(member) == []


def test_after_180_days_they_go_and_with_the_member(member, at):
    save(member, at)
    save(member, at + timedelta(days=1), "Later", place=Place("topic", TopicFactory().pk))
    assert drafts.purge(at + timedelta(days=180)) == 0
    assert drafts.purge(at + timedelta(days=180, seconds=1)) == 1
    assert drafts.purge(at + timedelta(days=180, seconds=1)) == 0
    drafts.forget(member=MemberFactory(), at=at)
    assert bodies(member) == ["Later"]
    drafts.forget(member=member, at=at)
    assert not Draft.objects.exists()


def test_a_place_one_may_no_longer_read_is_not_named_and_the_words_stay(member, at):
    topic = TopicFactory(category=MembersOnlyFactory(), title="Who owes us money")
    save(member, at, "word " * 200, place=Place("topic", topic.pk))
    line = drafts_of(member)[0]
    assert (line.name, line.is_open, line.excerpt) == ("a place you can no longer read", False, "word " * 200)
