"""What people would like to talk about, and what became of an evening."""

from datetime import datetime, timedelta

from community.models import Group, Member
from meetups.actions import agenda, for_me, points, proposals, recaps
from meetups.models import AgendaItem, Meetup, Proposal, Subject
from meetups.queries import recaps as written

TOPICS = (
    (
        "What do you charge for a call-out on a Sunday?",
        "pricing",
        "I ask for double, and feel bad about it every time.",
    ),
    ("Getting out of a contract with a client who shouts", "legal", "It is in its third year, and so am I."),
    ("A first employee, or another subcontractor?", "hiring", ""),
    ("Patch day without losing a weekend", "tools", "Show me yours, I will show you mine."),
    ("Who looks at your backups when you are ill?", "security", ""),
)
HELD = (
    ("Round the table: one win, one worry", 30, AgendaItem.Kind.PEER, ""),
    ("Invoices that get paid", 30, AgendaItem.Kind.PEER, "cash-flow"),
    ("Pizza", 20, AgendaItem.Kind.BREAK, ""),
    ("Restoring a client from nothing, live", 40, AgendaItem.Kind.PEER, "security"),
)
DECIDED = (
    "- We begin at 18:30 sharp all winter.\n- Whoever leaves last locks the yard door.",
    "- [What the law says about late payment](https://www.gov.uk/late-commercial-payments-interest-debt-recovery)",
)


def propose(group: Group, members: list[Member], now: datetime) -> None:
    """Five topics, each wanted by some."""
    for number, (title, subject, body) in enumerate(TOPICS):
        at = now - timedelta(days=12 - number, hours=number)
        topic = proposals.propose(
            author=members[number + 1],
            group=group,
            title=title,
            subject=Subject.objects.get(slug=subject),
            body=body,
            client_key=f"demo-topic-{group.pk}-{number}",
            at=at,
        )
        for member in members[number : number + 7 - number]:
            proposals.vote(member=member, proposal=topic, is_on=True, at=at + timedelta(hours=3))


def take_the_first(group: Group, organiser: Member, meetup: Meetup, now: datetime) -> None:
    """The topic most wanted is on the next agenda."""
    topic = Proposal.objects.open().filter(group=group).counted(None).select_related("group").first()
    if topic is not None:
        agenda.take(actor=organiser, meetup=meetup, proposal=topic, minutes=20, at=now)


def look_back(group: Group, organiser: Member, now: datetime) -> None:
    """The last evening had an agenda, left two things open, and was written up."""
    meetup = Meetup.objects.filter(group=group).held(now).order_by("-starts_at")[0]
    before, after = meetup.starts_at - timedelta(days=5), meetup.ends_at + timedelta(hours=1)
    for title, minutes, kind, subject in HELD:
        found = Subject.objects.filter(slug=subject).first()
        agenda.add(actor=organiser, meetup=meetup, title=title, minutes=minutes, kind=kind, subject=found, at=before)
    agenda.publish(actor=organiser, meetup=meetup, at=before)
    came = [each.member for each in meetup.attendances.exclude(member=None).select_related("member")]
    for item in meetup.agenda_items.exclude(kind=AgendaItem.Kind.BREAK).select_related("meetup__group"):
        for number, member in enumerate(came[:5]):
            if member is not None:
                for_me.say(member=member, item=item, is_for_me=number != item.position % 5, at=after)
    for which, text, owner in (
        ("question", "Does the new lease rule hold for equipment under 500 pounds?", None),
        ("action", "Ask the Fox whether we can have the room in August", organiser),
    ):
        key = f"demo-{which}-{group.pk}"
        points.note(actor=organiser, meetup=meetup, kind=which, text=text, owner=owner, client_key=key, at=after)
    words = written.begin(meetup, organiser)
    for title, lines in zip(("## Decisions", "## Links"), DECIDED, strict=True):
        words = words.replace(f"{title}\n\n- \n", f"{title}\n\n{lines}\n")
    recaps.keep(actor=organiser, meetup=meetup, body=words, at=after)
    recaps.publish(actor=organiser, meetup=meetup, at=after)
    points.finish(now)
    points.roll_over(now)
