"""A form that was open before its reader signed in again: nothing is done, and no word is lost."""

from django.test import Client

from tests.factories.forum import TopicFactory

TYPED = "A long evening's work & more"


def test_the_words_of_a_stale_form_wait_at_its_address(member, db):
    topic, client = TopicFactory(), Client(enforce_csrf_checks=True)
    client.force_login(member)
    fields = {"body": TYPED, "answers": "1", "client_key": "k"}
    answer = client.post(f"/forum/reply/{topic.pk}/", fields, headers={"origin": "http://testserver"})
    assert answer.status_code == 403
    assert "A long evening&#x27;s work &amp; more</textarea>" in answer.content.decode()
    assert topic.posts.count() == 1
    form = client.get(f"/forum/reply/{topic.pk}/").context["form"]
    assert (form["body"].value(), form["answers"].value()) == (TYPED, 1)


def test_a_form_of_elsewhere_shows_them_to_be_copied(member, db):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    answer = client.post("/settings/profile/", {"body": TYPED})
    assert answer.status_code == 403
    assert "Copy it, load the page again" in answer.content.decode()
    assert "kept" not in client.session


def test_the_form_of_another_site_keeps_nothing_and_signs_nobody_out(db):
    address = f"/forum/reply/{TopicFactory().pk}/"
    answer = Client(enforce_csrf_checks=True).post(address, {"body": TYPED}, headers={"origin": "https://evil.example"})
    assert (answer.status_code, "session" in answer.cookies) == (403, False)
    ours = Client(enforce_csrf_checks=True).post(address, {"body": TYPED}, headers={"origin": "http://testserver"})
    assert "session" in ours.cookies
