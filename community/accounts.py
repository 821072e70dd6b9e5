"""How allauth makes, mails and ends what belongs to accounts here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from community.actions import accounts
from community.forms.accounts import SignupForm
from community.models import Member
from community.notices import accounts as letters
from community.queries import zones
from live.publish import close_sockets

ZONE_UNKNOWN = "Your browser did not tell its time zone, so times are as in London. You can change that in settings."


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by e-mail; the handle is suggested and chosen later; every mail goes through the one outbox."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "That e-mail and password do not go together. Without a password we mail a code.",
        "too_many_login_attempts": "Too many tries. Wait a few minutes, then try again.",
        "incorrect_code": "That is not the code we sent. Look at the newest mail.",
        "account_inactive": "This account has been switched off.",
    }

    def save_user(self, request: HttpRequest, user: Member, form: SignupForm, commit: bool = True) -> Member:  # noqa: FBT001, FBT002
        """Open the account a sign-up form asks for."""
        data = form.cleaned_data
        if not form.zone_is_known:
            messages.info(request, ZONE_UNKNOWN)
        zone = zones.known_or_fallback(data.get("time_zone", ""))
        return accounts.open_account(email=data["email"], name=data["name"], time_zone=zone, at=timezone.now())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hand it to the outbox, due at once."""
        member = context.get("user")
        facts = {key: value for key, value in context.items() if key != "request"}
        letters.post(template_prefix, to=email, member_id=getattr(member, "pk", None), facts=facts, at=timezone.now())

    def logout(self, request: HttpRequest) -> None:
        """Sign out, and let go of the sockets that this sign-in opened."""
        member_id = request.user.pk
        super().logout(request)
        if member_id is not None:
            close_sockets(member_id, "signed out")


class SessionsAdapter(DefaultUserSessionsAdapter):
    """Devices signed out from afar lose their sockets too."""

    def end_sessions(self, sessions: Any) -> None:
        """End them; sockets that are still signed in come back by themselves."""
        ended = list(sessions)
        super().end_sessions(ended)
        for member_id in {session.user_id for session in ended}:
            close_sockets(member_id, "signed out")


def display(member: Member) -> str:
    """What allauth calls a member in its pages."""
    return member.shown_name


def sign_in(request: HttpRequest, member: Member, *, then: str = "/") -> HttpResponse:
    """Sign in someone who has just proved their mailbox, as a mailed code would; answers where they go next.

    A member with a second factor is led to it first, and an account that was switched off to the page that says so.
    """
    record_authentication(request, member, method="code", email=member.email)
    return perform_login(request, Login(user=member, email=member.email, redirect_url=then))
