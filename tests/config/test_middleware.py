"""The policy of what a page may load, the reader's clock, and the door of the back office."""

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group as Rights
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from cms.actions import sites
from config.middleware import ContentSecurityPolicy, ReadersClock
from tests.factories.community import AffiliationFactory, MemberFactory


def directives(header):
    return {name: sorted(values) for name, *values in (each.split() for each in header.split(";"))}


@pytest.mark.parametrize("is_own", [False, True])
@pytest.mark.parametrize("path", ["/forum/", "/cms/pages/"])
def test_the_policy_is_what_django_csp_makes_of_it(rf, path, is_own):
    request, answer = rf.get(path), HttpResponse()
    if is_own:
        answer._csp_update = {"img-src": ["'none'"]}
    found = directives(ContentSecurityPolicy(lambda _: answer)(request)["Content-Security-Policy"])
    office = settings.CMS_CONTENT_SECURITY_POLICY["DIRECTIVES"] if path.startswith("/cms/") else {}
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"] | office
    if is_own:
        policy = policy | {"img-src": [*policy["img-src"], "'none'"]}
    assert found == {name: sorted(values) for name, values in policy.items()}


def test_a_policy_of_a_pages_own_stays(rf):
    answer = HttpResponse(headers={"Content-Security-Policy": "sandbox"})
    assert ContentSecurityPolicy(lambda _: answer)(rf.get("/"))["Content-Security-Policy"] == "sandbox"


@pytest.fixture
def zone_in(rf):
    """The zone in force while a request is answered."""

    def ask(user=None, **cookies):
        seen = []
        request = rf.get("/")
        request.COOKIES = cookies
        request.user = user
        ReadersClock(lambda request: seen.append(timezone.get_current_timezone_name()))(request)
        return seen[0]

    return ask


def test_a_visitor_reads_by_the_browsers_clock(zone_in):
    assert zone_in(zone="America/New_York") == "America/New_York"


@pytest.mark.parametrize("nonsense", ["", "Mars/Olympus", "../../etc/passwd", "EUROPE/LONDON"])
def test_an_unknown_zone_is_as_none(zone_in, nonsense):
    assert zone_in(zone=nonsense) == settings.VISITORS_ZONE


@pytest.mark.django_db
def test_a_member_reads_by_their_own_clock(zone_in):
    member = MemberFactory(time_zone="Asia/Kolkata")

    assert zone_in(member, zone="America/New_York", **{settings.SESSION_COOKIE_NAME: "x"}) == "Asia/Kolkata"


# The back office


@pytest.fixture
def editors(db):
    sites.make_pages()
    return Rights.objects.get(name=sites.EDITORS)


@pytest.fixture
def editor(editors):
    member = MemberFactory(is_staff=True)
    member.groups.add(editors)
    return member


def second_step(member):
    Authenticator.objects.create(user=member, type=Authenticator.Type.TOTP, data={"secret": "x"})


def test_a_visitor_is_sent_to_sign_in(db):
    answer = Client().get("/cms/")

    assert answer.status_code == 302
    assert answer["Location"] == "/account/login/?next=/cms/"


def test_organisers_moderators_and_vendors_stay_outside(signed_in, organiser, editors):
    vendor = AffiliationFactory().member
    moderator = MemberFactory(is_moderator=True)
    staff_without_rights = MemberFactory(is_staff=True)
    for member in (organiser, vendor, moderator, staff_without_rights):
        second_step(member)
        for address in ("/cms/", "/cms/pages/", "/cms/images/"):
            answer = signed_in(member).get(address)
            assert answer.status_code == 403
            assert "where the editors of the site work" in answer.content.decode()


def test_an_editor_with_a_second_step_comes_in(signed_in, editor):
    second_step(editor)

    assert signed_in(editor).get("/cms/").status_code == 200


def test_an_editor_without_one_is_asked_to_set_one_up(signed_in, editor):
    client = signed_in(editor)

    answer = client.get("/cms/pages/")

    assert answer.status_code == 302
    assert answer["Location"] == "/account/2fa/"
    assert "sign in with a second step" in client.get("/account/2fa/").content.decode()


def test_the_demo_shows_its_back_office_without_one(signed_in, editor, settings):
    settings.STAFF_MUST_USE_MFA = False

    assert signed_in(editor).get("/cms/").status_code == 200


def test_an_operator_needs_the_second_step_too(signed_in, db):
    operator = MemberFactory(is_staff=True, is_superuser=True)

    assert signed_in(operator).get("/cms/")["Location"] == "/account/2fa/"


def test_an_editor_who_goes_to_work_for_a_vendor_stays_outside(signed_in, editor):
    second_step(editor)
    AffiliationFactory(member=editor, starts_on=date(2020, 1, 1))

    answer = signed_in(editor).get("/cms/")

    assert answer.status_code == 403
    assert "Nobody who works for a vendor edits this site" in answer.content.decode()


def test_an_editor_whose_tie_has_ended_comes_in_again(signed_in, editor):
    second_step(editor)
    AffiliationFactory(member=editor, starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1))

    assert signed_in(editor).get("/cms/").status_code == 200
