"""What is said to people before an evening: reminders by the clock, and words of the organisers."""

from django.db import models
from django.db.models import Q

LONGEST_WORDS = 4000


class ReminderPlan(models.Model):
    """How long before its evenings a group reminds; without a row the usual (`meetups.reminding.USUAL`)."""

    group = models.OneToOneField("community.Group", models.CASCADE, related_name="reminder_plan")
    minutes = models.JSONField(default=list, help_text="Minutes before the start; none is never")

    def __str__(self) -> str:
        return f"{self.group_id}: {self.minutes}"


class Reminder(models.Model):
    """One reminder that left. A meetup that moves is reminded of again; the same one never twice."""

    meetup = models.ForeignKey("meetups.Meetup", models.CASCADE, related_name="reminders")
    minutes = models.PositiveIntegerField("minutes before the start")
    starts_at = models.DateTimeField("the start it was for")
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meetup", "minutes", "starts_at"], name="reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meetup_id} {self.minutes}"


class Announcement(models.Model):
    """Words of an organiser to those who come, who wait, or all who answered; kept for the other organisers."""

    class Audience(models.TextChoices):
        """Who reads it."""

        GOING = "going", "Those who are going"
        WAITING = "waiting", "Those on the waiting list"
        ALL = "all", "Everyone who did not say no"

    meetup = models.ForeignKey("meetups.Meetup", models.CASCADE, related_name="announcements")
    author = models.ForeignKey("community.Member", models.SET_NULL, null=True, related_name="announcements")
    audience = models.CharField(max_length=7, choices=Audience, default=Audience.GOING)
    subject = models.CharField(max_length=120)
    words = models.TextField(max_length=LONGEST_WORDS)
    client_key = models.CharField(max_length=64, help_text="Made by the form: pressing twice sends once")
    recipient_count = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meetup", "client_key"], name="announcement_once"),
            models.CheckConstraint(name="announcement_says_something", condition=~Q(subject="") & ~Q(words="")),
        ]

    def __str__(self) -> str:
        return self.subject
