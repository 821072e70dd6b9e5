"""Everything we hold of a member, to take away."""

import json
from datetime import datetime
from zipfile import ZipFile

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP

from community import registry
from community.actions import blocks, profile
from community.exports import archive
from community.models import Group, Member, Sanction
from tests.community.actions.test_departure import a_picture
from tests.factories.community import AffiliationFactory, MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything(joined: Member, group: Group, at: datetime) -> Member:
    EmailAddress.objects.create(user=joined, email=joined.email, verified=True, primary=True)
    TOTP.activate(joined, "JBSWY3DPEHPK3PXP")
    AffiliationFactory(member=joined)
    other = MemberFactory(email="other@example.org")
    blocks.block(member=joined, other=other, at=at)
    blocks.block(member=other, other=joined, at=at)
    Sanction.objects.create(member=joined, group=group, kind="warn", reason="Shouted", imposed_by=other, starts_at=at)
    profile.update(member=joined, values={"about": "<b>me</b>"}, avatar=a_picture())
    return Member.objects.get(pk=joined.pk)


def test_what_is_in_it(everything: Member, at: datetime) -> None:
    with ZipFile(archive.build(everything, at)) as file:
        data = {name: file.read(name).decode() for name in file.namelist() if not name.startswith("pictures/")}
        pictures = [name for name in file.namelist() if name.startswith("pictures/")]
    rows = {name[5:-5]: json.loads(text) for name, text in data.items() if name.startswith("data/")}
    ours = [
        "profile",
        "memberships",
        "affiliations",
        "blocks",
        "sanctions",
        "trust",
        "claims",
        "acts",
        "sessions",
        "sign-in-methods",
    ]
    assert {name: len(rows[name]) for name in ours} == {
        "profile": 1,
        "memberships": 1,
        "affiliations": 1,
        "blocks": 1,
        "sanctions": 1,
        "trust": 0,
        "claims": 0,
        "acts": 0,
        "sessions": 0,
        "sign-in-methods": 1,
    }
    assert rows["profile"][0]["addresses"] == [{"email": everything.email, "verified": True, "primary": True}]
    assert rows["sanctions"][0]["reason"] == "Shouted"
    assert len(pictures) == 1
    assert "&lt;b&gt;me&lt;/b&gt;" in data["index.html"]
    whole = " ".join(data.values())
    assert "other@example.org" not in whole
    assert "JBSWY3DPEHPK3PXP" not in whole


def test_every_floor_adds_its_file(member: Member, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry._exporters, "more-things", lambda m: ({"n": n, "at": at} for n in range(300)))
    with ZipFile(archive.build(member, at)) as file:
        assert len(json.loads(file.read("data/more-things.json"))) == 300
        assert "The first 200" in file.read("index.html").decode()
