"""The pages of tags, tags while writing, and what a reader may not know of."""

import pytest

from forum.actions import tags as verbs
from forum.models import Tag, Topic
from tests.factories.community import MemberFactory
from tests.factories.forum import CategoryFactory, MembersOnlyFactory, TopicFactory


@pytest.fixture
def tagged(at):
    def make(*names, **more) -> Topic:
        topic = TopicFactory(**more)
        verbs.retag(actor=MemberFactory(is_moderator=True), topic=topic, names=names, at=at)
        return topic

    return make


def test_tags_are_typed_with_commas_and_shown_in_the_topic_and_in_lists(signed_in, client, joined):
    place = CategoryFactory(slug="prices")
    form = {"category": place.pk, "title": "VAT on kit", "body": "x", "client_key": "k", "tags": "VAT, cash flow, c#"}
    address = signed_in(joined).post("/forum/new/", form)["Location"]
    for page in (address, "/forum/", "/forum/c/prices/"):
        text = client.get(page).content.decode()
        assert 'href="/forum/tags/vat/">vat</a>' in text
        assert 'href="/forum/tags/c%23/">c#</a>' in text
    assert "VAT on kit" in client.get("/forum/tags/cash-flow/").content.decode()
    assert 'value="cash-flow"' in signed_in(joined).get("/forum/new/").content.decode()


def test_what_was_typed_stays_when_a_tag_cannot_be(signed_in, member):
    form = {"category": CategoryFactory().pk, "title": "VAT on kit", "body": "My words", "client_key": "k"}
    for typed, why, status in (
        ("a/b", "cannot be in it", 422),
        ("t1,t2,t3,t4,t5,t6", "That is 6 tags", 422),
        ("vat", "no tag", 403),
    ):
        answer = signed_in(member).post("/forum/new/", {**form, "tags": typed})
        text = answer.content.decode()
        assert (answer.status_code, why in text, "My words" in text, f'value="{typed}"' in text) == (
            status,
            True,
            True,
            True,
        )
    assert Topic.objects.count() == 0


def test_a_tag_of_a_closed_place_is_unknown_outside(client, signed_in, joined, group, tagged):
    tagged("layoffs", category=MembersOnlyFactory(group=group))
    for who in (client, signed_in(MemberFactory())):
        assert "layoffs" not in who.get("/forum/tags/").content.decode()
        assert who.get("/forum/tags/layoffs/").status_code == 404
        assert who.get("/forum/tags/no-such/").status_code == 404
    assert "layoffs" in signed_in(joined).get("/forum/tags/").content.decode()
    assert signed_in(joined).get("/forum/tags/layoffs/").status_code == 200


def test_other_ways_of_writing_a_tag_lead_to_it(client, tagged):
    tagged("cash-flow")
    answer = client.get("/forum/tags/Cash%20Flow/")
    assert (answer.status_code, answer["Location"]) == (301, "/forum/tags/cash-flow/")


def test_moderators_rename_and_the_old_address_leads_on(client, signed_in, organiser, tagged):
    topic = tagged("backups")
    assert signed_in(organiser).get("/forum/tags/backups/rename/").status_code == 403
    moderator = signed_in(MemberFactory(is_moderator=True))
    assert moderator.post("/forum/tags/backups/rename/", {"name": "a/b"}).status_code == 422
    assert moderator.post("/forum/tags/backups/rename/", {"name": "Backup"})["Location"] == "/forum/tags/backup/"
    assert client.get("/forum/tags/backups/")["Location"] == "/forum/tags/backup/"
    assert Topic.objects.get(pk=topic.pk).tag_names == ["backup"]


def test_the_author_tags_a_topic_later(client, signed_in, joined, member, tagged):
    topic = TopicFactory(author=joined)
    assert client.get(f"/forum/retag/{topic.pk}/")["Location"].startswith("/account/login/")
    assert signed_in(member).get(f"/forum/retag/{topic.pk}/").status_code == 403
    author = signed_in(joined)
    assert author.post(f"/forum/retag/{topic.pk}/", {"tags": "a/b"}).status_code == 422
    assert author.post(f"/forum/retag/{topic.pk}/", {"tags": "vat"})["Location"] == topic.get_absolute_url()
    assert 'value="vat"' in author.get(f"/forum/retag/{topic.pk}/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_what_tags_cost(client, tagged, count, django_assert_num_queries):
    for n in range(count):
        tagged("vat", f"tag{n}")
    assert Tag.objects.count() == count + 1
    with django_assert_num_queries(1):
        client.get("/forum/tags/")
    # the tag, whether it may be seen, its topics
    with django_assert_num_queries(3):
        client.get("/forum/tags/vat/")
