"""What is held of a member: handed over, and gone when they go."""

from datetime import datetime

from community import registry
from community.models import Member
from notifications.actions import addresses
from notifications.models import IncomingAddress, Notice, OutgoingMail, Preference
from notifications.models.preference import Channel
from tests.factories.community import MemberFactory
from tests.factories.notifications import NoticeFactory, OutgoingMailFactory, PreferenceFactory


def hold(member: Member, at: datetime) -> None:
    NoticeFactory(recipient=member, title=f"To {member.handle}")
    PreferenceFactory(member=member, kind="test.happened", channel=Channel.INBOX)
    OutgoingMailFactory(member=member)
    addresses.make(handler="test", data={}, member=member, at=at)


def test_the_download_holds_ones_own(member: Member, at: datetime) -> None:
    hold(member, at)
    hold(MemberFactory(), at)
    files = registry.exports(member)
    assert [row["title"] for row in files["notices"]] == [f"To {member.handle}"]
    assert list(files["preferences"]) == [{"kind": "test.happened", "scope": "", "channel": "inbox"}]
    assert [row["to"] for row in files["mails"]] == [member.email]


def test_leaving_takes_it_away(member: Member, at: datetime) -> None:
    other = MemberFactory()
    hold(member, at)
    hold(other, at)
    theirs = NoticeFactory(recipient=other, actor=member)
    registry.announce("departed", member=member, at=at)
    assert set(Notice.objects.values_list("recipient_id", flat=True)) == {other.pk}
    assert Notice.objects.filter(pk=theirs.pk).exists()
    for model in (Preference, OutgoingMail, IncomingAddress):
        assert list(model.objects.values_list("member_id", flat=True)) == [other.pk]
