"""A picture that came with a message."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from chat.models.citation import Citation
from chat.models.message import Message
from community.models import Member, Membership
from forum.models import Topic


class EnclosureQuerySet(models.QuerySet["Enclosure"]):
    """Which pictures."""

    def visible_to(self, member: Member | None) -> Self:
        """Those of messages that stand in a room the member sees, or in a topic; hidden ones for those who govern.

        Of a topic that was joined to another, the topic in which its first post is now.
        """
        standing = Message.objects.filter(deleted_at=None, hidden_at=None)
        topics = Topic.objects.visible_to(member)
        joined = Q(extract__topic__merged_into__isnull=False, extract__topic__pointers__number=1)
        there = Q(extract__topic__in=topics) | joined & Q(extract__topic__pointers__post__topic__in=topics)
        cited = Citation.objects.filter(there, state=Citation.State.STANDS).values("message")
        shown = Q(message__in=standing.filter(pk__in=cited))
        if member is not None and member.pk:
            seen = Message.objects.visible_to(member).filter(deleted_at=None)
            governed = Membership.objects.live().governing().filter(member=member).values("group")
            judged = seen if member.is_moderator else seen.filter(room__group__in=governed)
            shown |= Q(message__in=seen.filter(hidden_at=None)) | Q(message__in=judged)
        return self.filter(shown)


class Enclosure(models.Model):
    """Known by a key that nobody guesses; with no message it is thrown away."""

    key = models.CharField(max_length=32, unique=True)
    member = models.ForeignKey("community.Member", models.PROTECT, related_name="chat_enclosures")
    picture = models.OneToOneField("assets.Picture", models.CASCADE, related_name="+")
    words = models.CharField(max_length=200, help_text="What it shows, for those who cannot see it")
    sent_at = models.DateTimeField()

    objects = EnclosureQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["member", "-sent_at"], name="chat_enclosure_of_member"),
            models.Index(fields=["sent_at"], name="chat_enclosure_age"),
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        """Where it is shown."""
        return reverse("chat:picture", args=[self.key])
