"""Choosing a handle, once."""

import pytest

from community.actions import handles
from community.models import Member
from community.verdicts import NotAllowed
from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def provisional() -> Member:
    return MemberFactory(handle="newcomer-7", is_handle_chosen=False, display_name="Anna Kay")


def test_choose(provisional: Member) -> None:
    chosen = handles.choose(member=provisional, handle=" @Anna.Kay ")
    chosen.refresh_from_db()
    assert (chosen.handle, chosen.handle_key, chosen.is_handle_chosen) == ("anna.kay", "anna.kay", True)
    with pytest.raises(NotAllowed, match="it stays"):
        handles.choose(member=provisional, handle="other")


def test_keeping_the_suggestion_is_a_choice(provisional: Member) -> None:
    assert handles.choose(member=provisional, handle="newcomer-7").is_handle_chosen


@pytest.mark.parametrize("wish", ["modern", "MODERN", "modem", "ｍodern"])
def test_taken_or_alike(provisional: Member, wish: str) -> None:
    MemberFactory(handle="modern")
    with pytest.raises(handles.Taken, match="taken, or looks like") as caught:
        handles.choose(member=provisional, handle=wish)
    assert len(caught.value.suggestions) == 3
    assert Member.objects.get(pk=provisional.pk).handle == "newcomer-7"


@pytest.mark.parametrize("wish", ["x", "admin", "pаypal", "a b"])
def test_unfit(provisional: Member, wish: str) -> None:
    with pytest.raises(NotAllowed):
        handles.choose(member=provisional, handle=wish)
