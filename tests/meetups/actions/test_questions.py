"""What organisers ask of those who come: set, answered, read at the door."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from community import registry
from community.models import Group, Member
from community.verdicts import NotAllowed
from meetups.actions import departures, meetups, questions
from meetups.actions.details import Details
from meetups.models import Meetup, Rsvp, RsvpQuestion, RsvpReply
from meetups.policies.replies import may_reply
from notifications.models import Notice
from tests.factories.community import MemberFactory
from tests.factories.meetups import MeetupFactory, RsvpFactory, RsvpQuestionFactory

pytestmark = pytest.mark.usefixtures("now")
SignIn = Callable[[Member], Client]


@pytest.fixture
def meetup(group: Group) -> Meetup:
    return MeetupFactory(group=group)


@pytest.fixture
def food(meetup: Meetup) -> RsvpQuestion:
    return RsvpQuestionFactory(
        meetup=meetup, text="Pizza?", kind="choice", choices="With meat\nWithout", is_required=True, position=1
    )


@pytest.fixture
def ask(meetup: Meetup, food: RsvpQuestion) -> RsvpQuestion:
    return RsvpQuestionFactory(meetup=meetup, text="Your question to the speaker?", position=2)


@pytest.fixture
def guest(meetup: Meetup) -> Member:
    return RsvpFactory(meetup=meetup).member


def test_set_by_organisers_a_few_at_most(meetup: Meetup, organiser: Member, joined: Member, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        questions.ask(actor=joined, meetup=meetup, text="x", at=at)
    made = questions.ask(
        actor=organiser, meetup=meetup, text=" Pizza? ", choices=["With  meat", "", "Without", "Without"], at=at
    )
    assert (made.text, made.kind, made.offered, made.position) == ("Pizza?", "choice", ["With meat", "Without"], 1)
    with pytest.raises(NotAllowed, match="between two and 12"):
        questions.ask(actor=organiser, meetup=meetup, text="Only?", choices=["One"], at=at)
    for number in range(5):
        questions.ask(actor=organiser, meetup=meetup, text=f"Q{number}", at=at)
    with pytest.raises(NotAllowed, match="6 questions are plenty"):
        questions.ask(actor=organiser, meetup=meetup, text="More", at=at)
    questions.remove(actor=organiser, question=made, at=at)
    assert meetup.questions.count() == 5


def test_the_database_knows_the_kinds_and_one_answer_each(
    meetup: Meetup, food: RsvpQuestion, guest: Member, at: datetime
) -> None:
    for facts in ({"kind": "choice", "choices": ""}, {"kind": "text", "choices": "a"}, {"kind": "x", "choices": "a"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RsvpQuestionFactory(meetup=meetup, **facts)
    RsvpReply.objects.create(question=food, member=guest, text="Without", replied_at=at)
    for text in ("Without", ""):
        member = guest if text else MemberFactory()
        with pytest.raises(IntegrityError), transaction.atomic():
            RsvpReply.objects.create(question=food, member=member, text=text, replied_at=at)


@pytest.mark.parametrize(
    ("state", "allowed"),
    [("", False), ("going", True), ("waitlisted", True), ("offered", True), ("maybe", True), ("declined", False)],
)
def test_asked_of_those_who_come(meetup: Meetup, member: Member, at: datetime, state: str, allowed: bool) -> None:
    answer = Rsvp(state=state) if state else None
    assert bool(may_reply(member, meetup, at, answer)) is allowed
    assert not may_reply(member, meetup, meetup.ends_at, Rsvp(state="going"))
    assert not may_reply(None, meetup, at)


def test_answered_changed_and_taken_back(
    meetup: Meetup, food: RsvpQuestion, ask: RsvpQuestion, guest: Member, at: datetime
) -> None:
    def reply(**given: str) -> None:
        by_pk = {food.pk: given.get("food", ""), ask.pk: given.get("ask", "")}
        questions.reply(member=guest, meetup=meetup, given=by_pk, at=at)

    with pytest.raises(questions.Unanswered):
        reply(ask="How?")
    with pytest.raises(NotAllowed, match="answers that are there"):
        reply(food="Fish")
    assert not RsvpReply.objects.exists()
    for given in ({"food": "Without", "ask": " How  much? "}, {"food": "Without", "ask": "How much?"}):
        reply(**given)
    assert list(RsvpReply.objects.order_by("question").values_list("text", flat=True)) == ["Without", "How much?"]
    reply(food="With meat")
    assert list(RsvpReply.objects.values_list("text", flat=True)) == ["With meat"]


def test_a_copy_asks_the_same(
    meetup: Meetup, food: RsvpQuestion, guest: Member, organiser: Member, at: datetime
) -> None:
    questions.reply(member=guest, meetup=meetup, given={food.pk: "Without"}, at=at)
    month = timedelta(days=28)
    details = Details(
        title="Again", starts_at=meetup.starts_at + month, ends_at=meetup.ends_at + month, time_zone="Europe/London"
    )
    twin = meetups.copy(actor=organiser, meetup=meetup, details=details, at=at)
    asked = twin.questions.get()
    assert (asked.text, asked.offered, asked.is_required, asked.replies.count()) == (
        "Pizza?",
        ["With meat", "Without"],
        True,
        0,
    )
    assert meetup.questions.get().replies.count() == 1


def test_the_download_and_leaving(meetup: Meetup, food: RsvpQuestion, guest: Member, at: datetime) -> None:
    questions.reply(member=guest, meetup=meetup, given={food.pk: "Without"}, at=at)
    rows = list(registry.exports(guest)["rsvp_answers"])
    assert [(row["question"], row["answer"]) for row in rows] == [("Pizza?", "Without")]
    departures.departed(member=guest, at=at)
    assert not RsvpReply.objects.exists()


class TestPages:
    """By status and content."""

    def test_one_press_puts_down_and_leads_to_the_questions(
        self, meetup: Meetup, food: RsvpQuestion, ask: RsvpQuestion, joined: Member, signed_in: SignIn
    ) -> None:
        client, page = signed_in(joined), meetup.get_absolute_url()
        replies = f"{page}rsvp/questions/"
        answer = client.post(f"{page}rsvp/", {"state": "going"})
        assert (answer["Location"], Rsvp.objects.get().state) == (replies, "going")
        assert "The organisers ask you something." in client.get(page).content.decode()
        part = client.post(f"{page}rsvp/", {"state": "going"}, headers={"hx-request": "true"}).content.decode()
        assert "The organisers ask you something." in part
        missing = client.post(replies, {f"q{food.pk}": "", f"q{ask.pk}": "How much?"})
        text = missing.content.decode()
        assert (missing.status_code, "The organisers need this one." in text, 'value="How much?"' in text) == (
            422,
            True,
            True,
        )
        done = client.post(replies, {f"q{food.pk}": "Without", f"q{ask.pk}": "How much?"}, follow=True)
        assert "What you answered the organisers" in done.content.decode()
        again = client.post(f"{page}rsvp/", {"state": "maybe"})
        assert again["Location"] == f"{page}#rsvp"
        assert client.post(f"{page}rsvp/", {"state": "declined"})["Location"] == f"{page}#rsvp"

    def test_the_mail_of_a_yes_from_a_calendar_leads_there(
        self, meetup: Meetup, food: RsvpQuestion, joined: Member, signed_in: SignIn
    ) -> None:
        signed_in(joined).post(f"{meetup.get_absolute_url()}rsvp/", {"state": "going"})
        notice = Notice.objects.get(recipient=joined, kind="meetups.confirmed")
        assert "the organisers ask you something there" in notice.excerpt

    def test_organisers_read_them_at_the_door_and_in_the_file(
        self, meetup: Meetup, food: RsvpQuestion, guest: Member, organiser: Member, joined: Member, signed_in: SignIn
    ) -> None:
        RsvpReply.objects.create(question=food, member=guest, text="=Without", replied_at=meetup.created_at)
        running, door = signed_in(organiser), f"{meetup.get_absolute_url()}check-in/"
        assert "=Without" in running.get(door).content.decode()
        lines = running.get(f"{door}door.csv").content.decode().splitlines()
        assert lines == ["name,guests,came,note,Pizza?", f"{guest.shown_name},0,,,'=Without"]
        assert "Without" not in signed_in(joined).get(meetup.get_absolute_url()).content.decode()

    def test_set_and_taken_out(self, meetup: Meetup, organiser: Member, joined: Member, signed_in: SignIn) -> None:
        running, url = signed_in(organiser), f"{meetup.get_absolute_url()}questions/"
        page = running.post(url, {"text": "Pizza?", "choices": "With meat\r\nWithout"}, follow=True).content.decode()
        assert "With meat · Without" in page
        wrong = running.post(url, {"text": "Pizza?", "choices": "Only"})
        assert (wrong.status_code, "between two and 12" in wrong.content.decode()) == (422, True)
        assert signed_in(joined).post(url, {"text": "x"}).status_code == 403
        running.post(f"{url}{RsvpQuestion.objects.get().pk}/remove/")
        assert not RsvpQuestion.objects.exists()

    @pytest.mark.parametrize("count", [1, 3])
    def test_what_the_door_costs(
        self, meetup: Meetup, food: RsvpQuestion, organiser: Member, signed_in: SignIn, django_assert_num_queries, count
    ) -> None:
        for _ in range(count):
            RsvpReply.objects.create(
                question=food, member=RsvpFactory(meetup=meetup).member, text="x", replied_at=meetup.created_at
            )
        running, door = signed_in(organiser), f"{meetup.get_absolute_url()}check-in/"
        running.get(door)
        with django_assert_num_queries(9):
            running.get(door)
