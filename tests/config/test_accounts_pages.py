"""Every account page wears the design and answers."""

import re
import time

import pytest
from allauth.account.internal.flows import login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from tests.factories.community import MemberFactory

OUTSIDE = [
    "account_login",
    "account_signup",
    "account_signup_by_passkey",
    "account_request_login_code",
    "account_reset_password",
    "account_inactive",
]
INSIDE = [
    "account_email",
    "account_logout",
    "account_set_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "usersessions_list",
]


@pytest.fixture
def client_of():
    """Signed in a moment ago, so that nothing asks again."""

    def sign_in(member):
        client = Client()
        client.force_login(member)
        session = client.session
        session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "password", "at": time.time(), "reauthenticated": True}
        ]
        session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(member.pk)
        session.save()
        return client

    return sign_in


@pytest.fixture
def someone(db):
    member = MemberFactory()
    member.set_unusable_password()
    member.save()
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member


def wears_the_design(answer):
    page = answer.content.decode()
    assert answer.status_code == 200, answer.get("Location")
    assert page.count('<main class="main" id="main"') == 1
    assert page.count("<h1") == 1
    assert "site/css/site.css" in page
    assert not re.search(r"\sstyle=|<p>\s*<label|Sign Up|Sign In\b|Two-Factor", page)
    return page


@pytest.mark.django_db
@pytest.mark.parametrize("name", OUTSIDE)
def test_from_outside(name):
    wears_the_design(Client().get(reverse(name)))


@pytest.mark.parametrize("name", INSIDE)
def test_from_inside(name, client_of, someone):
    if name == "account_reauthenticate":
        someone.set_password("a long enough secret")
        someone.save()

    wears_the_design(client_of(someone).get(reverse(name)))


def test_changing_a_password_one_has(client_of, someone):
    someone.set_password("a long enough secret")
    someone.save()

    page = wears_the_design(client_of(someone).get(reverse("account_change_password")))

    assert "Change your password" in page


def test_with_an_authenticator(client_of, someone):
    Authenticator.objects.create(user=someone, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client = client_of(someone)

    for name in ("mfa_index", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_reauthenticate"):
        wears_the_design(client.get(reverse(name)))
    assert client.post(reverse("mfa_generate_recovery_codes")).status_code == 302
    assert wears_the_design(client.get(reverse("mfa_view_recovery_codes"))).count("<li><code>") == 10


def test_the_second_step_when_signing_in(someone):
    someone.set_password("a long enough secret")
    someone.save()
    Authenticator.objects.create(user=someone, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client = Client()
    answer = client.post(reverse("account_login"), {"login": someone.email, "password": "a long enough secret"})

    assert answer["Location"] == reverse("mfa_authenticate")
    assert "The second step" in wears_the_design(client.get(answer["Location"]))


def test_the_code_page(someone):
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": someone.email})

    page = wears_the_design(client.get(reverse("account_confirm_login_code")))

    assert someone.email in page


def test_the_demos_sign_in_list_shows_only_in_the_demo(db, settings):
    assert "pilot-light-demo" not in Client().get(reverse("account_login")).content.decode()
    settings.DEMO = True
    page = Client().get(reverse("account_login")).content.decode()
    assert ">pilot-light-demo</code>" in page
    assert page.count("@demo.example") == 7


def test_data_for_scripts_is_the_only_script_in_the_page(client_of, someone):
    page = client_of(someone).get(reverse("mfa_add_webauthn")).content.decode()

    inline = [tag for tag in re.findall(r"<script[^>]*>", page) if " src=" not in tag]
    assert inline
    assert all('type="application/json"' in tag for tag in inline)
