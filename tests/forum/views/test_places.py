"""The pages on which places are arranged, and what a place lends to a new topic."""

import pytest

from forum.models import Category
from tests.factories.community import MemberFactory
from tests.factories.forum import CategoryFactory, TalkFactory, TopicFactory

FORM = {"name": "Jobs", "about": "", "visible_to_whom": "members", "colour": "#3F8A4E", "template": "**Where:**\n"}


@pytest.fixture
def talk(group):
    return TalkFactory(group=group)


def test_an_organiser_makes_a_place_changes_it_and_retires_it(signed_in, organiser, group, talk):
    client, address = signed_in(organiser), f"/groups/{group.slug}/forum/places/"
    assert client.post(address, FORM)["Location"] == address
    jobs = Category.objects.get(name="Jobs")
    assert (jobs.group, jobs.visible_to_whom, jobs.template) == (group, "members", "**Where:**\n")
    text = client.get(address).content.decode()
    lines = [
        text.index(words) for words in (f"/forum/places/{talk.pk}/", f"/forum/places/{jobs.pk}/", "Members of the")
    ]
    assert lines == sorted(lines)
    client.post(f"/forum/places/{jobs.pk}/order/", {"by": "-1"})
    text = client.get(address).content.decode()
    assert text.index(f"/forum/places/{jobs.pk}/") < text.index(f"/forum/places/{talk.pk}/")
    assert client.post(f"/forum/places/{jobs.pk}/", {**FORM, "name": "Work"}).status_code == 302
    client.post(f"/forum/places/{jobs.pk}/retire/")
    assert "Nothing new begins here." in client.get(f"/forum/places/{jobs.pk}/").content.decode()
    client.post(f"/forum/places/{jobs.pk}/delete/")
    assert list(Category.objects.values_list("name", flat=True)) == ["Talk"]


def test_what_was_typed_stays_when_the_name_is_taken_or_missing(signed_in, organiser, group, talk):
    client, address = signed_in(organiser), f"/groups/{group.slug}/forum/places/"
    for name, why in (("talk", "a place called"), ("", "Give the place a name.")):
        answer = client.post(address, {**FORM, "name": name})
        assert answer.status_code == 422
        assert why in answer.content.decode()
        assert "**Where:**" in answer.content.decode()


def test_opening_what_was_said_to_fewer_is_asked_twice(signed_in, organiser, group):
    inner = TalkFactory(group=group, name="Inner", visible_to_whom="organisers")
    TopicFactory(category=inner)
    client, wish = signed_in(organiser), {**FORM, "name": "Inner"}
    answer = client.post(f"/forum/places/{inner.pk}/", wish)
    assert (answer.status_code, "Tick this if you mean it." in answer.content.decode()) == (422, True)
    assert client.post(f"/forum/places/{inner.pk}/", {**wish, "wider": "on"}).status_code == 302
    inner.refresh_from_db()
    assert inner.visible_to_whom == "members"


def test_the_site_has_places_too(signed_in, organiser):
    security = CategoryFactory(name="Security")
    assert signed_in(organiser).get("/forum/places/").status_code == 403
    client = signed_in(MemberFactory(is_moderator=True))
    assert "Security" in client.get("/forum/places/").content.decode()
    client.post(f"/forum/places/{security.pk}/", {**FORM, "name": "Safety", "visible_to_whom": "organisers"})
    security.refresh_from_db()
    assert (security.name, security.visible_to_whom) == ("Safety", "everyone")


def test_a_new_topic_begins_with_the_words_of_its_place(signed_in, client, joined, member, group):
    jobs = TalkFactory(group=group, slug="jobs", template="**Where** & when:")
    inside = signed_in(joined)
    assert "**Where** &amp; when:</textarea>" in inside.get("/forum/new/?category=jobs").content.decode()
    assert inside.get(f"/forum/new/template/{jobs.pk}/").content.decode() == "**Where** & when:"
    assert signed_in(member).get(f"/forum/new/template/{jobs.pk}/").status_code == 404


def test_only_organisers_are_shown_the_way(signed_in, client, organiser, joined, group, talk):
    address = f"/groups/{group.slug}/forum/"
    shown = [
        f"{address}places/" in who.get(address).content.decode()
        for who in (client, signed_in(joined), signed_in(organiser))
    ]
    assert shown == [False, False, True]


@pytest.mark.parametrize("count", [1, 3])
def test_what_the_list_costs(signed_in, organiser, group, count, django_assert_num_queries):
    for n in range(count):
        TalkFactory(group=group, name=f"Place {n}")
    client = signed_in(organiser)
    client.get("/forum/")
    # the session, the member, the bell, the group, the role, the places
    with django_assert_num_queries(5):
        client.get(f"/groups/{group.slug}/forum/places/")
