"""What one member said in a room."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from chat.models.room import Room
from community.models import Member


class MessageQuerySet(models.QuerySet["Message"]):
    """Which messages."""

    def visible_to(self, member: Member | None) -> Self:
        """Those of the rooms a member may see."""
        return self.filter(room__in=Room.objects.visible_to(member))

    def changed_after(self, seq: int) -> Self:
        """All that a client who saw `seq` has missed: new, edited and removed alike, in the order it happened."""
        return self.filter(changed_seq__gt=seq).order_by("changed_seq")

    def shown(self) -> Self:
        """With all that a line of the room shows of them; one query more."""
        return self.select_related("author", "answers__author", "enclosure__picture").prefetch_related("reactions")


class Message(models.Model):
    """`seq` is its place in the room; `changed_seq` rises with every edit or removal, so one question catches up."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="messages")
    author = models.ForeignKey("community.Member", models.PROTECT, related_name="messages")
    seq = models.PositiveBigIntegerField()
    changed_seq = models.PositiveBigIntegerField()
    body = models.TextField()
    body_html = models.TextField()
    answers = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="answered_by")
    client_key = models.CharField(max_length=64, help_text="Made by the client: a retry is stored once")
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    cited_in = models.ForeignKey(
        "forum.Topic", models.SET_NULL, null=True, blank=True, related_name="+", help_text="The topic last made of it"
    )
    pinned_at = models.DateTimeField(null=True, blank=True)
    enclosure = models.OneToOneField(
        "chat.Enclosure", models.SET_NULL, null=True, blank=True, related_name="message", help_text="Its picture"
    )

    frame: dict[str, Any] | None = None
    """On what a verb answers: the change as open pages were told it."""

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "seq"], name="message_seq_once"),
            models.UniqueConstraint(fields=["room", "changed_seq"], name="message_changed_seq_once"),
            models.UniqueConstraint(fields=["author", "client_key"], name="message_client_key_once"),
            models.CheckConstraint(
                name="message_pinned_stands", condition=Q(pinned_at=None) | Q(deleted_at=None, hidden_at=None)
            ),
        ]
        indexes = [models.Index(fields=["room", "pinned_at"], name="message_pinned", condition=~Q(pinned_at=None))]

    def __str__(self) -> str:
        return f"{self.room_id}/{self.seq}"

    def get_absolute_url(self) -> str:
        """Its place in the history; the page around it is shown."""
        return f"{reverse('chat:room', args=[self.room_id])}?at={self.seq}#m{self.seq}"
