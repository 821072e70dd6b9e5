"""When something goes wrong, the page says what, and what to do."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from tests.factories.community import MemberFactory


@pytest.mark.django_db
def test_nothing_here():
    answer = Client().get("/nothing-here/")

    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token():
    answer = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "a@example.org"})

    assert answer.status_code == 403
    assert "The form was too old" in answer.content.decode()


@pytest.mark.parametrize("name", ["500.html", "400.html"])
def test_pages_that_stand_without_database_and_context(name):
    page = render_to_string(name)

    assert "site/css/site.css" in page
    assert "To the front page" in page


@pytest.mark.django_db
def test_the_error_page_is_not_trusted_with_html(signed_in):
    page = signed_in(MemberFactory()).get("/search/?q=<b>x").content.decode()

    assert "<b>x" not in page
