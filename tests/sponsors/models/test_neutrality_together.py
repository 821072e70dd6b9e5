"""Eight connections write all three facts at once, raw; the rule holds, nobody waits in a circle."""

import os
import random
import re
from collections import Counter
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from community.models import Affiliation, Membership
from sponsors.models import Sponsorship, guards, neutrality
from tests.factories.community import AffiliationFactory, GroupFactory, MemberFactory, MembershipFactory
from tests.factories.community import OrganisationFactory as VendorFactory
from tests.factories.sponsors import SponsorshipFactory

CONNECTIONS = 8
ROUNDS = 4000 if os.environ.get("SOAK") else 500
PERIODS = [("2026-01-01", "2026-03-01"), ("2026-02-01", "2026-06-01"), ("2026-05-01", "2027-01-01")]

SET = {
    Membership: "UPDATE community_membership SET role = %s, starts_on = %s, ends_on = %s WHERE id = %s",
    Affiliation: "UPDATE community_affiliation SET kind = %s, starts_on = %s, ends_on = %s WHERE id = %s",
    Sponsorship: "UPDATE sponsors_sponsorship SET state = %s, starts_on = %s, ends_on = %s WHERE id = %s",
}
VALUES = {
    Membership: ["organiser", "moderator", "member"],
    Affiliation: ["employee", "owner", "speaker"],
    Sponsorship: ["accepted", "accepted", "withdrawn"],
}


def triangle_rows() -> dict[type, list[int]]:
    """Two members, two groups, two vendors; every pair has its fact, none of which counts yet."""
    members, groups, vendors = ([make() for _ in range(2)] for make in (MemberFactory, GroupFactory, VendorFactory))
    rows: dict[type, list[int]] = {Membership: [], Affiliation: [], Sponsorship: []}
    for one in range(2):
        for other in range(2):
            rows[Membership].append(MembershipFactory(member=members[one], group=groups[other]).pk)
            rows[Affiliation].append(
                AffiliationFactory(member=members[one], organisation=vendors[other], kind="speaker").pk
            )
            rows[Sponsorship].append(
                SponsorshipFactory(group=groups[one], organisation=vendors[other], state="withdrawn").pk
            )
    return rows


def write_at_once(rows: dict[type, list[int]]) -> Counter[str]:
    """Each connection changes one fact at a time, at random; the answers are counted."""
    answers: Counter[str] = Counter()
    ready = Barrier(CONNECTIONS)

    def hammer(seed: int) -> None:
        chance = random.Random(seed)
        mine: Counter[str] = Counter()
        ready.wait()
        for number in range(ROUNDS):
            model = chance.choice(list(SET))
            facts = [chance.choice(VALUES[model]), *chance.choice(PERIODS), chance.choice(rows[model])]
            try:
                with connection.cursor() as cursor:
                    cursor.execute(SET[model], facts)
                mine["written"] += 1
            except IntegrityError as error:
                mine["refused" if "neutrality" in str(error) else "odd"] += 1
            except OperationalError as error:
                mine[type(error.__cause__).__name__] += 1
            if number % 10 == 0 and guards.breaches():
                mine["breach seen"] += 1
        answers.update(mine)
        connection.close()

    threads = [Thread(target=hammer, args=[number]) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_eight_connections_do_not_break_the_rule() -> None:
    rows = triangle_rows()
    answers = write_at_once(rows)
    assert guards.breaches() == []
    assert set(answers) == {"written", "refused"}, answers
    assert answers.total() == CONNECTIONS * ROUNDS
    assert min(answers.values()) > ROUNDS / 10, answers


@pytest.mark.django_db(transaction=True)
def test_without_the_guards_the_same_run_breaks_it() -> None:
    rows = triangle_rows()
    guards.drop()
    answers = write_at_once(rows)
    assert set(answers) == {"written", "breach seen"}


def govern_while_a_tie_is_being_declared() -> tuple[bool, str]:
    """Was the second writer made to wait for the first, and what became of it?"""
    member, group, vendor = MemberFactory(), GroupFactory(), VendorFactory()
    SponsorshipFactory(group=group, organisation=vendor)
    place = MembershipFactory(group=group, member=member)
    outcome: list[str] = []

    def govern() -> None:
        try:
            Membership.objects.filter(pk=place.pk).update(role=Membership.Role.ORGANISER)
            outcome.append("written")
        except IntegrityError:
            outcome.append("refused")
        connection.close()

    other = Thread(target=govern)
    with transaction.atomic():
        AffiliationFactory(member=member, organisation=vendor)
        other.start()
        other.join(0.5)
        waited = other.is_alive()
    other.join()
    return waited, outcome[0]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_second_writer_waits_and_then_sees_the_first() -> None:
    assert govern_while_a_tie_is_being_declared() == (True, "refused")
    assert guards.breaches() == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_look_without_the_lock_is_not_enough() -> None:
    for statement in neutrality.postgresql().values():
        unlocked = re.sub(r"PERFORM pg_advisory_xact_lock.*", "", statement)
        assert unlocked != statement
        with connection.cursor() as cursor:
            cursor.execute(unlocked.replace("{schema}", "public"))
    assert govern_while_a_tie_is_being_declared() == (False, "written")
    assert len(guards.breaches()) == 1
