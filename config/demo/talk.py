"""What people said in the forum and in chat."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path

from chat.actions import messages
from chat.models import Room
from community.models import Group, Member
from forum.actions import drafts, places, posts, solving, topics, whispers, wiki
from forum.models import Category, Colour, Place, Post

TEXTS = tomllib.loads(Path(__file__).with_name("talk.toml").read_text(encoding="utf-8"))


def write(group: Group, town: str, members: list[Member], now: datetime) -> list[Post]:
    """Topics with answers, over the last weeks; answers the first posts of the topics."""
    category = Category.objects.filter(group=group).order_by("position", "pk")[0]
    firsts = []
    mine = [each for each in TEXTS["topic"] if each["town"] == town]
    for number, text in enumerate(mine):
        at = now - timedelta(days=2 + 6 * (len(mine) - number - 1), hours=30)
        author = members[number % len(members)]
        topic = topics.open(
            author=author,
            category=category,
            title=text["title"],
            body=text["body"].strip(),
            client_key=f"demo-{group.pk}-{number}",
            at=at,
            tags=text["tags"],
        )
        firsts.append(topic.posts.get(number=1))
        written = []
        for step, answer in enumerate(text["answers"], start=1):
            reply = posts.reply(
                author=members[(number + step) % len(members)],
                topic=topic,
                body=answer,
                client_key=f"demo-{group.pk}-{number}-{step}",
                at=at + timedelta(hours=2 * step),
            )
            written.append(reply)
        if "answered_by" in text:
            solving.mark(actor=author, post=written[text["answered_by"] - 1], at=at + timedelta(hours=12))
    return firsts


def second_place(group: Group, organiser: Member, at: datetime) -> None:
    """The group has found that asking for a hand wants a room of its own."""
    places.make(
        actor=organiser,
        group=group,
        name="A hand, please",
        about="Cover while you are away, kit to lend, work to pass on.",
        colour=Colour.MOSS,
        visible_to_whom=Category.Audience.MEMBERS,
        template=TEXTS["template"],
        at=at,
    )


def mention(group: Group, author: Member, mentioned: Member, now: datetime) -> Post:
    """Somebody asks somebody by name, so that an inbox has something in it."""
    first = Post.objects.filter(topic__category__group=group, number=1).order_by("-created_at")[0]
    return posts.reply(
        author=author,
        topic=first.topic,
        body=f"@{mentioned.handle} you had this last year, did you not? What did you end up signing?",
        client_key=f"demo-mention-{group.pk}",
        at=now - timedelta(hours=5),
    )


def change(group: Group, now: datetime) -> None:
    """Somebody thinks again about what they wrote, and says why."""
    first = Post.objects.get(topic__category__group=group, number=1, body__contains="I now think is the worst answer")
    posts.edit(
        author=first.author,
        post=first,
        body=first.body.replace(
            "which I now think is the worst answer", "and I have stopped thinking that is an answer"
        ),
        reason="Slept on it",
        at=now - timedelta(hours=20),
    )


def look_after(group: Group, organiser: Member, member: Member, now: datetime) -> None:
    """An organiser whispers, a post is everybody's to improve, and a member has half a sentence waiting."""
    firsts = Post.objects.filter(topic__category__group=group, number=1).select_related("topic__category__group")
    latest, earlier = firsts.order_by("-created_at")[:2]
    at = now - timedelta(hours=4)
    whispers.say(
        author=organiser,
        topic=latest.topic,
        body="A new client of mine asked the same. Shall we put this on the agenda of the next evening?",
        client_key=f"demo-whisper-{group.pk}",
        at=at,
    )
    wiki.mark(actor=earlier.author, post=earlier, is_wiki=True, at=at)
    earlier.refresh_from_db(fields=["is_wiki"])
    posts.edit(
        author=organiser,
        post=earlier,
        body=f"{earlier.body}\n\nWhat came out of it: test a file every week and write the date on the wall.",
        reason="Added what we agreed on at the bar",
        at=at,
    )
    drafts.save(
        member=member,
        place=Place("topic", latest.topic_id),
        typed={"body": "We ask for a list with dates, and", "answers": "1"},
        sequence=1,
        client_key=f"demo-draft-{group.pk}",
        at=at,
    )


def chat(group: Group, members: list[Member], now: datetime) -> None:
    """The group's room has been used."""
    room = Room.objects.get(group=group, is_main=True)
    for number, body in enumerate(TEXTS["chat"]):
        messages.say(
            author=members[number % 3],
            room=room,
            body=body,
            client_key=f"demo-{group.pk}-{number}",
            at=now - timedelta(hours=6, minutes=-4 * number),
        )
