"""An evening in a member's calendar, by mail."""

from django.db import models


class Invitation(models.Model):
    """One member asked to one meetup; every later mail of it moves the same entry in their calendar.

    `replied_stamp` is the DTSTAMP of the newest answer that came from that calendar: what is older changes nothing.
    `shows` is the answer that calendar has, as far as we know: by the last mail, or by what it answered itself.
    """

    meetup = models.ForeignKey("meetups.Meetup", models.CASCADE, related_name="invitations")
    member = models.ForeignKey("community.Member", models.CASCADE, related_name="invitations")
    sent_at = models.DateTimeField("first mailed")
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_stamp = models.DateTimeField(null=True, blank=True)
    shows = models.CharField(max_length=12, blank=True, help_text="A PARTSTAT; empty where we do not know")
    shown_at = models.DateTimeField("shows it since", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meetup", "member"], name="invitation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} to {self.meetup_id}"
