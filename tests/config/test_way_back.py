"""Signed out meanwhile: the way leads back to the page one was on, and no part of a page holds a whole one."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.forum import TopicFactory

HOME = "http://testserver"


@pytest.mark.django_db
class TestSignedOut:
    """A button is pressed, or a part of a page asked for, by somebody whose session has ended."""

    def test_a_button_leads_back_to_its_page(self, client: Client) -> None:
        topic = TopicFactory()
        page, button = topic.get_absolute_url(), reverse("forum:follow", args=[topic.pk])
        answer = client.post(button, {"level": "muted"}, headers={"Referer": f"{HOME}{page}"})
        assert answer["Location"] == f"/account/login/?next={page}"
        answer = client.post(button, {"level": "muted"}, headers={"Referer": f"{HOME}{page}?page=2"})
        assert answer["Location"] == f"/account/login/?next={page}%3Fpage%3D2"
        for elsewhere in ("https://elsewhere.example/x", ""):
            answer = client.post(button, {"level": "muted"}, headers={"Referer": elsewhere})
            assert answer["Location"] == f"/account/login/?next={button}"

    def test_a_part_makes_the_whole_page_go(self, client: Client) -> None:
        topic = TopicFactory()
        page = topic.get_absolute_url()
        asked = {"HX-Request": "true", "HX-Current-URL": f"{HOME}{page}"}
        for answer in (
            client.get(reverse("forum:reply", args=[topic.pk]), headers=asked),
            client.post(reverse("forum:react", args=[topic.posts.get().pk]), {"kind": "thanks"}, headers=asked),
        ):
            assert (answer.status_code, answer.content) == (200, b"")
            assert answer["HX-Redirect"].startswith("/account/login/?next=/forum/t/")

    def test_a_page_that_was_looked_at_leads_back_to_itself(self, client: Client) -> None:
        answer = client.get("/forum/drafts/?x=1", headers={"Referer": f"{HOME}/groups/"})
        assert answer["Location"] == "/account/login/?next=/forum/drafts/%3Fx%3D1"


def test_a_form_that_is_opened_as_a_page_says_so(client: Client, db: None) -> None:
    answer = client.get(reverse("forum:preview"))
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "This is not a page to open" in answer.content.decode()
