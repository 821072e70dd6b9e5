"""What came from elsewhere: which post was which there, and who has not been met here yet."""

from django.db import models


class Imported(models.Model):
    """A post under the name it had in its source, so that a second import of it changes nothing.

    The row stays when its author leaves for good: what is known is not brought in again.
    """

    source = models.CharField(max_length=80)
    key = models.CharField(max_length=255, help_text="A Message-ID, or the number of a post there")
    post = models.OneToOneField("forum.Post", models.CASCADE, related_name="imported")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="imported_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.key}"


class StandIn(models.Model):
    """Someone who wrote elsewhere and has no account: an author who cannot sign in and hears of nothing.

    Whoever proves that `address` is theirs takes over what it wrote (`actions/claiming.py`), and the row goes.
    """

    member = models.OneToOneField("community.Member", models.CASCADE, related_name="stand_in")
    address = models.CharField(max_length=320, unique=True, help_text="An e-mail, or source/name where none was told")

    def __str__(self) -> str:
        return self.address
