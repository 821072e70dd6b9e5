"""The site's own verbs at the same moment: whoever comes second sees the first, nobody waits in a circle."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection

from community.actions import affiliations, memberships
from community.models import Membership
from community.verdicts import NotAllowed
from sponsors.actions import sponsorships
from sponsors.models import guards
from tests.factories.community import GroupFactory, MembershipFactory, OrganisationFactory, OrganiserFactory
from tests.factories.sponsors import ProposalFactory

AT = datetime(2026, 12, 1, 15, tzinfo=UTC)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run each in a connection of its own, from one start; what became of each."""
    ready, outcomes = Barrier(len(acts)), [""] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        ready.wait()
        try:
            act()
            outcomes[number] = "done"
        except NotAllowed:
            outcomes[number] = "refused"
        except Exception as error:  # noqa: BLE001  (what is asserted below: there is none)
            outcomes[number] = repr(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[number, act]) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(8))
def test_accept_appoint_and_declare_meet(round_: int) -> None:
    group, vendor = GroupFactory(), OrganisationFactory()
    organiser = OrganiserFactory(group=group).member
    member, other = (MembershipFactory(group=group).member for _ in range(2))
    insider = OrganiserFactory(group=group).member
    offer = ProposalFactory(group=group, organisation=vendor)
    facts = {"organisation": vendor, "kind": "employee", "starts_on": date(2026, 12, 1), "at": AT}
    outcomes = at_once(
        lambda: sponsorships.accept(actor=organiser, sponsorship=offer, at=AT),
        lambda: memberships.appoint(actor=organiser, member=member, group=group, role="moderator", at=AT),
        lambda: affiliations.declare(member=member, **facts),
        lambda: affiliations.declare(member=insider, **facts),
        lambda: affiliations.declare(member=other, **facts),
        lambda: memberships.appoint(actor=organiser, member=other, group=group, role="organiser", at=AT),
    )
    assert set(outcomes) <= {"done", "refused"}, outcomes
    assert [outcomes[number] for number in (0, 2, 3, 4)] == ["done"] * 4
    assert guards.breaches() == []
    assert set(Membership.objects.live().governing().filter(group=group).values_list("member", flat=True)) == {
        organiser.pk
    }


@pytest.mark.django_db(transaction=True)
def test_an_offer_is_settled_once() -> None:
    group = GroupFactory()
    first, second = (OrganiserFactory(group=group).member for _ in range(2))
    offer = ProposalFactory(group=group)
    outcomes = at_once(
        lambda: sponsorships.accept(actor=first, sponsorship=offer, at=AT),
        lambda: sponsorships.decline(actor=second, sponsorship=offer, why="No", at=AT),
    )
    assert sorted(outcomes) == ["Settled('This has been settled already.')", "done"]
