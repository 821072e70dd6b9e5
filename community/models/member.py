"""A person with an account."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse


def named(display_name: str, handle: str, *, is_departed: bool) -> str:
    """The name others see, from what is known of a member."""
    if is_departed:
        return "a former member"
    return display_name or f"@{handle}"


class MemberManager(BaseUserManager["Member"]):
    """Makes accounts; `community.actions.accounts` is what the site itself calls."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        """Store a new account; without a password, sign-in is by code or passkey."""
        member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        """An operator's account."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class MemberQuerySet(models.QuerySet["Member"]):
    """Which people."""

    def present(self) -> "MemberQuerySet":
        """Still here: not departed, not switched off."""
        return self.filter(is_active=True, departed_at=None)


class Member(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # Wagtail has no types
    """A small IT provider, as a person. A departed member keeps the row, emptied, so that threads keep their shape."""

    class Trust(models.IntegerChoices):
        """How far newcomers' limits are lifted."""

        NEW = 0
        BASIC = 1
        KNOWN = 2
        REGULAR = 3
        ELDER = 4

    email = models.EmailField(max_length=254, unique=True)
    handle = models.CharField(max_length=30)
    handle_key = models.CharField(
        max_length=60,
        unique=True,
        help_text="The handle as the eye reads it: two that look alike share it",
    )
    is_handle_chosen = models.BooleanField(default=False)
    display_name = models.CharField("name", max_length=80, blank=True)
    about = models.TextField("about you", max_length=2000, blank=True)
    avatar = models.ForeignKey("assets.Picture", models.SET_NULL, null=True, blank=True, related_name="+")

    time_zone = models.CharField(max_length=64, default="Europe/London")
    language = models.CharField(max_length=12, default="en-gb")
    place_name = models.CharField("town or postcode", max_length=80, blank=True)
    latitude = models.FloatField(null=True, blank=True, help_text="Two decimals at most: a town, not a house")
    longitude = models.FloatField(null=True, blank=True)

    is_listed_by_name = models.BooleanField("show my name in lists of who is coming", default=True)
    is_findable = models.BooleanField("let people find me in search", default=False)
    trust = models.PositiveSmallIntegerField(choices=Trust, default=Trust.NEW)
    trust_reckoned_on = models.DateField(null=True, blank=True, help_text="When the level was last worked out")
    is_trust_by_hand = models.BooleanField(default=False, help_text="Given by hand: never worked out")
    attended_at = models.DateTimeField("first came to a meetup", null=True, blank=True)

    is_staff = models.BooleanField("site staff", default=False)
    is_moderator = models.BooleanField("moderates the site", default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    last_seen_on = models.DateField(null=True, blank=True)
    departed_at = models.DateTimeField(null=True, blank=True)

    objects = MemberManager.from_queryset(MemberQuerySet)()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["handle", "handle_key", "joined_at"]

    class Meta:
        constraints = [
            models.CheckConstraint(name="member_trust_level", condition=Q(trust__lte=4)),
            models.UniqueConstraint(Lower("email"), name="member_email_once", violation_error_message="In use."),
            models.UniqueConstraint(Lower("handle"), name="member_handle_once"),
            models.CheckConstraint(
                name="member_position_whole",
                condition=Q(latitude=None, longitude=None) | Q(latitude__isnull=False, longitude__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name others see."""
        return named(self.display_name, self.handle, is_departed=self.departed_at is not None)

    def get_full_name(self) -> str:
        """For Wagtail and allauth."""
        return self.shown_name

    def get_short_name(self) -> str:
        """For Wagtail and allauth."""
        return self.handle

    def get_absolute_url(self) -> str:
        """The public profile."""
        return reverse("cms:profile", args=[self.handle])
