"""Two vendors in the open: one supports Leeds and has an event, the other has asked Bristol."""

from datetime import datetime, timedelta
from decimal import Decimal

from community.actions import affiliations
from community.models import Affiliation, Group, Member, Organisation
from sponsors.actions import events, ledger, representatives, sponsorships
from sponsors.actions.events import Facts
from sponsors.actions.ledger import Line
from sponsors.models import Benefit, Package
from sponsors.models.ledger import Account

ACME = "Says what a restore costs before you need one. Pays for the pizza in Leeds since spring."
NORTH = "Distributor of switches and access points, with people who pick up the phone."


def make(roles: dict[str, Member], leeds: Group, glasgow: Group, bristol: Group, now: datetime) -> None:
    """Organisations, their people, what they give and what they ask for."""
    began = now - timedelta(days=200)
    acme = Organisation.objects.create(name="Acme Backup", slug="acme-backup", about=ACME, created_at=began)
    north = Organisation.objects.create(
        name="Northgate Distribution", slug="northgate", kind="distributor", about=NORTH, created_at=began
    )
    represent(roles["vendor"], acme, roles["admin"], began)
    represent(roles["vendor"], north, roles["admin"], began)
    table = package(now)
    support(acme, leeds, roles, table, now)
    support(north, glasgow, roles, table, now, organiser=glasgow.founder)
    sponsorships.propose(
        actor=roles["vendor"],
        organisation=north,
        group=bristol,
        gives="The room at the Orchard, twelve evenings",
        amount=Decimal(720),
        currency="GBP",
        is_in_kind=True,
        starts_on=now.date(),
        ends_on=now.date() + timedelta(days=365),
        package=table,
        at=now - timedelta(days=2),
    )


def represent(member: Member, organisation: Organisation, admin: Member, at: datetime) -> None:
    """Their tie, declared and confirmed."""
    declared = affiliations.declare(
        member=member,
        organisation=organisation,
        kind=Affiliation.Kind.EMPLOYEE,
        starts_on=at.date() - timedelta(days=400),
        at=at,
    )
    representatives.confirm(actor=admin, tie=declared.affiliation, at=at)


def package(now: datetime) -> Package:
    """What a group offers to who supports it."""
    table, _ = Package.objects.get_or_create(
        slug="pizza",
        year=now.year,
        defaults={"name": "The pizza", "about": "One evening after another.", "amount": Decimal(600)},
    )
    for position, title in enumerate(("Your name on the group’s page", "Thanks at the start of an evening")):
        Benefit.objects.get_or_create(package=table, title=title, defaults={"position": position})
    return table


def support(
    organisation: Organisation,
    group: Group,
    roles: dict[str, Member],
    table: Package,
    now: datetime,
    organiser: Member | None = None,
) -> None:
    """A running sponsorship with its lines in the book."""
    began, judge = now - timedelta(days=150), organiser or roles["organiser"]
    offer = sponsorships.propose(
        actor=roles["vendor"],
        organisation=organisation,
        group=group,
        gives="Pizza at every evening",
        amount=Decimal(600),
        currency="GBP",
        is_in_kind=True,
        starts_on=began.date(),
        ends_on=began.date() + timedelta(days=365),
        package=table,
        at=began - timedelta(days=10),
    )
    sponsorships.accept(actor=judge, sponsorship=offer, why="They bring food and no slides.", at=began)
    for month in range(3):
        day = now - timedelta(days=12 + 30 * month)
        ledger.record(
            actor=judge,
            group=group,
            organisation=organisation,
            sponsorship=offer,
            lines=[Line(Account.VENDOR, Account.FOOD, Decimal(52 + 4 * month))],
            happened_on=day.date(),
            note=f"Pizza, {day:%B}",
            entry_key=f"demo-{group.pk}-{month}",
            at=day,
        )


def hold_event(roles: dict[str, Member], group: Group, now: datetime) -> None:
    """An event page that an organiser has let through."""
    starts = (now + timedelta(days=24)).replace(hour=10, minute=0, second=0, microsecond=0)
    facts = Facts(
        title="Restore day: bring a backup, leave with proof",
        summary="A workshop. Everybody restores something of their own; nobody shows slides.",
        body="We bring spare disks and coffee.\n\n- 10:00 first restore\n- 12:30 lunch\n- 14:00 write the report",
        starts_at=starts,
        ends_at=starts + timedelta(hours=5),
        time_zone="Europe/London",
        place="Acme Backup, Whitehall Road, Leeds",
    )
    acme = Organisation.objects.get(slug="acme-backup")
    event = events.write(
        actor=roles["vendor"], organisation=acme, group=group, facts=facts, is_ready=True, at=now - timedelta(days=3)
    )
    events.approve(actor=roles["organiser"], event=event, sequence=event.sequence, at=now - timedelta(days=2))
