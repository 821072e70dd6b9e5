"""A vendor's event never reaches anyone but by an organiser who is free of the vendor."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from community.models import Affiliation, LogEntry
from community.verdicts import NotAllowed
from notifications.models import Notice, OutgoingMail
from sponsors.actions import events
from sponsors.models import VendorEvent
from tests.factories.community import GroupFactory, MembershipFactory, OrganiserFactory
from tests.factories.sponsors import PublishedEventFactory, RepresentativeFactory, VendorEventFactory

State = VendorEvent.State
FACTS = events.Facts(
    title="Backup evening",
    summary="What broke last year.",
    body="Bring **one** disk.",
    starts_at=datetime(2026, 12, 10, 18, 30, tzinfo=UTC),
    ends_at=datetime(2026, 12, 10, 20, 30, tzinfo=UTC),
    time_zone="Europe/London",
    place="The Fox",
)


def written(rep, acme, group, at, **facts):
    return events.write(actor=rep, organisation=acme, group=group, facts=replace(FACTS, **facts), is_ready=True, at=at)


def test_a_written_event_waits(group, organiser, insider, acme, rep, at) -> None:
    MembershipFactory(group=group)
    event = written(rep, acme, group, at)
    assert (event.state, event.slug, event.sequence) == (State.WAITING, "backup-evening", 0)
    assert "<strong>one</strong>" in event.body_html
    assert not VendorEvent.objects.published().exists()
    assert list(Notice.objects.values_list("recipient", "kind")) == [(organiser.pk, "sponsors.event_waiting")]


def test_a_draft_asks_nobody(group, organiser, acme, rep, at) -> None:
    event = events.write(actor=rep, organisation=acme, group=group, facts=FACTS, is_ready=False, at=at)
    assert event.state == State.DRAFT
    assert not Notice.objects.exists()


def test_two_of_one_title_have_two_addresses_and_no_address_is_taken_from_the_site(group, acme, rep, at) -> None:
    titles = ["Backup evening", "Backup evening", "New", "Preview", "備份之夜"]
    assert [written(rep, acme, group, at, title=title).slug for title in titles] == [
        "backup-evening",
        "backup-evening-2",
        "new-2",
        "preview-2",
        "event",
    ]


def test_publishing_tells_the_writer_and_mails_no_member(group, organiser, acme, rep, at) -> None:
    MembershipFactory(group=group)
    event = written(rep, acme, group, at)
    Notice.objects.all().delete()
    kept = events.approve(actor=organiser, event=event, sequence=0, why="Good.", at=at)
    assert (kept.state, kept.settled_by) == (State.APPROVED, organiser)
    assert list(VendorEvent.objects.published()) == [kept]
    assert list(Notice.objects.values_list("recipient", "kind")) == [(rep.pk, "sponsors.event_settled")]
    assert not OutgoingMail.objects.exclude(member__in=[rep, organiser]).exists()
    assert list(LogEntry.objects.values_list("kind", "actor")) == [("vendor-event.approved", organiser.pk)]
    group.refresh_from_db()
    assert group.tabs == ["sponsors"]


class TestFiveHoles:
    """What a stock workflow lets through (self-approval, publishing around, a neighbour's rights, ends half-way, a
    log that can be rewritten) is closed here.
    """

    def test_the_writer_never_approves_their_own_page(self, group, acme, at) -> None:
        """Not even as an organiser of the group, not even after the tie has ended."""
        place = OrganiserFactory(group=group)
        tie = RepresentativeFactory(organisation=acme, member=place.member)
        event = written(place.member, acme, group, at)
        with pytest.raises(NotAllowed, match="You wrote this page"):
            events.approve(actor=place.member, event=event, sequence=0, at=at)
        Affiliation.objects.filter(pk=tie.pk).update(ends_on=at.date())
        with pytest.raises(NotAllowed, match="You wrote this page"):
            events.approve(actor=place.member, event=event, sequence=0, at=at)
        assert not VendorEvent.objects.published().exists()

    def test_nor_does_any_colleague(self, group, insider, acme, rep, at) -> None:
        event = written(rep, acme, group, at)
        with pytest.raises(NotAllowed, match="You have a tie to Acme"):
            events.approve(actor=insider, event=event, sequence=0, at=at)
        assert not VendorEvent.objects.published().exists()

    def test_no_verb_of_the_vendor_publishes(self, group, organiser, acme, rep, at) -> None:
        event = written(rep, acme, group, at)
        events.change(actor=rep, event=event, group=group, facts=FACTS, is_ready=True, at=at)
        events.change(actor=rep, event=event, group=group, facts=FACTS, is_ready=False, at=at)
        assert not VendorEvent.objects.published().exists()
        events.change(actor=rep, event=event, group=group, facts=FACTS, is_ready=True, at=at)
        event.refresh_from_db()
        events.approve(actor=organiser, event=event, sequence=event.sequence, at=at)
        assert VendorEvent.objects.published().count() == 1
        events.change(actor=rep, event=event, group=group, facts=replace(FACTS, body="Buy now"), is_ready=True, at=at)
        assert not VendorEvent.objects.published().exists()

    def test_the_organiser_of_another_group_neither_approves_nor_edits(
        self, group, organiser, neighbour, acme, rep, at
    ) -> None:
        event = written(rep, acme, group, at)
        with pytest.raises(NotAllowed, match="Only the organisers of"):
            events.approve(actor=neighbour, event=event, sequence=0, at=at)
        for actor in (neighbour, organiser):
            with pytest.raises(NotAllowed, match="Only confirmed representatives"):
                events.change(actor=actor, event=event, group=group, facts=FACTS, is_ready=True, at=at)

    def test_approved_for_one_group_it_does_not_move_to_another(self, group, organiser, acme, rep, at) -> None:
        event = written(rep, acme, group, at)
        events.approve(actor=organiser, event=event, sequence=0, at=at)
        other = GroupFactory()
        kept = events.change(actor=rep, event=event, group=other, facts=FACTS, is_ready=True, at=at)
        assert (kept.group, kept.state) == (other, State.WAITING)
        with pytest.raises(NotAllowed):
            events.approve(actor=organiser, event=kept, sequence=kept.sequence, at=at)

    def test_only_what_was_read_is_published(self, group, organiser, acme, rep, at) -> None:
        """And a refusal leaves it waiting, not half-way."""
        event = written(rep, acme, group, at)
        events.change(actor=rep, event=event, group=group, facts=replace(FACTS, body="Buy"), is_ready=True, at=at)
        with pytest.raises(events.Changed):
            events.approve(actor=organiser, event=event, sequence=0, at=at)
        event.refresh_from_db()
        assert (event.state, event.settled_at) == (State.WAITING, None)
        assert events.approve(actor=organiser, event=event, sequence=1, at=at).state == State.APPROVED

    def test_who_agreed_stays_in_a_log_that_cannot_be_rewritten(self, group, organiser, acme, rep, at) -> None:
        from django.db import DatabaseError, transaction

        events.approve(actor=organiser, event=written(rep, acme, group, at), sequence=0, at=at)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            LogEntry.objects.filter(kind="vendor-event.approved").delete()
        assert LogEntry.objects.filter(kind="vendor-event.approved", actor=organiser).exists()


def test_an_edit_raises_the_version_and_keeps_address_and_uid(group, organiser, acme, rep, at) -> None:
    event = written(rep, acme, group, at)
    kept = events.change(
        actor=rep, event=event, group=group, facts=replace(FACTS, title="Restore evening"), is_ready=True, at=at
    )
    assert (kept.slug, kept.uid, kept.sequence, kept.title) == (event.slug, event.uid, 1, "Restore evening")
    assert Notice.objects.filter(recipient=organiser, kind="sponsors.event_waiting").count() == 2


def test_declined_with_a_reason_and_taken_down(group, organiser, acme, rep, at) -> None:
    event = written(rep, acme, group, at)
    assert events.decline(actor=organiser, event=event, why="A pitch.", at=at).settled_why == "A pitch."
    with pytest.raises(events.Settled):
        events.decline(actor=organiser, event=event, why="Again", at=at)
    published = PublishedEventFactory(group=group, organisation=acme)
    events.decline(actor=organiser, event=published, why="It changed its price.", at=at)
    assert not VendorEvent.objects.published().exists()


def test_approving_twice_is_refused(group, organiser, acme, rep, at) -> None:
    event = written(rep, acme, group, at)
    events.approve(actor=organiser, event=event, sequence=0, at=at)
    with pytest.raises(events.Settled):
        events.approve(actor=organiser, event=event, sequence=0, at=at)


def test_called_off(group, acme, rep, at) -> None:
    event = PublishedEventFactory(organisation=acme, group=group)
    kept = events.cancel(actor=rep, event=event, at=at)
    assert (kept.state, kept.sequence) == (State.CANCELLED, 1)
    assert not VendorEvent.objects.published().exists()
    with pytest.raises(NotAllowed, match="called off"):
        events.change(actor=rep, event=kept, group=group, facts=FACTS, is_ready=True, at=at)


def test_hiding_and_restoring_twice_is_once(group, organiser, at) -> None:
    event = PublishedEventFactory(group=group)
    events.hide(event_id=event.pk, at=at)
    events.hide(event_id=event.pk, at=at.replace(hour=20))
    event.refresh_from_db()
    assert event.hidden_at == at
    assert not VendorEvent.objects.published().exists()
    events.restore(event_id=event.pk)
    events.restore(event_id=event.pk)
    assert VendorEvent.objects.published().count() == 1


def test_a_hidden_page_is_not_approved(group, organiser, acme, at) -> None:
    event = VendorEventFactory(group=group, organisation=acme, hidden_at=at)
    with pytest.raises(events.Settled):
        events.approve(actor=organiser, event=event, sequence=0, at=at)


def test_a_newcomers_flood_of_links_is_refused(group, acme, rep, at) -> None:
    with pytest.raises(NotAllowed, match="links"):
        written(rep, acme, group, at, body="http://a http://b http://c")
    assert not VendorEvent.objects.exists()
