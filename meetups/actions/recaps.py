"""An evening written up: kept as a draft, put into the evening's topic once, and changed there from then on."""

from datetime import datetime

from django.db import transaction

from chat.actions import recaps as citations
from chat.actions import rooms
from community.models import Member
from community.verdicts import NotAllowed
from forum.actions import posts, upkeep
from live.publish import publish as announce
from meetups.actions import proposals, seats, talk
from meetups.models import Meetup, Recap
from meetups.policies.afterwards import may_recap
from meetups.queries import recaps as queries


class Overtaken(Exception):  # noqa: N818  (it says the outcome)
    """Somebody changed it since this form was opened; `recap` is as it stands now."""

    def __init__(self, recap: Recap) -> None:
        """Keep what stands there."""
        super().__init__(
            "Somebody else changed the recap meanwhile. Your words are still here: look at both, then save."
        )
        self.recap = recap


def keep(*, actor: Member, meetup: Meetup, body: str, version: int = 0, at: datetime) -> Recap:
    """Keep the words; once published, its post in the topic is what is changed. Raises `NotAllowed`, `Overtaken`.

    `version` is the one the form began from, 0 for a recap that was not there yet.
    """
    may_recap(actor, meetup, at).or_refuse()
    body = body.strip()
    if not body:
        raise NotAllowed("Write a few words first.")
    proposals.prepare(actor, body)
    with transaction.atomic():
        held = seats.locked(meetup.pk)
        recap = queries.of(held)
        if recap is None:
            return Recap.objects.create(meetup=held, body=body, written_by=actor, written_at=at)
        if queries.words(recap) == body:
            return recap
        if version != recap.version:
            raise Overtaken(recap)
        if recap.post is None:
            recap.body = body
        else:
            topic = recap.post.topic
            if held.room is not None:
                body = citations.refreshed(actor=actor, room=held.room, category=topic.category, body=body)
            recap.post = upkeep.again(editor=actor, post=recap.post, body=body, at=at)
            if held.room is not None:
                citations.tie(actor=actor, room=held.room, topic=topic, body=body, at=at)
        recap.version, recap.written_by, recap.written_at = recap.version + 1, actor, at
        recap.save(update_fields=["body", "version", "written_by", "written_at"])
        return recap


def publish(*, actor: Member, meetup: Meetup, at: datetime) -> Recap:
    """One post in the topic of the evening, and its room is read-only from then on; twice is once."""
    may_recap(actor, meetup, at).or_refuse()
    with transaction.atomic():
        held = seats.locked(meetup.pk)
        recap = queries.of(held)
        if recap is None:
            raise NotAllowed("There is no recap yet. Write a few words first.")
        if recap.published_at:
            return recap
        topic, body = talk.topic(member=actor, meetup=held, at=at), recap.body
        if held.room is not None:
            body = citations.refreshed(actor=actor, room=held.room, category=topic.category, body=body)
        recap.post = posts.reply(author=actor, topic=topic, body=body, client_key=f"recap-{held.pk}", at=at)
        recap.published_at, recap.body = at, ""
        recap.save(update_fields=["post", "published_at", "body"])
        if held.room is not None:
            citations.tie(actor=actor, room=held.room, topic=topic, body=body, at=at)
            rooms.close(room=held.room, at=at)
        announce(f"meetup:{held.pk}", "recap.published", {"id": held.pk})
        return recap
