"""A passkey is made and signs in, with a real authenticator protocol and our strict policy for scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from config.demo.people import PASSWORD

pytestmark = pytest.mark.browser
PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_member_adds_a_passkey_and_signs_in_with_it(visit: Callable[..., Page]) -> None:
    page = visit("moderator")
    phone = page.context.new_cdp_session(page)
    phone.send("WebAuthn.enable")
    phone.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE})
    page.goto("/account/2fa/webauthn/add/")
    page.locator("main [name=password]").fill(PASSWORD)  # "Is it you?"
    page.get_by_role("main").get_by_role("button", name="Go on").click()
    page.locator("main [name=name]").fill("my phone")
    page.locator("main [name=passwordless]").check()
    page.get_by_role("button", name="Make it").click()
    page.wait_for_url(lambda url: "/add/" not in url)
    page.goto("/account/2fa/webauthn/")
    expect(page.get_by_role("main").get_by_role("listitem").filter(has_text="my phone")).to_contain_text("Passkey")

    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name=re.compile("Sign out")).click()
    page.wait_for_url(lambda url: "/logout" not in url)
    page.goto("/account/login/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "/account/login" not in url)
    page.goto("/settings/")
    expect(page).to_have_url(re.compile(r"/settings/$"))
