"""The page of an agenda: put together, published, spoken in."""

from collections.abc import Callable

import pytest
from django.test import Client

from community.models import Group, Member
from meetups.models import AgendaItem, Meetup
from tests.factories.community import AffiliationFactory, MembershipFactory, OrganisationFactory, OrganiserFactory
from tests.factories.meetups import AgendaItemFactory, MeetupFactory, TopicProposalFactory, VoteFactory
from tests.factories.sponsors import SponsorshipFactory

pytestmark = pytest.mark.usefixtures("now")
SignIn = Callable[[Member], Client]
SLOT = {"title": "Getting paid", "minutes": "30", "kind": "peer", "speaker_name": "Ann"}


@pytest.fixture
def meetup(group: Group) -> Meetup:
    return MeetupFactory(group=group)


@pytest.fixture
def url(meetup: Meetup) -> str:
    return f"{meetup.get_absolute_url()}agenda/"


@pytest.fixture
def running(organiser: Member, signed_in: SignIn) -> Client:
    return signed_in(organiser)


def text(response) -> str:
    return response.content.decode()


def test_a_draft_is_for_members_and_what_is_out_for_all(
    meetup: Meetup, url: str, running: Client, joined: Member, client: Client, signed_in: SignIn
) -> None:
    assert running.post(url, SLOT).status_code == 302
    inside = signed_in(joined)
    for page in (url, meetup.get_absolute_url()):
        assert ["Getting paid" in text(who.get(page)) for who in (running, inside, client)] == [True, True, False]
        assert "Still being put together" in text(inside.get(page))
    assert "The agenda is out." in text(running.post(f"{url}publish/", follow=True))
    for page in (url, meetup.get_absolute_url()):
        assert ("Getting paid" in text(client.get(page)), "Still being" in text(client.get(page))) == (True, False)
    assert "Add a slot" not in text(inside.get(url))
    assert client.post(url, SLOT).status_code == 403


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"kind": "product"}, "Say whose product it is"),
        ({"minutes": "0"}, "greater than or equal to 1"),
        ({"kind": "break"}, "Nobody speaks in a break."),
        ({"organisation": "acme"}, "A vendor&#x27;s name goes with product time"),
        ({"speaker": "joined"}, "not both"),
    ],
)
def test_slots_that_cannot_be_are_explained_and_kept(
    url: str, running: Client, joined: Member, other: dict[str, str], words: str
) -> None:
    named = {"acme": OrganisationFactory().pk, "joined": joined.pk}
    answer = running.post(url, SLOT | {name: named.get(value, value) for name, value in other.items()})
    assert (answer.status_code, words in text(answer), 'value="Getting paid"' in text(answer)) == (422, True, True)
    assert not AgendaItem.objects.exists()


def test_too_much_product_time_is_refused_by_how_much(meetup: Meetup, url: str, running: Client) -> None:
    acme = OrganisationFactory(name="Acme").pk
    running.post(url, SLOT | {"kind": "product", "minutes": "16", "organisation": acme})
    assert "6 minutes too much" in text(running.get(url))
    refused = running.post(f"{url}publish/")
    assert (refused.status_code, "That is 6 minutes too much product time" in text(refused)) == (422, True)
    item = AgendaItem.objects.get()
    edit = f"{url}{item.pk}/edit/"
    assert 'value="16"' in text(running.get(edit))
    assert running.post(edit, SLOT | {"kind": "product", "minutes": "10", "organisation": acme}).status_code == 302
    running.post(f"{url}publish/")
    refused = running.post(edit, SLOT | {"kind": "product", "minutes": "12", "organisation": acme})
    assert (refused.status_code, "That is 2 minutes too much" in text(refused)) == (422, True)
    item.refresh_from_db()
    assert item.minutes == 10


def test_topics_become_slots_with_their_times(meetup: Meetup, url: str, running: Client) -> None:
    topics = [TopicProposalFactory(group=meetup.group, title=title) for title in ("Late payers", "Vans")]
    VoteFactory(proposal=topics[1])
    page = text(running.get(url))
    assert page.index("Vans") < page.index("Late payers")
    for topic, minutes in zip(topics, ("45", "x"), strict=True):
        running.post(f"{url}take/", {"proposal": topic.pk, "minutes": minutes})
    page = text(running.get(url))
    assert ["18:30" in page, "19:15" in page] == [True, True]
    assert list(AgendaItem.objects.order_by("position").values_list("title", "minutes")) == [
        ("Late payers", 45),
        ("Vans", 20),
    ]


def test_slots_are_ordered_by_number_and_by_arrow(meetup: Meetup, url: str, running: Client) -> None:
    one, two, three = (AgendaItemFactory(meetup=meetup, title=title) for title in ("One", "Two", "Three"))

    def titles() -> list[str]:
        return list(meetup.agenda_items.order_by("position").values_list("title", flat=True))

    places = {f"place-{one.pk}": "1", f"place-{two.pk}": "2", f"place-{three.pk}": "1"}
    running.post(f"{url}order/", places)
    assert titles() == ["Three", "One", "Two"]
    running.post(f"{url}order/", {f"place-{three.pk}": "2", f"place-{one.pk}": "2", f"place-{two.pk}": "x"})
    assert titles() == ["One", "Three", "Two"]
    running.post(f"{url}{two.pk}/", {"do": "up"})
    assert titles() == ["One", "Two", "Three"]
    running.post(f"{url}{two.pk}/", {"do": "remove"})
    assert titles() == ["One", "Three"]


def test_a_member_takes_a_slot_and_gives_it_back(
    meetup: Meetup, url: str, joined: Member, client: Client, signed_in: SignIn
) -> None:
    item = AgendaItemFactory(meetup=meetup, title="Late payers")
    Meetup.objects.update(agenda_published_at=meetup.created_at)
    mine, other = signed_in(joined), signed_in(MembershipFactory(group=meetup.group).member)
    assert "I will speak" in text(mine.get(url))
    assert "I will speak" not in text(client.get(url))
    assert "It is yours." in text(mine.post(f"{url}{item.pk}/claim/", {"do": "claim"}, follow=True))
    assert other.post(f"{url}{item.pk}/claim/", {"do": "claim"}).status_code == 403
    assert ("Give the slot back" in text(mine.get(url)), "I will speak" in text(other.get(url))) == (True, False)
    mine.post(f"{url}{item.pk}/claim/", {"do": "give-back"})
    item.refresh_from_db()
    assert item.speaker is None


def test_the_word_of_two_stands_on_the_page(
    meetup: Meetup, url: str, group: Group, organiser: Member, running: Client, client: Client, signed_in: SignIn
) -> None:
    acme, speaker = OrganisationFactory(name="Acme"), MembershipFactory(group=group).member
    SponsorshipFactory(organisation=acme, group=group)
    AffiliationFactory(member=speaker, organisation=acme)
    item = AgendaItemFactory(meetup=meetup, speaker=speaker, minutes=10)
    second = OrganiserFactory(group=group).member
    assert "Product time: the speaker has a tie to Acme" in text(running.get(url))
    assert "Is it product time?" in text(running.get(f"{url}{item.pk}/edit/"))
    confirm = f"{url}{item.pk}/confirm/"
    assert "Say why it is no product time." in text(running.post(confirm, {"reason": ""}))
    running.post(confirm, {"reason": "About her own shop."})
    assert "One of the two organisers it takes" in text(running.get(url))
    again = running.get(f"{url}{item.pk}/edit/")
    assert ("Another organiser has to as well." in text(again), "reason" in again.context["form"].fields) == (
        True,
        False,
    )
    signed_in(second).post(confirm, {"reason": "I have seen the slides."})
    Meetup.objects.update(agenda_published_at=meetup.created_at)
    page = text(client.get(meetup.get_absolute_url()))
    for words in (
        "No product time, say 2 organisers",
        organiser.shown_name,
        "About her own shop.",
        "Has a tie to Acme",
    ):
        assert words in page
    assert "Product time:" not in page


def test_a_kept_page_knows_when_a_sponsorship_begins(meetup: Meetup, client: Client) -> None:
    assert "sponsors" in client.get(meetup.get_absolute_url())["X-Made-Of"]


def test_an_expert_who_is_paid_for_wears_it(meetup: Meetup, url: str, client: Client) -> None:
    acme, topic = OrganisationFactory(name="Acme"), TopicProposalFactory(group=meetup.group)
    AgendaItemFactory(meetup=meetup, kind="expert", organisation=acme, speaker_name="Helen Marsh", proposal=topic)
    Meetup.objects.update(agenda_published_at=meetup.created_at)
    page = text(client.get(url))
    assert ["Paid for by Acme" in page, "Counts as product time" in page, "10 minutes too much" in page] == [True] * 3
    VoteFactory(proposal=topic)
    page = text(client.get(url))
    assert ["Paid for by Acme" in page, "Counts as product time" in page] == [True, False]


def test_the_groups_rule(group: Group, running: Client) -> None:
    rule = f"/groups/{group.slug}/meetups/product-time/"
    page = text(running.get(rule))
    assert ('value="10"' in page, 'value="20"' in page) == (True, True)
    assert running.post(rule, {"minutes": "10", "percent": "21"}).status_code == 422
    assert running.post(rule, {"minutes": "5", "percent": "10"}).status_code == 302
    assert 'value="5"' in text(running.get(rule))


def test_the_part_that_follows_others_is_what_each_may_see(
    meetup: Meetup, url: str, running: Client, joined: Member, client: Client, signed_in: SignIn
) -> None:
    AgendaItemFactory(meetup=meetup, title="Getting paid")
    inside = signed_in(joined)
    for address in (f"{url}?part=agenda", f"{meetup.get_absolute_url()}?part=agenda"):
        parts = [text(who.get(address)) for who in (running, inside, client)]
        assert ["Getting paid" in part for part in parts] == [True, True, False]
        assert {"<html" in part for part in parts} == {False}
    organisers, members = (text(who.get(f"{url}?part=agenda")) for who in (running, inside))
    assert ["data-slots" in each for each in (organisers, members)] == [True, False]
    assert ["What members want" in each for each in (organisers, members)] == [True, False]
    Meetup.objects.update(hidden_at=meetup.starts_at)
    assert [inside.get(f"{page}?part=agenda").status_code for page in (url, meetup.get_absolute_url())] == [404, 404]


def test_visitors_pages_do_not_listen(meetup: Meetup, url: str, joined: Member, client: Client, signed_in) -> None:
    pages = [
        (who, text(who.get(page))) for who in (signed_in(joined), client) for page in (url, meetup.get_absolute_url())
    ]
    assert [f'data-agenda="meetup:{meetup.pk}"' in page for _, page in pages] == [True, True, False, False]


@pytest.mark.parametrize("count", [1, 3])
def test_what_it_costs_an_organiser(
    meetup: Meetup, url: str, running: Client, group: Group, django_assert_num_queries, count: int
) -> None:
    for _ in range(count):
        AgendaItemFactory(meetup=meetup, speaker=MembershipFactory(group=group).member)
        VoteFactory(proposal=TopicProposalFactory(group=group))
    running.get(url)
    with django_assert_num_queries(13):
        running.get(url)
