"""Signing up, in and out, as browsers do it."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import get_user
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.test import Client, RequestFactory

from community.accounts import sign_in
from community.models import Member
from notifications.models import OutgoingMail
from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db

SIGN_UP = {"email": "Anna@Example.org", "name": "Anna Kay", "time_zone": "Europe/Paris"}


@pytest.fixture(autouse=True)
def _nothing_counted_yet() -> None:
    cache.clear()


def owner(**fields: Any) -> Member:
    """Somebody with a confirmed address."""
    member = MemberFactory(password="!", **fields)
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member


def code_mailed_to(email: str) -> str:
    mail = OutgoingMail.objects.filter(to=email).latest("pk")
    assert mail.kind == "account"
    return re.search(r"^([A-Z0-9]{3,}(?:-[A-Z0-9]+)*)$", mail.text, re.MULTILINE)[1]


def test_sign_up_in_two_fields(client: Client) -> None:
    answer = client.post("/account/signup/", SIGN_UP)
    assert (answer.status_code, answer["Location"]) == (302, "/account/confirm-email/")
    member = Member.objects.get()
    assert (member.email, member.display_name, member.handle, member.time_zone, member.is_handle_chosen) == (
        "anna@example.org",
        "Anna Kay",
        "anna-kay",
        "Europe/Paris",
        False,
    )
    assert not member.has_usable_password()
    answer = client.post("/account/confirm-email/", {"code": code_mailed_to("anna@example.org")})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert get_user(client) == member
    assert [mail.subject.split(":")[0] for mail in OutgoingMail.objects.all()] == ["Your code to confirm your address"]


def test_sign_up_asks_for_e_mail_and_name_only(client: Client) -> None:
    page = client.get("/account/signup/").content.decode()
    fields = re.findall(r'<input type="(\w+)" name="(\w+)"', page)
    assert ("hidden", "time_zone") in fields
    assert [name for kind, name in fields if kind != "hidden"] == ["email", "name"]
    assert "data-zone-field" in page
    assert "community/js/zone.js" in page


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../../etc/passwd"])
def test_an_unknown_zone_is_london_with_a_hint(client: Client, zone: str) -> None:
    answer = client.post("/account/signup/", SIGN_UP | {"time_zone": zone}, follow=True)
    assert Member.objects.get().time_zone == "Europe/London"
    assert "times are as in London" in answer.content.decode()


def test_a_known_zone_needs_no_hint(client: Client) -> None:
    assert "London" not in client.post("/account/signup/", SIGN_UP, follow=True).content.decode()


def test_what_was_typed_survives_a_refusal(client: Client) -> None:
    answer = client.post("/account/signup/", SIGN_UP | {"email": "anna at example"})
    page = answer.content.decode()
    assert answer.status_code == 200
    for typed in ("anna at example", "Anna Kay", "Europe/Paris"):
        assert f'value="{typed}"' in page
    assert not Member.objects.exists()


def test_signing_up_twice_does_not_tell_strangers(client: Client) -> None:
    member = owner(email="anna@example.org")
    answer = client.post("/account/signup/", SIGN_UP)
    assert (answer.status_code, answer["Location"]) == (302, "/account/confirm-email/")
    assert Member.objects.get() == member
    assert OutgoingMail.objects.get().subject == "You have an account already"


def test_sign_in_by_code(client: Client) -> None:
    member = owner()
    answer = client.post("/account/login/", {"login": member.email.upper(), "password": ""})
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/code/confirm/")
    answer = client.post("/account/login/code/confirm/", {"code": code_mailed_to(member.email)})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert get_user(client) == member


def test_sign_in_by_password(client: Client) -> None:
    member = owner()
    member.set_password("pilot-light-demo")
    member.save()
    answer = client.post("/account/login/", {"login": member.email, "password": "nonsense"})
    assert "do not go together" in answer.content.decode()
    assert f'value="{member.email}"' in answer.content.decode()
    assert client.post("/account/login/", {"login": member.email, "password": "pilot-light-demo"}).status_code == 302
    assert get_user(client) == member


def test_an_unknown_address_gets_a_letter_not_an_answer(client: Client) -> None:
    answer = client.post("/account/login/", {"login": "nobody@example.org", "password": ""})
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/code/confirm/")
    assert OutgoingMail.objects.get().subject == "No account for this address"


def test_too_many_sign_ups_are_429_with_a_page(client: Client) -> None:
    for number in range(10):
        assert client.post("/account/signup/", SIGN_UP | {"email": f"a{number}@example.org"}).status_code == 302
        client.cookies.clear()
    answer = client.post("/account/signup/", SIGN_UP)
    assert answer.status_code == 429
    assert "A little slower, please" in answer.content.decode()


def test_too_many_sign_ins_are_429_with_a_page(client: Client) -> None:
    answers = [client.get("/account/login/").status_code for _ in range(3)]
    assert answers == [200, 200, 200]
    answers = [client.post("/account/login/", {"login": "x", "password": "y"}).status_code for _ in range(31)]
    assert answers[-1] == 429


def test_signing_out_closes_sockets(client: Client, said: list, django_capture_on_commit_callbacks: Any) -> None:
    member = owner()
    client.force_login(member)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/logout/")
    assert (f"member:{member.pk}", {"type": "session.ended", "reason": "signed out"}) in said


def request_of(client: Client) -> Any:
    request = RequestFactory().get("/")
    request.session = SessionStore()
    request.user = get_user(client)
    request._messages = CookieStorage(request)
    return request


def test_sign_in_by_a_link(client: Client) -> None:
    member = owner()
    request = request_of(client)
    with request_context(request):
        answer = sign_in(request, member, then="/meetups/")
    assert answer["Location"] == "/meetups/"
    assert request.user == member


def test_sign_in_by_a_link_still_asks_for_the_second_factor(client: Client) -> None:
    member = owner()
    TOTP.activate(member, generate_totp_secret())
    RecoveryCodes.activate(member)
    request = request_of(client)
    with request_context(request):
        answer = sign_in(request, member, then="/meetups/")
    assert answer["Location"] == "/account/2fa/authenticate/"
    assert not request.user.is_authenticated


def test_sign_in_by_a_link_refuses_a_closed_account(client: Client) -> None:
    request = request_of(client)
    with request_context(request):
        assert sign_in(request, owner(is_active=False))["Location"] == "/account/inactive/"
    assert not request.user.is_authenticated


def test_security_letters_have_words(client: Client) -> None:
    member = owner()
    client.force_login(member)
    strong = {"password1": "seven red kettles", "password2": "seven red kettles"}
    assert client.post("/account/password/set/", strong)["Location"] == "/account/password/change/"
    mail = OutgoingMail.objects.get()
    assert (mail.subject, mail.to, "127.0.0.1" in mail.text) == ("A password was set", member.email, True)
