"""The public book: every line moves a sum from one account to another, so nothing can be out of balance."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Account(models.TextChoices):
    """Where value comes from and goes to."""

    VENDOR = "vendor", "The vendor"
    FUND = "fund", "The group's fund"
    IN_KIND = "in-kind", "Gifts in kind, used"
    VENUE = "venue", "Room"
    FOOD = "food", "Food and drink"
    SPEAKER = "speaker", "Speakers"
    MEMBERS = "members", "Members"
    OTHER = "other", "Other"


class LedgerTransaction(models.Model):
    """One thing that happened, with one or more transfers. Never changed: a mistake is corrected by its opposite.

    Triggers hold that (`sponsors/models/book.py`), so neither code nor raw SQL can rewrite the book.
    """

    group = models.ForeignKey("community.Group", models.PROTECT, related_name="ledger")
    organisation = models.ForeignKey("community.Organisation", models.PROTECT, null=True, related_name="ledger")
    sponsorship = models.ForeignKey("sponsors.Sponsorship", models.PROTECT, null=True, related_name="ledger")
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    happened_on = models.DateField()
    note = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    entry_key = models.CharField(max_length=80, unique=True, help_text="From the form: a double click books once")
    line_count = models.PositiveSmallIntegerField(help_text="How many transfers it has: the database takes no more")

    class Meta:
        constraints = [models.CheckConstraint(name="ledger_with_lines", condition=Q(line_count__gt=0))]
        indexes = [models.Index(fields=["group", "-happened_on", "-id"], name="ledger_of_group")]

    def __str__(self) -> str:
        return self.note


class Transfer(models.Model):
    """`amount` leaves `source` and reaches `destination`: two entries of the book that sum to zero by their form."""

    transaction = models.ForeignKey(LedgerTransaction, models.PROTECT, related_name="transfers")
    source = models.CharField(max_length=10, choices=Account)
    destination = models.CharField(max_length=10, choices=Account)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    currency = models.CharField(max_length=3, default="GBP")

    class Meta:
        constraints = [
            models.CheckConstraint(name="transfer_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="transfer_moves", condition=~Q(source=F("destination"))),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} {self.source} → {self.destination}"
