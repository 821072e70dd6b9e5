"""Leaving for good."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image

from assets.models import Picture
from community import registry
from community.actions import departure, profile
from community.models import Affiliation, Block, Group, LogEntry, Member, Membership
from notifications.models import Notice, OutgoingMail
from tests.factories.community import AffiliationFactory, MemberFactory, MembershipFactory, OrganiserFactory

pytestmark = pytest.mark.django_db


def a_picture() -> ContentFile:
    out = BytesIO()
    Image.new("RGB", (8, 8)).save(out, "WEBP")
    return ContentFile(out.getvalue(), "face.webp")


def test_the_row_stays_emptied(at: datetime, said: list, django_capture_on_commit_callbacks: Any) -> None:
    member = MemberFactory(
        email="anna@example.org",
        about="All about me",
        place_name="Leeds",
        latitude=53.8,
        longitude=-1.55,
        is_staff=True,
        last_seen_on=date(2026, 11, 1),
    )
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    TOTP.activate(member, generate_totp_secret())
    RecoveryCodes.activate(member)
    with django_capture_on_commit_callbacks(execute=True):
        profile.update(member=member, values={}, avatar=a_picture())
        departure.depart(member=member, at=at)
    gone = Member.objects.get(pk=member.pk)
    assert (gone.email, gone.handle, gone.shown_name, gone.departed_at, gone.is_active) == (
        f"former-{member.pk}@departed.invalid",
        f"former-{member.pk}",
        "a former member",
        at,
        False,
    )
    left = {field: getattr(gone, field) for field in ("display_name", "about", "place_name", "latitude", "longitude")}
    assert not any(left.values())
    assert (gone.avatar, gone.is_staff, gone.last_seen_on, gone.has_usable_password()) == (None, False, None, False)
    assert not Picture.objects.exists()
    assert not EmailAddress.objects.exists()
    assert not gone.authenticator_set.exists()
    assert (f"member:{member.pk}", {"type": "session.ended", "reason": "departed"}) in said
    assert list(OutgoingMail.objects.filter(kind="account").values_list("to", "member", "subject")) == [
        ("anna@example.org", None, "Your account is deleted")
    ]


def test_places_end_and_the_last_organiser_is_asked_for(
    organiser: Member, joined: Member, group: Group, at: datetime
) -> None:
    departure.depart(member=organiser, at=at)
    assert list(Membership.objects.live().filter(group=group).values_list("member", flat=True)) == [joined.pk]
    assert LogEntry.objects.filter(group=group, kind="organiser.wanted").count() == 1
    assert Notice.objects.filter(recipient=joined, kind="community.organiser_wanted").count() == 1


def test_ties_end_and_blocks_go(member: Member, at: datetime) -> None:
    tie = AffiliationFactory(member=member)
    other = MemberFactory()
    for one, two in ((member, other), (other, member), (other, MemberFactory())):
        Block.objects.create(member=one, blocked=two, created_at=at)
    departure.depart(member=member, at=at)
    assert Affiliation.objects.get(pk=tie.pk).ends_on == at.date()
    assert Block.objects.count() == 1


def test_every_floor_is_told_before_the_row_is_emptied(
    member: Member, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Any] = []
    monkeypatch.setitem(
        registry._listeners, "departed", [lambda member, at: heard.append((member.pk, member.email, at))]
    )
    departure.depart(member=member, at=at)
    departure.depart(member=member, at=at)
    assert heard == [(member.pk, member.email, at)]


def test_sign_ins_end_on_every_device(member: Member, at: datetime) -> None:
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(member)
        assert client.get("/settings/").status_code == 200
        UserSession.objects.create(user=member, session_key=client.session.session_key, ip="127.0.0.1", user_agent="x")
    departure.depart(member=member, at=at)
    assert not UserSession.objects.exists()
    assert not Session.objects.exists()
    assert [client.get("/settings/").status_code for client in clients] == [302, 302]


def test_two_leave_without_meeting(at: datetime) -> None:
    one, two = OrganiserFactory().member, MembershipFactory().member
    departure.depart(member=one, at=at)
    departure.depart(member=two, at=at)
    assert Member.objects.filter(departed_at=at).count() == 2
