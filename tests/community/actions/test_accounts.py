"""Accounts by the way."""

from datetime import datetime

import pytest
from allauth.account.models import EmailAddress

from community.actions import accounts
from community.models import Member
from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db


def test_a_new_account(at: datetime) -> None:
    member, made = accounts.ensure(email=" Anna@Example.org ", name=" Anna  Kay ", time_zone="Europe/Paris", at=at)
    assert made
    member.refresh_from_db()
    assert (member.email, member.display_name, member.handle, member.is_handle_chosen, member.time_zone) == (
        "anna@example.org",
        "Anna Kay",
        "anna-kay",
        False,
        "Europe/Paris",
    )
    assert not member.has_usable_password()
    assert list(EmailAddress.objects.values_list("user", "email", "primary", "verified")) == [
        (member.pk, "anna@example.org", True, False)
    ]


def test_found_in_any_case(at: datetime) -> None:
    there = MemberFactory(email="anna@example.org")
    assert accounts.ensure(email="ANNA@example.org", name="Else", time_zone="", at=at) == (there, False)
    assert Member.objects.get().display_name == there.display_name


def test_found_by_a_proved_second_address(at: datetime) -> None:
    there = MemberFactory()
    EmailAddress.objects.create(user=there, email="second@example.org", verified=True)
    EmailAddress.objects.create(user=MemberFactory(), email="claimed@example.org", verified=False)
    assert accounts.ensure(email="second@example.org", name="", time_zone="", at=at) == (there, False)
    assert accounts.ensure(email="claimed@example.org", name="", time_zone="", at=at)[1]


def test_unknown_zone_becomes_london(at: datetime) -> None:
    member, _ = accounts.ensure(email="a@example.org", name="A B", time_zone="Mars/Olympus", at=at)
    assert member.time_zone == "Europe/London"


def test_proving_undoes_what_a_stranger_set(at: datetime) -> None:
    squatter, _ = accounts.ensure(email="a@example.org", name="A", time_zone="", at=at)
    squatter.set_password("known to a stranger")
    squatter.save()
    member, made = accounts.ensure(email="a@example.org", name="A", time_zone="", at=at, verified=True)
    assert (member, made) == (squatter, False)
    assert not Member.objects.get(pk=member.pk).has_usable_password()
    assert EmailAddress.objects.get(user=member).verified


def test_proving_again_keeps_the_password(at: datetime) -> None:
    member = MemberFactory()
    member.set_password("my own, long ago")
    member.save()
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    accounts.ensure(email=member.email, name="", time_zone="", at=at, verified=True)
    assert Member.objects.get(pk=member.pk).check_password("my own, long ago")


def test_handles_never_meet_nor_look_alike(at: datetime) -> None:
    MemberFactory(handle="modern")
    names = ["Modern", "Modem", "Modern", "", "", "محمد"]
    made = [
        accounts.ensure(email=f"m{n}@example.org", name=name, time_zone="", at=at)[0].handle
        for n, name in enumerate(names)
    ]
    assert made == ["modern-2", "modem-3", "modern-4", "newcomer", "newcomer-2", "محمد"]
