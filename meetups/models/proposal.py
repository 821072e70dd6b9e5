"""What members would like to talk about, and who wants it too."""

from typing import Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from community.models import Member


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Which proposals."""

    def visible_to(self, member: Member | None) -> Self:
        """All that were not hidden; those who moderate the site see these too."""
        if member is not None and member.pk and member.is_moderator:
            return self
        return self.filter(hidden_at=None)

    def open(self) -> Self:
        """Waiting for an evening."""
        return self.filter(state=Proposal.State.OPEN)

    def counted(self, member: Member | None) -> Self:
        """With `vote_count`, and `is_mine`: this member wants it too. Most wanted first, then as they came."""
        mine = Vote.objects.filter(proposal=OuterRef("pk"), member=member if member and member.pk else None)
        rows = self.annotate(vote_count=Count("votes"), is_mine=Exists(mine.exclude(member=None)))
        return rows.order_by("-vote_count", "created_at", "pk")


class Proposal(models.Model):
    """A topic somebody would like to hear or talk about. It is the group's: any evening of it may take it.

    `votes_closed_at` is the moment an agenda with it was published: from then on what was voted stands.
    """

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", "Open"
        TAKEN = "taken", "On an agenda"
        DONE = "done", "Talked about"
        WITHDRAWN = "withdrawn", "Withdrawn"

    group = models.ForeignKey("community.Group", models.CASCADE, related_name="proposals")
    author = models.ForeignKey("community.Member", models.PROTECT, related_name="proposals")
    title = models.CharField(max_length=120)
    body = models.TextField(max_length=2000, blank=True)
    body_html = models.TextField(blank=True)
    subject = models.ForeignKey(
        "meetups.Subject", models.PROTECT, null=True, blank=True, related_name="proposals", help_text="Empty: left over"
    )
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    source = models.OneToOneField(
        "meetups.Point",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="proposal",
        help_text="What an evening left open",
    )
    client_key = models.CharField(max_length=64, help_text="Made by the form: a double click proposes once")
    created_at = models.DateTimeField()
    votes_closed_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "client_key"], name="proposal_client_key_once"),
            models.CheckConstraint(
                name="proposal_state_known", condition=Q(state__in=["open", "taken", "done", "withdrawn"])
            ),
            models.CheckConstraint(
                name="proposal_votes_closed_by_an_agenda",
                condition=Q(votes_closed_at=None) | Q(state__in=["taken", "done"]),
            ),
        ]
        indexes = [models.Index(fields=["group", "state"], name="proposal_of_group")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its place among the proposals of its group, which has to be loaded."""
        return f"{reverse('meetups:proposals', args=[self.group.slug])}#p{self.pk}"


class Vote(models.Model):
    """A member wants it too. Of someone who has left the site only the count stays."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="votes")
    member = models.ForeignKey("community.Member", models.SET_NULL, null=True, blank=True, related_name="topic_votes")
    voted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "member"], name="proposal_vote_once")]

    def __str__(self) -> str:
        return f"{self.member_id} for {self.proposal_id}"
