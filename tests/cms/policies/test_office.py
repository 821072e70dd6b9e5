"""Who enters the back office: a table."""

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group as Rights

from cms.actions import sites
from cms.policies import office
from community.models import Affiliation
from tests.factories.community import AffiliationFactory, MemberFactory

TODAY = date(2026, 12, 1)
Kind = Affiliation.Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def editors():
    sites.make_pages()
    return Rights.objects.get(name=sites.EDITORS)


@pytest.mark.parametrize(
    ("fields", "is_editor", "tie", "allowed"),
    [
        ({}, False, None, False),
        ({"is_staff": True}, False, None, False),
        ({"is_moderator": True}, False, None, False),
        ({}, True, None, True),
        ({"is_staff": True}, True, None, True),
        ({"is_active": False}, True, None, False),
        ({}, True, Kind.EMPLOYEE, False),
        ({}, True, Kind.OWNER, False),
        ({}, True, Kind.CONTRACTOR, False),
        ({}, True, Kind.SPEAKER, True),
        ({"is_superuser": True}, False, None, True),
    ],
)
def test_may_enter(editors, fields, is_editor, tie, allowed):
    member = MemberFactory(**fields)
    if is_editor:
        member.groups.add(editors)
    if tie:
        AffiliationFactory(member=member, kind=tie)

    assert bool(office.may_enter(member, TODAY)) is allowed


@pytest.mark.parametrize(("must", "has", "needs"), [(True, False, True), (True, True, False), (False, False, False)])
def test_needs_second_factor(settings, must, has, needs):
    settings.STAFF_MUST_USE_MFA = must
    member = MemberFactory()
    if has:
        Authenticator.objects.create(user=member, type=Authenticator.Type.TOTP, data={"secret": "x"})

    assert office.needs_second_factor(member) is needs
