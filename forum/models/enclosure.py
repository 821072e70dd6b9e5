"""A picture that came with a post."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from forum.models.post import Post


class EnclosureQuerySet(models.QuerySet["Enclosure"]):
    """Which pictures."""

    def visible_to(self, member: models.Model | None) -> Self:
        """Those in a post the member may read; one's own besides, also before it is posted."""
        shown = Enclosure.posts.through.objects.filter(post__in=Post.objects.visible_to(member)).values("enclosure")
        mine = Q(member=member) if member is not None and member.pk else Q(pk__in=[])
        return self.filter(mine | Q(pk__in=shown))


class Enclosure(models.Model):
    """Known by a key that nobody guesses; in no post two days after it was sent, it is thrown away."""

    key = models.CharField(max_length=32, unique=True)
    member = models.ForeignKey("community.Member", models.PROTECT, related_name="enclosures")
    picture = models.OneToOneField("assets.Picture", models.CASCADE, related_name="+")
    posts = models.ManyToManyField(Post, related_name="enclosures", blank=True)
    sent_at = models.DateTimeField()

    objects = EnclosureQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["member", "-sent_at"], name="enclosure_of_member"),
            models.Index(fields=["sent_at"], name="enclosure_age"),
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        """Where it is shown."""
        return reverse("forum:picture", args=[self.key])
