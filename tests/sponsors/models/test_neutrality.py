"""Nobody governs a group during days in which they have a tie to an organisation that sponsors it: not by any road."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import permutations

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from community.models import Affiliation, Group, Member, Membership, Organisation
from sponsors.models import Sponsorship, guards
from tests.factories.community import (
    AffiliationFactory,
    GroupFactory,
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.sponsors import ProposalFactory, SponsorshipFactory

Kind, Role, State = Affiliation.Kind, Membership.Role, Sponsorship.State
DAY = date(2026, 6, 1)
YEAR = (date(2026, 1, 1), date(2027, 1, 1))


class Triangle:
    """A member, a group and a vendor, with the three facts about them."""

    def __init__(self) -> None:
        self.member, self.group, self.vendor = MemberFactory(), GroupFactory(), OrganisationFactory()

    def governs(self, starts_on=YEAR[0], ends_on=YEAR[1], role=Role.ORGANISER):
        return MembershipFactory(group=self.group, member=self.member, role=role, starts_on=starts_on, ends_on=ends_on)

    def works(self, starts_on=YEAR[0], ends_on=YEAR[1], kind=Kind.EMPLOYEE):
        return AffiliationFactory(
            member=self.member, organisation=self.vendor, kind=kind, starts_on=starts_on, ends_on=ends_on
        )

    def sponsors(self, starts_on=YEAR[0], ends_on=YEAR[1]):
        return SponsorshipFactory(group=self.group, organisation=self.vendor, starts_on=starts_on, ends_on=ends_on)


@pytest.fixture
def three(db: None) -> Triangle:
    return Triangle()


def refused(write: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match="neutrality"), transaction.atomic():
        write()
    assert guards.breaches() == []


@pytest.mark.parametrize("order", [*permutations(["governs", "works", "sponsors"])])
def test_the_third_fact_is_refused_whichever_it_is(three: Triangle, order: tuple[str, ...]) -> None:
    first, second, third = (getattr(three, name) for name in order)
    first()
    second()
    refused(third)


@pytest.mark.parametrize(
    ("governs", "works", "sponsors", "meets"),
    [
        # (days from DAY, half-open; None is for good)
        ((0, 10), (0, 10), (0, 10), True),
        ((0, 10), (9, None), (0, 10), True),
        ((0, 10), (10, None), (0, 20), False),
        ((0, None), (0, None), (0, 1), True),
        ((0, None), (0, None), (0, 0), False),
        ((0, 0), (0, None), (0, 10), False),
        ((0, 10), (5, 5), (0, 10), False),
        # two by two they meet, all three never do
        ((0, 10), (8, 20), (0, 8), False),
        ((0, 10), (8, 20), (0, 9), True),
        ((-400, -10), (-400, None), (-400, -300), True),
    ],
)
def test_it_is_about_days_that_all_three_share(three: Triangle, governs, works, sponsors, meets: bool) -> None:
    def days(pair):
        return tuple(None if each is None else DAY + timedelta(days=each) for each in pair)

    three.governs(*days(governs))
    three.works(*days(works))
    if meets:
        refused(lambda: three.sponsors(*days(sponsors)))
    else:
        three.sponsors(*days(sponsors))
        assert guards.breaches() == []


@pytest.mark.parametrize("kind", Kind.values)
@pytest.mark.parametrize("role", Role.values)
def test_who_is_meant(three: Triangle, kind: str, role: str) -> None:
    three.governs(role=role)
    three.sponsors()
    if role in {"organiser", "moderator"} and kind in {"employee", "owner", "contractor"}:
        refused(lambda: three.works(kind=kind))
    else:
        three.works(kind=kind)


def test_another_group_another_vendor_another_member_are_free(three: Triangle) -> None:
    three.governs()
    three.works()
    SponsorshipFactory(group=three.group)
    SponsorshipFactory(organisation=three.vendor)
    AffiliationFactory(organisation=three.vendor)
    refused(three.sponsors)


def test_a_proposal_counts_from_its_acceptance(three: Triangle, at) -> None:
    three.governs()
    three.works()
    proposal = ProposalFactory(group=three.group, organisation=three.vendor)

    def accept():
        Sponsorship.objects.filter(pk=proposal.pk).update(state=State.ACCEPTED, settled_at=at)

    refused(accept)
    proposal.refresh_from_db()
    assert proposal.state == State.PROPOSED


def test_bulk_writing_is_refused(three: Triangle) -> None:
    three.governs()
    three.sponsors()
    row = AffiliationFactory.build(member=three.member, organisation=three.vendor)
    other = AffiliationFactory.build(member=MemberFactory(), organisation=three.vendor)
    refused(lambda: Affiliation.objects.bulk_create([other, row]))
    refused(lambda: Affiliation.objects.bulk_create([row], ignore_conflicts=True))
    assert not Affiliation.objects.exists()


@pytest.mark.parametrize(
    "move",
    [
        lambda t: Membership.objects.update(role=Role.MODERATOR),
        lambda t: Membership.objects.update(role=Role.ORGANISER, starts_on=date(2020, 1, 1)),
    ],
)
def test_updates_of_many_rows_are_refused(three: Triangle, move) -> None:
    MembershipFactory(group=three.group)
    three.governs(role=Role.MEMBER)
    three.works()
    three.sponsors()
    refused(lambda: move(three))


@pytest.mark.parametrize(
    ("model", "facts"),
    [
        (Membership, {"group_id": lambda t: t.group.pk}),
        (Membership, {"member_id": lambda t: t.member.pk}),
        (Affiliation, {"organisation_id": lambda t: t.vendor.pk}),
        (Affiliation, {"kind": lambda t: Kind.OWNER}),
        (Sponsorship, {"group_id": lambda t: t.group.pk}),
        (Sponsorship, {"ends_on": lambda t: date(2030, 1, 1)}),
    ],
)
def test_any_column_may_bring_a_fact_home(three: Triangle, model, facts) -> None:
    """Each case begins one step away from a breach."""
    apart = {
        "group_id": lambda: {"group": GroupFactory()},
        "member_id": lambda: {"member": MemberFactory()},
        "organisation_id": lambda: {"organisation": OrganisationFactory()},
        "kind": lambda: {"kind": Kind.SPEAKER},
        "ends_on": lambda: {"ends_on": YEAR[0]},
    }
    (column,) = facts
    known = {
        Membership: {"group": three.group, "member": three.member, "role": Role.ORGANISER},
        Affiliation: {"member": three.member, "organisation": three.vendor},
        Sponsorship: {"group": three.group, "organisation": three.vendor},
    }
    factories = {Membership: MembershipFactory, Affiliation: AffiliationFactory, Sponsorship: SponsorshipFactory}
    for each, factory in factories.items():
        row = factory(**{**known[each], **(apart[column]() if each is model else {})})
        if each is model:
            changed = row
    refused(lambda: model.objects.filter(pk=changed.pk).update(**{column: facts[column](three)}))


RAW = {
    "insert": "INSERT INTO community_membership (group_id, member_id, role, starts_on, joined_at, suspended_role, ended_why) "
    "VALUES (%(group)s, %(member)s, 'organiser', '2026-03-01', '2026-03-01 00:00:00', '', '')",
    "insert or": "INSERT INTO community_membership (group_id, member_id, role, starts_on, joined_at, suspended_role, ended_why) "
    "VALUES (%(group)s, %(member)s, 'moderator', '2026-03-01', '2026-03-01 00:00:00', '', '') ON CONFLICT DO NOTHING",
    "update": "UPDATE community_membership SET role = 'organiser' WHERE member_id = %(member)s",
}


@pytest.mark.parametrize("sql", [*RAW.values()], ids=RAW)
def test_raw_sql_is_refused(three: Triangle, sql: str) -> None:
    three.works()
    three.sponsors()
    three.governs(ends_on=None if sql.startswith("UPDATE") else YEAR[1], role=Role.MEMBER)

    def write() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, {"group": three.group.pk, "member": three.member.pk})

    refused(write)


@pytest.mark.sqlite
@pytest.mark.parametrize("words", ["INSERT OR REPLACE", "INSERT OR IGNORE"])
def test_sqlites_own_ways_are_refused(three: Triangle, words: str) -> None:
    three.works()
    three.sponsors()
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="neutrality"):
        cursor.execute(RAW["insert"].replace("INSERT", words), {"group": three.group.pk, "member": three.member.pk})


@pytest.mark.sqlite
@pytest.mark.parametrize("day", ["2026-3-1", "20260301", "March", "2026-03-01 00:00:00"])
def test_a_day_written_otherwise_cannot_slip_past_the_comparison(three: Triangle, day: str) -> None:
    three.works()
    three.sponsors()
    place = three.governs(ends_on=None, role=Role.MEMBER)
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="YYYY-MM-DD"):
        cursor.execute(
            "UPDATE community_membership SET starts_on = %s, role = 'organiser' WHERE id = %s", [day, place.pk]
        )


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_a_transaction_that_cannot_see_the_latest_is_refused(level: str) -> None:
    three = Triangle()
    three.works()
    with transaction.atomic(), pytest.raises(IntegrityError, match="READ COMMITTED"):
        with connection.cursor() as cursor:
            cursor.execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
        three.governs()


@pytest.mark.postgres
def test_a_temporary_table_fools_nobody(three: Triangle) -> None:
    three.works()
    three.sponsors()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE community_affiliation (LIKE public.community_affiliation) ON COMMIT DROP")
    with pytest.raises(IntegrityError, match="neutrality"), transaction.atomic():
        three.governs()


def test_what_ends_a_fact_is_never_refused(three: Triangle) -> None:
    place = three.governs(ends_on=None)
    three.works(starts_on=date(2026, 6, 1))
    Membership.objects.filter(pk=place.pk).update(ends_on=date(2026, 6, 1))
    three.sponsors()
    Affiliation.objects.update(ends_on=date(2026, 7, 1))
    Sponsorship.objects.update(ends_on=date(2026, 8, 1))
    Membership.objects.update(ends_on=date(2026, 2, 1))
    assert guards.breaches() == []


def test_without_the_guards_the_rule_breaks_and_the_check_says_so(three: Triangle) -> None:
    guards.drop()
    three.governs()
    three.works()
    three.sponsors()
    assert len(guards.breaches()) == 1
    assert [found.id for found in run_checks(databases=["default"]) if found.id.startswith("sponsors.")] == [
        "sponsors.W001",
        "sponsors.W002",
    ]
    Sponsorship.objects.all().delete()
    guards.install()
    assert guards.missing() == []
    refused(three.sponsors)


def test_installing_twice_is_installing_once(db: None) -> None:
    guards.install()
    guards.install()
    assert guards.missing() == []
    assert [found for found in run_checks(databases=["default"]) if found.id.startswith("sponsors.")] == []


def test_a_migration_with_nothing_to_do_leaves_them_standing(db: None) -> None:
    guards.drop(plan=[])
    assert guards.missing() == []


@pytest.mark.django_db(transaction=True)
def test_they_stand_again_after_a_table_was_remade_back_and_forth() -> None:
    """On SQLite the migration of one app remakes tables that triggers of others name."""
    for target in ("0001_initial", "0002_settled_and_sealed"):
        call_command("migrate", "sponsors", target, verbosity=0)
        assert guards.missing() == []
    three = Triangle()
    three.governs()
    three.works()
    refused(three.sponsors)


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", [Membership, Affiliation, Sponsorship, Group, Member, Organisation])
def test_any_table_can_be_remade_while_they_are_away(model) -> None:
    guards.drop()
    with connection.schema_editor() as editor:
        editor._remake_table(model)
    guards.install()
    assert guards.missing() == []
