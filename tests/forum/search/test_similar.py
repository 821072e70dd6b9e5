"""Topics alike: by words of the title and by tags, only those the reader may see, one query."""

import pytest

from forum.actions import tags
from forum.search.similar import related, similar
from tests.factories.community import MemberFactory
from tests.factories.forum import MembersOnlyFactory, TopicFactory


def titles(found) -> list[str]:
    return [topic.title for topic in found]


def test_the_likest_title_stands_first(db):
    for title in ("Invoices", "What do you charge for backups?", "Backup restore test, how often?"):
        TopicFactory(title=title)
    assert titles(similar(None, "How often should a backup restore be tried?")) == [
        "Backup restore test, how often?",
        "What do you charge for backups?",
    ]


@pytest.mark.parametrize("title", ["", "of it", "what would you", "'); DROP TABLE", '" OR *', "\x00", "& | !", "日本"])
def test_any_title_is_harmless(db, title):
    TopicFactory(title="Backups")
    assert similar(None, title) == []


def test_it_never_names_what_the_reader_may_not_see(group, joined, at):
    TopicFactory(title="Layoffs at Acme", category=MembersOnlyFactory(group=group))
    TopicFactory(title="Layoffs hidden", hidden_at=at)
    TopicFactory(title="Layoffs gone", deleted_at=at)
    here = TopicFactory(title="Layoffs and you")
    for who, seen in ((None, []), (MemberFactory(), []), (joined, ["Layoffs at Acme"])):
        assert titles(related(here, who)) == seen
        assert [title for title in titles(similar(who, "layoffs")) if title != here.title] == seen


def test_tags_count_more_than_a_word(at):
    moderator = MemberFactory(is_moderator=True)
    here, tagged, named = (TopicFactory(title=title) for title in ("Late payers", "January", "Late again"))
    for topic in (here, tagged):
        tags.retag(actor=moderator, topic=topic, names=["cash-flow"], at=at)
    here.refresh_from_db()
    assert related(here, None) == [tagged, named]


@pytest.mark.parametrize("count", [1, 3, 70])
def test_it_costs_one_query_and_shows_five(count, django_assert_num_queries):
    here = TopicFactory(title="Backups")
    for n in range(count):
        TopicFactory(title=f"Backups {n}")
    with django_assert_num_queries(1):
        assert len(related(here, None)) == min(count, 5)
    with django_assert_num_queries(1):
        assert len(similar(None, "Backups")) == min(count + 1, 5)
