"""The demo's letter box is there in the demo alone."""

from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.factories.notifications import OutgoingMailFactory


def pages(number: int) -> list[str]:
    return [
        reverse("notifications:demo-mail"),
        reverse("notifications:demo-mail-one", args=[number]),
        reverse("notifications:demo-mail-html", args=[number]),
    ]


def test_nowhere_else(db: None, settings: Settings) -> None:
    settings.DEMO = False
    mail = OutgoingMailFactory(html="<p>Secret</p>")
    assert [Client().get(url).status_code for url in pages(mail.pk)] == [404, 404, 404]


def test_shows_mails_and_lets_no_script_in(db: None, settings: Settings) -> None:
    settings.DEMO = True
    mail = OutgoingMailFactory(subject="Your code", text="Go to http://localhost:8000/x/ now", html="<p>Hello</p>")
    answers = [Client().get(url) for url in pages(mail.pk)]
    assert "Your code" in answers[0].content.decode()
    assert '<a href="http://localhost:8000/x/"' in answers[1].content.decode()
    assert answers[2].content == b"<p>Hello</p>"
    policy = answers[2]["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
