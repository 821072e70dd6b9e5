"""The help page says the numbers that hold; only those who moderate the site set a level."""

from community.models import Member
from community.policies.trust import LIMITS, Step, Trust
from community.views.levels import Level
from tests.factories.community import MemberFactory


def test_anyone_reads_what_trust_means_and_a_member_where_they_stand(client, signed_in, member):
    page = client.get("/trust/").content.decode()
    assert "3 new topics, 13 posts in all" in page
    assert "You: new here" not in page
    mine = signed_in(member).get("/trust/").content.decode()
    assert "You: new here" in mine
    assert "5 more topics you read" in mine


def test_moderators_of_the_site_set_a_level_with_a_reason(signed_in, member):
    client = signed_in(MemberFactory(is_moderator=True))
    url = f"/members/{member.handle}/trust/"
    missing = client.post(url, {"level": "4"})
    assert missing.status_code == 422
    assert "Say why: the member reads it." in missing.content.decode()
    assert client.post(url, {"level": "4", "reason": "Knows everybody"}).status_code == 302
    assert Member.objects.get(pk=member.pk).trust == 4
    page = client.get(url).content.decode()
    assert "Trust: an elder" in page
    assert "Knows everybody" in page


def test_one_thing_is_not_said_as_many():
    step = Step(Trust.BASIC, 1, {"topics_read": 1, "posts_read": 15})
    assert Level(1, "settled in", LIMITS[Trust.BASIC], step).deeds == [(1, "topic you read"), (15, "posts you read")]


def test_for_others_there_is_no_such_page(signed_in, member, organiser):
    for reader in (member, organiser):
        assert signed_in(reader).get(f"/members/{member.handle}/trust/").status_code == 404
