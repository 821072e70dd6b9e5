"""A word that needs no reply."""

from django.db import models


class Reaction(models.Model):
    """One of each kind a member a post. `Post.reactions` counts them, kept under the topic's lock."""

    class Kind(models.TextChoices):
        """The short list."""

        THANKS = "thanks", "Thanks"
        AGREE = "agree", "Agree"
        HELPED = "helped", "It helped"
        SAME = "same", "Same here"
        LAUGH = "laugh", "Made me laugh"

    SIGNS = {"thanks": "🙏", "agree": "👍", "helped": "💡", "same": "✋", "laugh": "😄"}

    post = models.ForeignKey("forum.Post", models.CASCADE, related_name="reaction_rows")
    member = models.ForeignKey("community.Member", models.CASCADE, related_name="post_reactions")
    kind = models.CharField(max_length=8, choices=Kind)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "member", "kind"], name="post_reaction_once"),
            models.CheckConstraint(
                name="post_reaction_kind", condition=models.Q(kind__in=["thanks", "agree", "helped", "same", "laugh"])
            ),
        ]
        indexes = [models.Index(fields=["member", "-at"], name="post_reaction_of_member")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.kind}"
