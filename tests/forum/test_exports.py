"""A member's download holds what the forum holds of them, and nothing of others."""

from community import registry
from forum.actions import following, reading
from forum.models import Reading
from tests.factories.forum import PostFactory, TopicFactory


def test_topics_posts_and_readings(member, at):
    mine, other = TopicFactory(author=member, title="Mine"), TopicFactory(title="Other")
    PostFactory(topic=other, author=member, number=2, body="My reply", deleted_at=at)
    reading.read_up_to(member=member, topic=other, number=1, at=at)
    reading.read_up_to(member=other.author, topic=mine, number=1, at=at)
    following.category(member=member, category=other.category, level=Reading.Level.MUTED)
    following.category(member=other.author, category=mine.category, level=Reading.Level.MUTED)
    files = {name: list(rows) for name, rows in registry.exports(member).items() if name.startswith("forum-")}
    assert [row["title"] for row in files["forum-topics"]] == ["Mine"]
    assert [(row["topic"], row["number"], row["removed_at"]) for row in files["forum-posts"]] == [
        ("Mine", 1, None),
        ("Other", 2, at.isoformat()),
    ]
    assert [(row["topic"], row["read_to"]) for row in files["forum-readings"]] == [("Other", 1)]
    assert list(files["forum-follows"]) == [
        {"category": other.category.name, "group": None, "tag": None, "level": "muted", "all_read_at": None}
    ]
