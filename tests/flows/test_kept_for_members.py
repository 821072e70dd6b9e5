"""What is kept in a process for all members: fresh after every change, and nobody sees what is another's."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from community.actions import profile
from community.models import Group, Member
from live import changes
from meetups.actions import agenda, proposals, questions, rsvps
from meetups.actions import meetups as evenings
from meetups.actions.details import Details
from meetups.models import Meetup
from tests.factories.community import MembershipFactory
from tests.factories.meetups import AgendaItemFactory, MeetupFactory, SubjectFactory

LINK = "https://join.example/secret-room"
SignIn = Callable[[Member], Client]


@pytest.fixture
def meetup(group: Group, settings: Any) -> Meetup:
    settings.KEEP_PAGES, settings.REDIS_URL = True, ""
    changes.here.note_all()
    group.attendees_visible_to = Group.Audience.MEMBERS
    group.save()
    starts = timezone.now().replace(microsecond=0) + timedelta(days=7)
    return MeetupFactory(group=group, starts_at=starts, capacity=2, online_url=LINK, title="Backups by hand")


@pytest.fixture
def other(group: Group) -> Member:
    return MembershipFactory(group=group, member__display_name="Grace Goes").member


def now() -> datetime:
    return timezone.now()


def go(_: Member, other: Member, meetup: Meetup) -> None:
    rsvps.answer(member=other, meetup=meetup, state="going", at=now())


def swap(organiser: Member, other: Member, meetup: Meetup) -> None:
    rsvps.answer(member=organiser, meetup=meetup, state="declined", at=now())
    rsvps.answer(member=other, meetup=meetup, state="going", at=now())


def rename(organiser: Member, other: Member, meetup: Meetup) -> None:
    profile.update(member=organiser, values={"display_name": "Ada Anew"})


def amend(organiser: Member, other: Member, meetup: Meetup) -> None:
    facts = {"title": "Backups by machine", "starts_at": meetup.starts_at, "ends_at": meetup.ends_at}
    evenings.amend(
        actor=organiser, meetup=meetup, details=Details(**facts, time_zone="Europe/London", capacity=2), at=now()
    )


def cancel(organiser: Member, other: Member, meetup: Meetup) -> None:
    evenings.cancel(actor=organiser, meetup=meetup, why="No heating", at=now())


def propose(organiser: Member, other: Member, meetup: Meetup) -> None:
    facts = {"group": meetup.group, "title": "Which labels stick?", "subject": SubjectFactory(), "client_key": "k"}
    proposals.propose(author=organiser, **facts, at=now())


def put_on_the_agenda(organiser: Member, other: Member, meetup: Meetup) -> None:
    agenda.add(actor=organiser, meetup=meetup, title="Restores that work", minutes=20, kind="peer", at=now())


def ask(organiser: Member, other: Member, meetup: Meetup) -> None:
    questions.ask(actor=organiser, meetup=meetup, text="Pizza?", at=now())


def hide(organiser: Member, other: Member, meetup: Meetup) -> None:
    evenings.hide(meetup, now())


DEEDS = [(go, "Grace Goes"), (swap, "Grace Goes"), (rename, "Ada Anew"), (amend, "Backups by machine")]
DEEDS += [(cancel, "No heating"), (propose, "Which labels stick?"), (put_on_the_agenda, "Restores that work")]


@pytest.mark.parametrize(("deed", "words"), DEEDS)
def test_a_member_sees_a_change_at_once(
    deed: Any,
    words: str,
    meetup: Meetup,
    organiser: Member,
    joined: Member,
    other: Member,
    signed_in: SignIn,
    django_capture_on_commit_callbacks: Any,
) -> None:
    rsvps.answer(member=organiser, meetup=meetup, state="going", at=now())
    client = signed_in(joined)
    before = client.get(meetup.get_absolute_url()).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        deed(organiser, other, meetup)
    meetup.refresh_from_db()
    after = client.get(meetup.get_absolute_url()).content.decode()
    assert (words in before, words in after) == (False, True)


def test_a_question_comes_and_goes_at_once(
    meetup: Meetup, organiser: Member, other: Member, signed_in: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    client, asked = signed_in(other), []
    rsvps.answer(member=other, meetup=meetup, state="maybe", at=now() - timedelta(hours=1))
    for change in (None, ask, lambda *_: questions.remove(actor=organiser, question=meetup.questions.get(), at=now())):
        if change is not None:
            with django_capture_on_commit_callbacks(execute=True):
                change(organiser, other, meetup)
        asked.append("The organisers ask you something." in client.get(meetup.get_absolute_url()).content.decode())
    assert asked == [False, True, False]


def test_a_hidden_evening_is_gone_at_once(
    meetup: Meetup, joined: Member, signed_in: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    client = signed_in(joined)
    assert client.get(meetup.get_absolute_url()).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        evenings.hide(meetup, now())
    assert client.get(meetup.get_absolute_url()).status_code == 404


def put_out(organiser: Member, other: Member, meetup: Meetup) -> None:
    AgendaItemFactory(meetup=meetup, subject=SubjectFactory(name="Leases"))
    agenda.publish(actor=organiser, meetup=meetup, at=now())


@pytest.mark.parametrize("view", ["", "?view=month"])
@pytest.mark.parametrize(
    ("deed", "words"), [(amend, "Backups by machine"), (hide, "!Backups"), (put_out, "Leases</span>")]
)
def test_the_joined_calendar_is_drawn_anew(
    view: str,
    deed: Any,
    words: str,
    meetup: Meetup,
    organiser: Member,
    joined: Member,
    signed_in: SignIn,
    django_capture_on_commit_callbacks: Any,
) -> None:
    address = f"/meetups/{view and f'{view}&month={meetup.starts_at:%Y-%m}'}"
    client = signed_in(joined)
    assert "Backups by hand" in client.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        deed(organiser, joined, meetup)
    after = client.get(address).content.decode()
    assert (words.removeprefix("!") in after) == (not words.startswith("!"))


def test_who_is_going_reads_the_link_and_nobody_else(
    meetup: Meetup, joined: Member, other: Member, signed_in: SignIn
) -> None:
    """Whoever asks first, and in whichever order."""
    rsvps.answer(member=other, meetup=meetup, state="going", at=now() - timedelta(hours=1))
    clients = [signed_in(other), signed_in(joined), Client(), signed_in(other), signed_in(joined)]
    seen = [LINK in client.get(meetup.get_absolute_url()).content.decode() for client in clients]
    assert seen == [True, False, False, True, False]
    rsvps.answer(member=other, meetup=meetup, state="declined", at=now())
    assert LINK not in signed_in(other).get(meetup.get_absolute_url()).content.decode()


def test_who_comes_is_said_as_the_group_set_it(
    meetup: Meetup, joined: Member, other: Member, signed_in: SignIn
) -> None:
    rsvps.answer(member=other, meetup=meetup, state="going", at=now() - timedelta(hours=1))
    stranger = MembershipFactory().member
    pages = [signed_in(who).get(meetup.get_absolute_url()).content.decode() for who in (joined, stranger)]
    assert ["Grace Goes" in page for page in pages] == [True, False]


def test_ones_own_answer_is_read_anew_though_nobody_told(meetup: Meetup, joined: Member, signed_in: SignIn) -> None:
    """Another process took the answer, and its word is still on the way."""
    client = signed_in(joined)
    client.get(meetup.get_absolute_url())
    rsvps.answer(member=joined, meetup=meetup, state="going", at=now())  # the test's transaction tells nobody
    page = client.get(meetup.get_absolute_url()).content.decode()
    assert ("You are going" in page, "1 of 2 seats taken" in page, LINK in page) == (True, True, True)


def test_what_the_page_costs_while_it_is_kept(
    meetup: Meetup, joined: Member, other: Member, signed_in: SignIn, django_assert_num_queries: Any
) -> None:
    rsvps.answer(member=other, meetup=meetup, state="going", at=now() - timedelta(hours=1))
    client = signed_in(joined)
    client.get(meetup.get_absolute_url())
    with django_assert_num_queries(2):  # the member; their role and answer
        client.get(meetup.get_absolute_url())
    client.get("/meetups/?view=month")
    with django_assert_num_queries(1):  # the member
        client.get("/meetups/?view=month")
