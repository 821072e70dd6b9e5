"""Topics of a Discourse forum: as its category export writes them, or as its public JSON answers (`/t/<id>.json`).

A file holds one of them, a list of them, or an export's `{"users": …, "topics": …}`; a folder holds such files.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from forum.actions.said import Problem, Said
from forum.forms.past import Unreadable, told
from forum.forms.past.hypertext import to_markdown
from forum.forms.past.markup import reading as markup
from forum.forms.past.markup.known import Facts, Known, Person, Reading
from forum.forms.past.uploads import Uploads

ORDINARY = 1
"""`post_type` of what a person wrote; others say what moderators did."""


def read(path: Path, uploads: Path | None = None, *, at: datetime) -> tuple[int, Iterator[Said | Problem]]:
    """How many posts there are, and each of them, topic by topic. One file is held in memory at a time.

    `uploads` is the folder with its pictures; without one it is looked for under that name beside the file. `at` is
    now: a poll that has ended by then is no longer asked.
    """
    files = sorted(path.glob("*.json"), key=lambda file: (len(file.name), file.name)) if path.is_dir() else [path]
    if not files:
        raise Unreadable(f"There is no .json file in {path}.")
    known = Known()
    total = sum(_learn(file, known) for file in files)
    beside = (path if path.is_dir() else path.parent) / "uploads"
    held = Uploads(uploads or (beside if beside.is_dir() else None))
    return total, (each for file in files for each in _said(file, held, known, at))


def _learn(file: Path, known: Known) -> int:
    """Keep who wrote and which post is which; answers how many posts there are."""
    topics, users = _topics(file)
    posts = [(topic, post) for topic in topics for post in _posts(topic)]
    for facts in (*users.values(), *(post for _, post in posts)):
        if username := facts.get("username"):
            name = " ".join(str(facts.get("name") or username).split())
            known.people.setdefault(str(username).lower(), Person(name, str(facts.get("email") or "").lower()))
    for topic, post in posts:
        known.posts[topic.get("id"), post.get("post_number")] = f"post/{post.get('id')}"
    return len(posts)


def _topics(file: Path) -> tuple[list[Facts], dict[Any, Facts]]:
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise Unreadable(f"{file.name} cannot be read as JSON: {error}.") from error
    if isinstance(held, dict) and isinstance(held.get("topics"), list):
        users = {user["id"]: user for user in held.get("users", []) if isinstance(user, dict) and "id" in user}
        return [topic for topic in held["topics"] if isinstance(topic, dict)], users
    topics = held if isinstance(held, list) else [held]
    if not all(isinstance(topic, dict) and ("post_stream" in topic or "posts" in topic) for topic in topics):
        raise Unreadable(f"{file.name} holds no topics: neither “topics”, nor a topic with its “post_stream”.")
    return topics, {}


def _posts(topic: Facts) -> list[Facts]:
    posts = topic.get("posts") or topic.get("post_stream", {}).get("posts") or []
    return sorted((post for post in posts if isinstance(post, dict)), key=lambda post: post.get("post_number") or 0)


def _said(file: Path, uploads: Uploads, known: Known, at: datetime) -> Iterator[Said | Problem]:
    topics, users = _topics(file)
    for topic in topics:
        numbers = {post.get("post_number"): f"post/{post.get('id')}" for post in _posts(topic)}
        for post in _posts(topic):
            where = f"{file.name}, topic {topic.get('id')}, post {post.get('post_number')}"
            try:
                one = _one(topic, post, users.get(post.get("user_id"), {}), numbers, where)
                yield _worded(one, topic, post, known, uploads, at) if isinstance(one, Said) else one
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                yield Problem(where, f"it is not as Discourse writes it ({type(error).__name__}: {error})")


def _one(topic: Facts, post: Facts, user: Facts, numbers: dict[Any, str], where: str) -> Said | Problem:
    if post.get("post_type", ORDINARY) != ORDINARY:
        return Problem(where, "it says what a moderator did, and is nobody's words")
    if post.get("hidden") or post.get("deleted_at") or post.get("user_deleted"):
        return Problem(where, "it was hidden or deleted there")
    body = post["raw"] if post.get("raw") else to_markdown(post["cooked"])
    username = str(user.get("username") or post.get("username") or f"user-{post.get('user_id')}")
    if not body.strip():
        return Problem(where, "it has no text")
    first = numbers[min(number for number in numbers if number)]
    own = f"post/{post['id']}"
    answered = numbers.get(post.get("reply_to_post_number"))
    return Said(
        key=own,
        parents=tuple(key for key in dict.fromkeys((answered, first)) if key and key != own),
        name=str(user.get("name") or post.get("name") or username),
        address=str(user.get("email") or username).lower(),
        title=" ".join(str(topic["title"]).split()),
        body=body.replace("\x00", "").strip(),
        at=_moment(post["created_at"]),
        is_closed=bool(topic.get("closed") or topic.get("archived")),
        tags=told.tags(topic)[0],
        is_answer=told.is_answer(topic, post),
        place=str(topic.get("category_id") or ""),
    )


def _worded(said: Said, topic: Facts, post: Facts, known: Known, uploads: Uploads, at: datetime) -> Said:
    """In our own marks, with its pictures, and with what is to be told of it."""
    reading = Reading(known, at, said.title, is_closed=said.is_closed, polls=told.polls(post))
    body = markup.read(said.body, reading) if post.get("raw") else markup.spoken(said.body, reading)
    unfit = told.tags(topic)[1] if not said.parents else []
    return replace(
        said,
        body=body,
        pictures=tuple(uploads.pictures(body)),
        quoted=tuple(reading.quoted.values()),
        called=tuple(reading.called.values()),
        problems=(
            *(Problem(said.key, why) for why in (*unfit, *reading.missed)),
            *(Problem(said.key, why, is_left_out=False) for why in reading.changed),
        ),
        lost=told.lost(post, reading.votes),
    )


def _moment(written: str) -> datetime:
    moment = datetime.fromisoformat(written)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
