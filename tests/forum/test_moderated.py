"""Posts and topics offer themselves to be judged."""

import pytest

from community.models import Member
from forum.actions.recount import recount
from forum.models import Category
from moderation import registry
from tests.factories.forum import MembersOnlyFactory, TalkFactory, TopicFactory


@pytest.mark.parametrize("name", ["post", "topic"])
def test_a_thing_is_found_hidden_and_restored_and_both_may_run_twice(name, group, at):
    topic = TopicFactory(category=TalkFactory(group=group), posts=2)
    pk = topic.pk if name == "topic" else topic.posts.get(number=2).pk
    kind = registry.kind(name)
    subject = kind.find(pk)
    assert (subject.kind, subject.id, subject.author, subject.group, subject.is_hidden) == (
        name,
        pk,
        topic.author,
        group,
        False,
    )
    for act, hidden in ((kind.hide, True), (kind.hide, True), (kind.restore, False), (kind.restore, False)):
        act(pk, at)
        assert kind.find(pk).is_hidden is hidden
        assert recount(repair=False) == []
    assert Category.objects.get().post_count == 2


@pytest.mark.parametrize("name", ["post", "topic"])
def test_only_what_one_sees_can_be_reported(name, group, joined: Member, member: Member):
    topic = TopicFactory(category=MembersOnlyFactory(group=group))
    pk = topic.pk if name == "topic" else topic.posts.get().pk
    kind = registry.kind(name)
    assert (kind.visible_to(joined, pk), kind.visible_to(member, pk), kind.visible_to(None, pk)) == (True, False, False)


@pytest.mark.parametrize("name", ["post", "topic"])
def test_what_is_not_there_is_not_found(name, db, at):
    topic = TopicFactory()
    topic.posts.update(deleted_at=at)
    type(topic).objects.update(deleted_at=at)
    for pk in (topic.pk, topic.posts.get().pk, 10**9):
        assert registry.kind(name).find(pk) is None
