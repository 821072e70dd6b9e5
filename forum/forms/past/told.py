"""What Discourse tells of a post and its topic beside its words: tags, the answer, polls, likes, earlier versions."""

from community.text import tags as text
from forum.forms.past.markup.known import Facts

LIKE = 2
"""The `id` of likes in `actions_summary`."""


def tags(topic: Facts) -> tuple[tuple[str, ...], list[str]]:
    """The tags of a topic that fit here, at most five, and in words why others do not."""
    held = topic.get("tags") or []
    named = [str(tag.get("name") or "") if isinstance(tag, dict) else str(tag) for tag in held]
    fit, unfit = dict[str, str](), []
    for name in filter(None, map(text.tidy, named)):
        if why := text.problem(name):
            unfit.append(f"its tag: {why.rstrip('.')}")
        elif len(fit) == text.MOST:
            unfit.append(f"its tag “{name}”: a topic has at most {text.MOST}")
        else:
            fit.setdefault(text.key(name), name)
    return tuple(fit.values()), unfit


def is_answer(topic: Facts, post: Facts) -> bool:
    """Was it marked as the answer? The topic says so, or the post."""
    marked = topic.get("accepted_answer")
    number = marked.get("post_number") if isinstance(marked, dict) else None
    return post.get("accepted_answer") is True or (number is not None and number == post.get("post_number"))


def polls(post: Facts) -> list[Facts]:
    """How its polls stood."""
    return [poll for poll in post.get("polls") or [] if isinstance(poll, dict)]


def lost(post: Facts, votes: int) -> tuple[tuple[str, int], ...]:
    """By kind, how much it has there that does not come along; `votes` are those in polls that begin anew."""
    actions = [each for each in post.get("actions_summary") or [] if isinstance(each, dict)]
    liked = sum(int(each.get("count") or 0) for each in actions if each.get("id") == LIKE)
    signs = sum(int(each.get("count") or 0) for each in post.get("reactions") or [] if isinstance(each, dict))
    counted = {
        "likes": max(liked, signs, int(post.get("like_count") or 0)),
        "earlier versions of posts": max(int(post.get("version") or 1) - 1, len(post.get("revisions") or [])),
        "votes in polls that begin anew": votes,
    }
    return tuple((kind, number) for kind, number in counted.items() if number)
