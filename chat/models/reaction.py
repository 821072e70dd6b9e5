"""What members make of a message: a face, and a star to find it again."""

from django.db import models

from chat.models.message import Message


class Reaction(models.Model):
    """One face of one member under one message; it counts for all to see."""

    class Face(models.TextChoices):
        """The few there are; each has its sign in `FACES`."""

        AGREE = "agree", "Agree"
        THANKS = "thanks", "Thank you"
        LAUGH = "laugh", "Made me laugh"
        CHEERS = "cheers", "Cheers"
        THINK = "think", "Makes me think"
        LOOK = "look", "Looking into it"

    message = models.ForeignKey(Message, models.CASCADE, related_name="reactions")
    member = models.ForeignKey("community.Member", models.CASCADE, related_name="reactions")
    face = models.CharField(max_length=8, choices=Face)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "member", "face"], name="reaction_once"),
            models.CheckConstraint(
                name="reaction_face_known",
                condition=models.Q(face__in=["agree", "thanks", "laugh", "cheers", "think", "look"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.face} {self.message_id}"


FACES = {
    Reaction.Face.AGREE: "👍",
    Reaction.Face.THANKS: "🙏",
    Reaction.Face.LAUGH: "😄",
    Reaction.Face.CHEERS: "🍻",
    Reaction.Face.THINK: "🤔",
    Reaction.Face.LOOK: "👀",
}


class Star(models.Model):
    """A member keeps a message for themselves; nobody else sees whose star it is."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="stars")
    member = models.ForeignKey("community.Member", models.CASCADE, related_name="stars")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "message"], name="star_once")]

    def __str__(self) -> str:
        return f"{self.member_id} kept {self.message_id}"
