"""A speaker who is typed and not chosen: by their name, or by the vendor's beside it, they may be a sponsor's own."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client

from community.models import Group, Member, Organisation
from meetups.actions import agenda, speakers
from meetups.actions.product_time import TooMuchProduct
from meetups.models import AgendaItem, Meetup
from meetups.queries import product_time
from meetups.text import names
from tests.factories.community import AffiliationFactory, MemberFactory, MembershipFactory, OrganisationFactory
from tests.factories.meetups import AgendaItemFactory, MeetupFactory
from tests.factories.sponsors import SponsorshipFactory

pytestmark = pytest.mark.usefixtures("now")
SignIn = Callable[[Member], Client]


@pytest.fixture
def meetup(group: Group) -> Meetup:
    return MeetupFactory(group=group)


@pytest.fixture
def acme(group: Group) -> Organisation:
    """Sponsors the group; Ann Lee works there, and is in no group."""
    acme = OrganisationFactory(name="Acme Networks")
    SponsorshipFactory(organisation=acme, group=group)
    AffiliationFactory(member=MemberFactory(display_name="Ann Lée", handle="annlee"), organisation=acme)
    other = OrganisationFactory(name="Elsewhere")
    AffiliationFactory(member=MemberFactory(display_name="Bob Roe"), organisation=other)
    return acme


def judged(meetup: Meetup, typed: str, kind: str = "peer") -> product_time.Slot:
    item = AgendaItemFactory(meetup=meetup, speaker_name=typed, kind=kind)
    return product_time.of(meetup, [item]).slots[0]


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize(
    ("typed", "counts"),
    [
        ("Ann Lée", True),
        ("  ann   LÉE ", True),
        ("Ann Lée (freelance)", True),
        ("@annlee", True),
        ("Helen Marsh (Acme Networks)", True),
        ("Helen Marsh [acme  networks]", True),
        ("Helen Marsh, ACME Networks", True),
        ("Helen Marsh of Acme Networks", True),
        ("Acme Networks", True),
        ("Helen Marsh and Ann Lée", True),
        ("Ann Lée Smith", False),
        ("Ann", False),
        ("Helen Marsh", False),
        ("Helen Marsh (Acme Networks Museum)", False),
        ("Bob Roe", False),
        ("Bob Roe (Elsewhere)", False),
    ],
)
@pytest.mark.parametrize("kind", ["peer", "expert"])
def test_the_name_says_whose_own_they_are(meetup: Meetup, typed: str, counts: bool, kind: str) -> None:
    slot = judged(meetup, typed, kind)
    assert (slot.counts, slot.is_product, slot.named_sponsors) == (counts, counts, "Acme Networks" if counts else "")


def test_a_break_and_an_evening_without_sponsors(meetup: Meetup, acme: Organisation) -> None:
    assert not judged(meetup, "Ann Lée", "break").counts
    assert not judged(MeetupFactory(), "Ann Lée").counts


def test_on_the_day_of_the_evening(meetup: Meetup, group: Group) -> None:
    vendor = OrganisationFactory(name="Brief")
    SponsorshipFactory(organisation=vendor, group=group, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 8))
    AffiliationFactory(member=MemberFactory(display_name="Cal Day"), organisation=vendor)
    assert not judged(meetup, "Cal Day (Brief)").counts
    SponsorshipFactory(organisation=vendor, group=group, starts_on=date(2026, 12, 8), ends_on=date(2027, 1, 1))
    assert judged(meetup, "Cal Day").counts


def test_who_left_the_site_has_no_name(meetup: Meetup, acme: Organisation, at: datetime) -> None:
    Member.objects.filter(handle="annlee").update(departed_at=at, display_name="")
    assert not judged(meetup, "Ann Lée").counts
    assert not judged(meetup, "a former member").counts


@pytest.mark.usefixtures("acme")
def test_a_published_agenda_is_not_pushed_over_by_a_name(meetup: Meetup, organiser: Member, at: datetime) -> None:
    AgendaItemFactory(meetup=meetup)
    agenda.publish(actor=organiser, meetup=meetup, at=at)
    with pytest.raises(TooMuchProduct, match="10 minutes"):
        agenda.add(
            actor=organiser, meetup=meetup, title="Switches", minutes=20, kind="peer", speaker_name="ann lée", at=at
        )
    assert AgendaItem.objects.count() == 1


def test_the_page_asks_the_organiser_and_choosing_the_member_opens_the_way(
    meetup: Meetup, acme: Organisation, group: Group, organiser: Member, signed_in: SignIn, at: datetime
) -> None:
    item = AgendaItemFactory(meetup=meetup, speaker_name="Ann Lée")
    client, url = signed_in(organiser), f"{meetup.get_absolute_url()}agenda/"
    page, slot = client.get(url).content.decode(), client.get(f"{url}{item.pk}/edit/").content.decode()
    assert "Product time: the name says Acme Networks, sponsor of this group" in page
    assert "write more of it" in page
    assert ("If it is a member, choose them above" in slot, "It is no product time" in slot) == (True, False)
    ann = MembershipFactory(group=group, member=Member.objects.get(handle="annlee")).member
    facts = agenda.Facts(title=item.title, minutes=20, kind="peer", speaker=ann)
    agenda.amend(actor=organiser, item=item, facts=facts, at=at)
    speakers.confirm(actor=organiser, item=item, reason="About her allotment.", at=at)
    assert "the speaker has a tie to Acme Networks" in client.get(url).content.decode()
    other = MembershipFactory(group=group, role="organiser").member
    speakers.confirm(actor=other, item=item, reason="It is.", at=at)
    assert not product_time.of(meetup).slots[0].counts


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize("number", [1, 3])
def test_what_it_costs(meetup: Meetup, number: int, django_assert_num_queries) -> None:
    for each in range(number):
        AgendaItemFactory(meetup=meetup, speaker_name=f"Somebody {each}")
    items = product_time.items_of(meetup)
    with django_assert_num_queries(3):
        product_time.of(meetup, items)


def test_names_in_it() -> None:
    assert names.in_it("Ann  Lee (Acme)") == {"ann lee (acme)", "ann lee", "acme"}
    assert names.in_it("") == set()
