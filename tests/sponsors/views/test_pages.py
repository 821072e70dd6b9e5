"""Vendors, groups' sponsor pages and the book, as people meet them: status, words, queries."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from sponsors.models import Sponsorship
from tests.factories.community import AffiliationFactory, MembershipFactory
from tests.factories.sponsors import (
    EntryFactory,
    ProposalFactory,
    PublishedEventFactory,
    RepresentativeFactory,
    SponsorshipFactory,
    VendorEventFactory,
)


@pytest.fixture(autouse=True)
def _today(at):
    with time_machine.travel(at, tick=False):
        yield


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_index_names_them_and_what_they_do(client, acme, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        client.get(reverse("sponsors:index"))
    for _ in range(3):
        SponsorshipFactory(organisation=acme)
        SponsorshipFactory()
    with django_assert_num_queries(2):
        page = client.get(reverse("sponsors:index"))
    assert "Sponsors 3 groups" in text(page)


def test_index_shows_a_representative_their_own(rep, acme, signed_in) -> None:
    assert "You write for" in text(signed_in(rep).get(reverse("sponsors:index")))


@pytest.mark.parametrize("number", [1, 3])
def test_a_vendors_page(client, acme, group, number, django_assert_num_queries) -> None:
    for _ in range(number):
        SponsorshipFactory(organisation=acme, gives="Pizza every month")
        PublishedEventFactory(organisation=acme)
        VendorEventFactory(organisation=acme, title="Not yet seen")
        ProposalFactory(organisation=acme, gives="A secret offer")
        AffiliationFactory(organisation=acme)
    with django_assert_num_queries(5):
        page = client.get(acme.get_absolute_url())
    words = text(page)
    assert "Pizza every month" in words
    assert words.count("works for Acme, a sponsor") == number
    assert "Not yet seen" not in words
    assert "A secret offer" not in words
    assert "Write an event" not in words


def test_a_representative_finds_their_desk(acme, rep, signed_in) -> None:
    VendorEventFactory(organisation=acme, title="Not yet seen")
    ProposalFactory(organisation=acme, gives="A new offer")
    words = text(signed_in(rep).get(acme.get_absolute_url()))
    assert "Not yet seen" in words
    assert "A new offer" in words
    assert "Write an event" in words


@pytest.mark.parametrize("number", [1, 3])
def test_a_groups_sponsors(client, group, number, django_assert_num_queries) -> None:
    for _ in range(number):
        SponsorshipFactory(group=group, gives="The room", amount=Decimal(120), is_in_kind=True)
        PublishedEventFactory(group=group)
        ProposalFactory(group=group, gives="A secret offer")
        VendorEventFactory(group=group, title="Not yet seen")
    with django_assert_num_queries(3):
        page = client.get(reverse("sponsors:group", args=[group.slug]))
    words = text(page)
    assert words.count("£120</span> in kind") == number
    assert words.count("Vendor, sponsor") == number
    assert "until 31 December 2026" in words
    assert "A secret offer" not in words
    assert "Not yet seen" not in words


@pytest.mark.parametrize("number", [1, 3])
def test_its_organiser_settles_there(group, organiser, number, signed_in, django_assert_num_queries) -> None:
    for _ in range(number):
        ProposalFactory(group=group)
        VendorEventFactory(group=group)
    client = signed_in(organiser)
    with django_assert_num_queries(8):
        page = client.get(reverse("sponsors:group", args=[group.slug]))
    words = text(page)
    assert words.count(">Accept<") == number
    assert words.count("Read and decide") == number
    assert "Enter a gift" in words


def test_members_read_offers_and_settle_nothing(group, joined, signed_in) -> None:
    ProposalFactory(group=group, gives="Pizza")
    words = text(signed_in(joined).get(reverse("sponsors:group", args=[group.slug])))
    assert "Pizza" in words
    assert ">Accept<" not in words


def test_an_insider_is_told_who_decides(group, insider, acme, signed_in) -> None:
    ProposalFactory(group=group, organisation=acme)
    words = text(signed_in(insider).get(reverse("sponsors:group", args=[group.slug])))
    assert "You have a tie to Acme, so another organiser decides" in words
    assert ">Accept<" not in words


def post_settle(client, offer, **data):
    return client.post(reverse("sponsors:settle", args=[offer.group.slug, offer.pk]), data)


def test_accepting_on_the_page(group, organiser, signed_in) -> None:
    offer = ProposalFactory(group=group)
    response = post_settle(signed_in(organiser), offer, verb="accept")
    assert (response.status_code, response["Location"]) == (302, reverse("sponsors:group", args=[group.slug]))
    offer.refresh_from_db()
    assert offer.state == Sponsorship.State.ACCEPTED


def test_a_no_needs_a_reason(group, organiser, signed_in) -> None:
    offer = ProposalFactory(group=group)
    client = signed_in(organiser)
    response = post_settle(client, offer, verb="decline", why="  ")
    assert response.status_code == 422
    assert "Say why, so that they can do better" in text(response)
    assert post_settle(client, offer, verb="decline", why="Not now").status_code == 302
    offer.refresh_from_db()
    assert (offer.state, offer.settled_why) == (Sponsorship.State.DECLINED, "Not now")


def test_who_may_not_settle(group, insider, rep, neighbour, acme, client, signed_in) -> None:
    offer = ProposalFactory(group=group, organisation=acme)
    assert post_settle(client, offer, verb="accept").status_code == 302
    for actor in (insider, rep, neighbour):
        assert post_settle(signed_in(actor), offer, verb="accept").status_code == 403
    other = ProposalFactory()
    address = reverse("sponsors:settle", args=[group.slug, other.pk])
    assert signed_in(insider).post(address, {"verb": "accept"}).status_code == 404
    assert not Sponsorship.objects.accepted().exists()


OFFER = {
    "gives": "Pizza",
    "amount": "300",
    "currency": "GBP",
    "starts_on": "2026-12-10",
    "last_day": "2027-12-09",
}


def test_offering(group, acme, rep, signed_in) -> None:
    client, address = signed_in(rep), reverse("sponsors:propose", args=["acme"])
    assert "Offer support to a group" in text(client.get(address))
    assert client.post(address, OFFER | {"group": group.pk}).status_code == 302
    made = Sponsorship.objects.get()
    assert (made.state, made.ends_on, made.organisation, made.group) == ("proposed", date(2027, 12, 10), acme, group)
    again = client.post(address, OFFER | {"group": group.pk})
    assert again.status_code == 422
    assert "has a proposal waiting" in text(again)
    assert 'value="Pizza"' in text(again)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"last_day": "2026-12-01", "starts_on": "2026-12-02"}, "The last day comes after the first"),
        ({"starts_on": "2026-01-01", "last_day": "2026-02-01"}, "Those days have passed"),
        ({"last_day": "2040-01-01"}, "Three years at most"),
        ({"amount": "-5"}, "greater than or equal to 0"),
        ({"group": "0"}, "Select a valid choice"),
        ({"state": "accepted", "amount": "x"}, "Enter a number"),
    ],
)
def test_an_offer_that_cannot_be(group, rep, signed_in, wrong, words) -> None:
    response = signed_in(rep).post(reverse("sponsors:propose", args=["acme"]), OFFER | {"group": group.pk} | wrong)
    assert response.status_code == 422
    assert words in text(response)
    assert not Sponsorship.objects.exists()


def test_only_representatives_offer(acme, colleague, client, signed_in) -> None:
    address = reverse("sponsors:propose", args=["acme"])
    assert client.get(address).status_code == 302
    page = signed_in(colleague).get(address)
    assert page.status_code == 403
    assert "Only confirmed representatives of Acme" in text(page)


def test_confirming_a_colleague(acme, rep, colleague, organiser, signed_in) -> None:
    address = reverse("sponsors:representatives", args=["acme"])
    page = signed_in(rep).get(address)
    assert colleague.shown_name in text(page)
    tie = colleague.affiliations.get()
    one = reverse("sponsors:represent", args=["acme", tie.pk])
    assert signed_in(organiser).get(address).status_code == 403
    assert signed_in(organiser).post(one, {"confirm": "1"}).status_code == 403
    assert signed_in(rep).post(one, {"confirm": "1"}).status_code == 302
    tie.refresh_from_db()
    assert tie.represents_since is not None
    elsewhere = RepresentativeFactory()
    assert (
        signed_in(rep).post(reverse("sponsors:represent", args=["acme", elsewhere.pk]), {"end": "1"}).status_code == 404
    )
    assert signed_in(rep).post(one, {"end": "1"}).status_code == 302


@pytest.mark.parametrize("number", [1, 3])
def test_the_ledger(client, group, acme, number, django_assert_num_queries) -> None:
    for _ in range(number):
        EntryFactory(group=group, organisation=acme, amount=Decimal("60.50"))
        EntryFactory(note="Elsewhere")
    with django_assert_num_queries(7):
        page = client.get(reverse("sponsors:ledger"), {"group": group.slug})
    words = text(page)
    assert words.count("Pizza for twelve") == number
    assert "Elsewhere" not in words
    assert words.count(f'class="number">£{Decimal("60.50") * number}</td>') == (3 if number == 1 else 2)


@pytest.mark.parametrize(
    ("choice", "notes"),
    [
        ({}, ["Here", "There"]),
        ({"group": "g"}, ["Here"]),
        ({"organisation": "acme"}, ["There"]),
        ({"year": "2025"}, ["There"]),
        ({"year": "0000"}, ["Here", "There"]),
        ({"year": "soon"}, ["Here", "There"]),
        ({"group": "nowhere"}, []),
    ],
)
def test_the_ledger_narrowed(client, group, acme, choice, notes) -> None:
    group.slug = "g"
    group.save()
    EntryFactory(group=group, note="Here")
    EntryFactory(organisation=acme, note="There", happened_on=date(2025, 5, 1))
    words = text(client.get(reverse("sponsors:ledger"), choice))
    assert [note for note in ["Here", "There"] if note in words] == notes


def test_an_archived_groups_book_stays_open(client, group) -> None:
    EntryFactory(group=group)
    group.state = group.State.ARCHIVED
    group.save()
    assert "Pizza for twelve" in text(client.get(reverse("sponsors:ledger"), {"group": group.slug}))


ENTRY = {
    "amount": "60",
    "currency": "GBP",
    "used_for": "food",
    "happened_on": "2026-11-30",
    "note": "Pizza for the evening",
    "entry_key": "abc",
}


def test_acme_paid_for_pizza(group, organiser, acme, signed_in, client) -> None:
    address, writer = reverse("sponsors:record", args=[group.slug]), signed_in(organiser)
    assert "Put it in the book" in text(writer.get(address))
    for _ in range(2):
        response = writer.post(address, ENTRY | {"giver": f"vendor:{acme.pk}"})
        assert (response.status_code, response["Location"]) == (302, f"/ledger/?group={group.slug}")
    words = text(client.get("/ledger/"))
    assert words.count("Pizza for the evening") == 1
    assert "£60" in words


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"giver": "fund", "used_for": "fund"}, "That is where it comes from"),
        ({"happened_on": "2026-12-24"}, "Enter it when it has happened"),
        ({"amount": "0"}, "greater than or equal to 0.01"),
        ({"giver": "vendor:0"}, "Select a valid choice"),
    ],
)
def test_what_does_not_go_into_the_book(group, organiser, signed_in, wrong, words) -> None:
    response = signed_in(organiser).post(
        reverse("sponsors:record", args=[group.slug]), ENTRY | {"giver": "members"} | wrong
    )
    assert response.status_code == 422
    assert words in text(response)
    assert "Pizza for the evening" in text(response)


def test_an_insider_cannot_choose_their_own_vendor(group, insider, acme, signed_in) -> None:
    response = signed_in(insider).post(
        reverse("sponsors:record", args=[group.slug]), ENTRY | {"giver": f"vendor:{acme.pk}"}
    )
    assert response.status_code == 422
    assert "Select a valid choice" in text(response)


def test_who_does_not_write_in_the_book(group, joined, client, signed_in) -> None:
    address = reverse("sponsors:record", args=[group.slug])
    assert client.get(address).status_code == 302
    assert signed_in(joined).get(address).status_code == 403


def test_undoing_an_entry(group, organiser, joined, acme, signed_in) -> None:
    entry = EntryFactory(group=group, organisation=acme)
    address = reverse("sponsors:correct", args=[entry.pk])
    assert signed_in(joined).get(address).status_code == 403
    writer = signed_in(organiser)
    assert "correct it" in text(writer.get("/ledger/"))
    assert writer.post(address, {"why": ""}).status_code == 422
    assert writer.post(address, {"why": "It was £40"}).status_code == 302
    assert writer.post(address, {"why": "It was £40"}).status_code == 422
    words = text(writer.get("/ledger/"))
    assert "It was £40" in words
    assert "undone by a later entry" in words
    assert "correct it" not in words


def test_the_footer_and_members_of_other_groups_see_the_same_book(group, client, signed_in) -> None:
    EntryFactory(group=group)
    stranger = MembershipFactory().member
    rows = [text(each.get("/ledger/")).count("Pizza for twelve") for each in (client, signed_in(stranger))]
    assert rows == [1, 1]
