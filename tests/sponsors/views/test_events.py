"""A vendor's event on the front end: written, judged, published."""

import pytest
import time_machine
from django.urls import reverse

from sponsors.models import VendorEvent
from tests.factories.community import GroupFactory
from tests.factories.sponsors import PublishedEventFactory, VendorEventFactory

State = VendorEvent.State


@pytest.fixture(autouse=True)
def _today(at):
    with time_machine.travel(at, tick=False):
        yield


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def typed(group) -> dict[str, str]:
    return {
        "title": "Backup evening",
        "group": str(group.pk),
        "starts_on": "2026-12-10",
        "starts": "18:30",
        "ends": "20:30",
        "time_zone": "Europe/Berlin",
        "place": "The Fox",
        "summary": "What broke last year.",
        "body": "Bring **one** disk.",
    }


def address(name, event):
    return reverse(f"sponsors:{name}", args=[event.organisation.slug, event.slug])


def test_from_the_form_to_the_public_page(acme, rep, organiser, typed, client, signed_in) -> None:
    new = reverse("sponsors:event-new", args=["acme"])
    writer, judge = signed_in(rep), signed_in(organiser)
    assert "Write an event" in text(writer.get(new))
    response = writer.post(new, typed | {"state": "approved", "settled_by": str(rep.pk)})
    event = VendorEvent.objects.get()
    assert (response.status_code, response["Location"]) == (302, event.get_absolute_url())
    assert (event.state, f"{event.starts_at:%H:%M}") == (State.WAITING, "17:30")
    assert client.get(event.get_absolute_url()).status_code == 404
    assert "waits for the organisers" in text(writer.get(event.get_absolute_url()))
    page = text(judge.get(address("event-review", event)))
    assert "Read it as your members would" in page
    assert "<strong>one</strong>" in page
    done = judge.post(address("event-review", event), {"approve": "1", "sequence": "0", "why": ""})
    assert done["Location"] == event.get_absolute_url()
    public = text(client.get(event.get_absolute_url()))
    assert "Acme, vendor" in public
    assert 'og:title" content="Backup evening (Acme, vendor)"' in public
    assert "The Fox" in public


def test_a_draft_is_for_representatives(acme, rep, organiser, typed, signed_in) -> None:
    signed_in(rep).post(reverse("sponsors:event-new", args=["acme"]), typed | {"later": "1"})
    event = VendorEvent.objects.get()
    assert event.state == State.DRAFT
    assert signed_in(organiser).get(event.get_absolute_url()).status_code == 404
    assert "A draft" in text(signed_in(rep).get(event.get_absolute_url()))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"place": ""}, "Say where"),
        ({"ends": "18:00"}, "It must end after it starts"),
        ({"ends_on": "2027-12-10"}, "A week at most"),
        ({"time_zone": "Mars/Olympus"}, "Select a valid choice"),
        ({"starts_on": "soon"}, "Enter a valid date"),
        ({"title": ""}, "This field is required"),
        ({"url": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"group": "0"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_sent(rep, acme, typed, signed_in, wrong, words) -> None:
    response = signed_in(rep).post(reverse("sponsors:event-new", args=["acme"]), typed | wrong)
    assert response.status_code == 422
    assert words in text(response)
    assert "Bring **one** disk." in text(response)
    assert not VendorEvent.objects.exists()


def test_only_representatives_write(acme, colleague, organiser, client, signed_in) -> None:
    new = reverse("sponsors:event-new", args=["acme"])
    assert client.get(new).status_code == 302
    for actor in (colleague, organiser):
        assert signed_in(actor).get(new).status_code == 403


def test_the_preview_is_the_page_and_stores_nothing(acme, rep, organiser, typed, signed_in) -> None:
    preview = reverse("sponsors:event-preview", args=["acme"])
    whole = text(signed_in(rep).post(preview, typed))
    assert "Acme, vendor" in whole
    assert "Thursday 10 December, 18:30" in whole
    assert "<strong>one</strong>" in whole
    begun = text(signed_in(rep).post(preview, {"body": "<script>alert(1)</script>", "title": "<b>x</b>"}))
    assert "<script>" not in begun
    assert "&lt;b&gt;x&lt;/b&gt;" in begun
    assert signed_in(organiser).post(preview, typed).status_code == 403
    assert not VendorEvent.objects.exists()


def test_a_change_takes_it_out_of_sight_until_it_is_agreed_to_again(acme, group, rep, typed, client, signed_in) -> None:
    event = PublishedEventFactory(organisation=acme, group=group, title="Before")
    edit = address("event-edit", event)
    page = text(signed_in(rep).get(edit))
    assert 'value="Before"' in page
    assert "out of sight until an organiser has agreed" in page
    assert signed_in(rep).post(edit, typed).status_code == 302
    event.refresh_from_db()
    assert (event.state, event.title, event.sequence) == (State.WAITING, "Backup evening", 1)
    assert client.get(event.get_absolute_url()).status_code == 404


def test_who_may_not_change_it(acme, group, organiser, colleague, neighbour, typed, signed_in) -> None:
    event = PublishedEventFactory(organisation=acme, group=group)
    for actor in (organiser, colleague, neighbour):
        assert signed_in(actor).post(address("event-edit", event), typed).status_code == 403
        assert signed_in(actor).post(address("event-cancel", event)).status_code == 403
    event.refresh_from_db()
    assert event.state == State.APPROVED


def test_who_may_not_judge_it(acme, group, rep, insider, neighbour, joined, signed_in) -> None:
    """Those who must not know of it meet no page; the vendor's side meets a no."""
    event = VendorEventFactory(organisation=acme, group=group, written_by=rep)
    review = address("event-review", event)
    for actor, status in ((rep, 403), (insider, 404), (neighbour, 404), (joined, 404)):
        client = signed_in(actor)
        assert client.get(review).status_code == status
        assert client.post(review, {"approve": "1", "sequence": "0"}).status_code == status
    event.refresh_from_db()
    assert event.state == State.WAITING


def test_declining_needs_a_reason(acme, group, organiser, signed_in) -> None:
    event = VendorEventFactory(organisation=acme, group=group)
    judge, review = signed_in(organiser), address("event-review", event)
    assert judge.post(review, {"decline": "1", "why": ""}).status_code == 422
    assert judge.post(review, {"decline": "1", "why": "A pitch."}).status_code == 302
    event.refresh_from_db()
    assert (event.state, event.settled_why) == (State.DECLINED, "A pitch.")


def test_what_changed_meanwhile_is_read_again(acme, group, organiser, signed_in) -> None:
    event = VendorEventFactory(organisation=acme, group=group, sequence=4)
    judge, review = signed_in(organiser), address("event-review", event)
    for stale in ("3", "", "x", "99999999999"):
        response = judge.post(review, {"approve": "1", "sequence": stale}, follow=True)
        assert "changed this page while you read it" in text(response)
    event.refresh_from_db()
    assert event.state == State.WAITING


def test_called_off_it_says_so(acme, group, rep, client, signed_in) -> None:
    event = PublishedEventFactory(organisation=acme, group=group)
    assert signed_in(rep).post(address("event-cancel", event)).status_code == 302
    words = text(client.get(event.get_absolute_url()))
    assert "Called off" in words
    assert "Take part" not in words


@pytest.mark.parametrize("state", [State.WAITING, State.DECLINED, State.DRAFT, State.CANCELLED])
def test_what_was_never_published_is_nobodys_business(acme, group, client, signed_in, joined, state) -> None:
    settled = {"settled_at": "2026-01-01T00:00Z"} if state == State.DECLINED else {}
    event = VendorEventFactory(organisation=acme, group=group, state=state, **settled)
    for each in (client, signed_in(joined)):
        assert each.get(event.get_absolute_url()).status_code == 404


def test_hidden_by_a_moderator_it_is_gone_for_all_but_both_sides(acme, group, rep, client, signed_in, at) -> None:
    event = PublishedEventFactory(organisation=acme, group=group, hidden_at=at)
    assert client.get(event.get_absolute_url()).status_code == 404
    assert "A moderator has hidden this page" in text(signed_in(rep).get(event.get_absolute_url()))


def test_the_same_slug_of_two_vendors(acme, client) -> None:
    mine = PublishedEventFactory(organisation=acme, slug="evening", title="Mine")
    other = PublishedEventFactory(slug="evening", title="Theirs")
    assert "Mine" in text(client.get(mine.get_absolute_url()))
    assert "Theirs" in text(client.get(other.get_absolute_url()))


def test_queries_of_the_page(acme, group, client, organiser, signed_in, django_assert_num_queries) -> None:
    event = PublishedEventFactory(organisation=acme, group=group)
    with django_assert_num_queries(1):
        client.get(event.get_absolute_url())
    judge = signed_in(organiser)
    with django_assert_num_queries(7):
        judge.get(event.get_absolute_url())


def test_a_listing_from_elsewhere_is_not_offered(rep, acme, signed_in) -> None:
    GroupFactory(name="Elsewhere", state="listed")
    assert "Elsewhere" not in text(signed_in(rep).get(reverse("sponsors:event-new", args=["acme"])))
