"""What the forum keeps, counted once more in plain Python over the posts: nothing here asks as the forum asks."""

from collections import Counter, defaultdict
from datetime import timedelta

from forum.models import Category, Pointer, Post, Reaction, Tagging, Tally, Topic


def is_shown(row: Post | Topic) -> bool:
    """Neither hidden nor taken down."""
    return row.hidden_at is None and row.deleted_at is None


def differences() -> list[str]:
    """Every number, path, line and mark that says something else than the rows do."""
    posts = defaultdict[int, list[Post]](list)
    for post in Post.objects.order_by("topic", "number"):
        posts[post.topic_id].append(post)
    topics, given = list(Topic.objects.all()), highest()
    found = []
    for topic in topics:
        found += [f"topic {topic.pk}: {each}" for each in _of_topic(topic, posts[topic.pk], given[topic.pk])]
    for place in Category.objects.all():
        inside = [topic for topic in topics if topic.category_id == place.pk and is_shown(topic)]
        shown = sum(is_shown(post) for topic in inside for post in posts[topic.pk])
        last = max((topic.last_posted_at for topic in inside), default=None)
        kept, real = (place.topic_count, place.post_count, place.last_posted_at), (len(inside), shown, last)
        found += [f"place {place.pk}: {kept} should be {real}"] if kept != real else []
    return found + _tallies(posts) + _reactions()


def highest() -> dict[int, int]:
    """The highest number each topic has given out, of posts that are here still or went elsewhere."""
    given = defaultdict[int, int](int)
    for model in (Post, Pointer):
        for topic, number in model.objects.values_list("topic", "number"):
            given[topic] = max(given[topic], number)
    return given


def addresses() -> dict[tuple[int, int], int]:
    """Which post stands under each topic and number now."""
    return {(topic, number): pk for topic, number, pk in Post.objects.values_list("topic", "number", "pk")}


def dead_ends(known: dict[tuple[int, int], int]) -> list[tuple[int, int]]:
    """Addresses posts once had that do not lead to them any more."""
    leads = {(row.topic_id, row.number): row.post_id for row in Pointer.objects.all()} | addresses()
    return [address for address, post in known.items() if leads.get(address) != post]


def _of_topic(topic: Topic, posts: list[Post], given: int) -> list[str]:
    shown = [post for post in posts if is_shown(post)]
    last = shown[-1] if shown else None
    names = Tagging.objects.filter(topic=topic).order_by("position").values_list("tag__name", flat=True)
    pairs = {
        "posts": (topic.post_count, len(shown)),
        "last number": (topic.last_number, given),
        "last shown": (topic.last_shown_number, last.number if last else 0),
        "last posted": (topic.last_posted_at, last.created_at if last else topic.created_at),
        "last author": (topic.last_author_id, last.author_id if last else topic.author_id),
        "tags": (topic.tag_line, ",".join(names)),
        "paths": ([post.path for post in posts], [_path(post, posts) for post in posts]),
        "answers here": ([post.number for post in posts if not _answers_here(post, posts)], []),
    }
    if topic.solved_by_id is not None:
        pairs["solved"] = (topic.solved_by_id in [post.pk for post in shown if post.number > 1], True)
    return [f"{name} are {kept}, should be {real}" for name, (kept, real) in pairs.items() if kept != real]


def _answers_here(post: Post, posts: list[Post]) -> bool:
    return post.answers_id is None or any(other.pk == post.answers_id for other in posts)


def _path(post: Post, posts: list[Post]) -> str:
    above: list[int] = []
    at = post
    while at := next((other for other in posts if other.pk == at.answers_id and other.number > 1), None):
        above.insert(0, at.number)
    return "".join(f"{number:06}" for number in [*above[:7], post.number])


def _tallies(posts: dict[int, list[Post]]) -> list[str]:
    real = Counter[tuple[int, str, str]]()
    for topic, rows in posts.items():
        for day in (post.created_at.date() for post in rows if is_shown(post)):
            real[topic, "week", str(day - timedelta(days=day.weekday()))] += 1
            real[topic, "month", f"{day:%Y-%m}-01"] += 1
            real[topic, "year", f"{day:%Y}-01-01"] += 1
    kept = {(row.topic_id, row.span, str(row.starts_on)): row.posts for row in Tally.objects.all()}
    return [
        f"tally {key}: {kept.get(key, 0)}, should be {real[key]}"
        for key in kept | real
        if kept.get(key, 0) != real[key]
    ]


def _reactions() -> list[str]:
    real = defaultdict[int, Counter[str]](Counter)
    for post, kind in Reaction.objects.values_list("post", "kind"):
        real[post][kind] += 1
    rows = Post.objects.values_list("pk", "reactions")
    return [f"post {pk}: {kept}, should be {dict(real[pk])}" for pk, kept in rows if kept != real[pk]]
