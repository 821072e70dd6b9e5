"""How allauth makes and mails accounts here."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse

from community.models import Member


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by e-mail; the handle is suggested and chosen later."""


def sign_in(request: HttpRequest, member: Member, *, then: str = "/") -> HttpResponse:
    """Sign in someone who has just proved their mailbox, as a mailed code would; answers where they go next.

    A member with a second factor is led to it first, and an account that was switched off to the page that says so.
    """
    record_authentication(request, member, method="code", email=member.email)
    return perform_login(request, Login(user=member, email=member.email, redirect_url=then))
