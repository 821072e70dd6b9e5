"""Who lives in the demo world."""

from datetime import datetime, timedelta
from itertools import islice

from allauth.account.models import EmailAddress

from community.actions import accounts
from community.models import Member
from community.text import handles

PASSWORD = "pilot-light-demo"  # noqa: S105  (on the sign-in page for all to read)

SIGN_IN = {
    "admin@demo.example": "runs the site",
    "editor@demo.example": "writes pages and news in /cms/",
    "moderator@demo.example": "moderates the site",
    "organiser@demo.example": "organises the Leeds group",
    "member@demo.example": "a member in Leeds",
    "newcomer@demo.example": "has just joined",
    "vendor@demo.example": "represents Acme Backup, sponsor in Leeds",
}

OF_THE_ROLES = {
    "admin": ("Ada Whitworth", {"is_staff": True, "is_superuser": True}),
    "editor": ("Edith Marlow", {"is_staff": True}),
    "moderator": ("Moses Clarke", {"is_moderator": True}),
    "organiser": ("Olive Hargreaves", {}),
    "member": ("Marek Dvořák", {}),
    "newcomer": ("Nell Ashby", {}),
    "vendor": ("Vincent Cole", {}),
}

NAMES = {
    "Leeds": [
        "Amina Yusuf",
        "Gareth Booth",
        "Hanna Nowak",
        "Priya Raman",
        "Wendy Ackroyd",
        "Tom Bramley",
        "Megan Thwaite",
        "Ravi Patel",
        "Zoë Hartley",
        "Mehmet Yılmaz",
        "ليلى حداد",
        "Quentin Hale",
        "Björn Ågren",
    ],
    "Bristol": [
        "Catrin Pritchard",
        "Jasmine Okafor",
        "Dafydd Rees",
        "Rosa Delgado",
        "Siân Morgan",
        "Oluwaseun Adeyemi",
        "Xin Yi Tan",
        "Élodie Marchand",
        "Vikram Chauhan",
        "Ngozi Eze",
    ],
    "Glasgow": [
        "Eilidh MacLeod",
        "Iain Sutherland",
        "Isla Campbell",
        "Callum Fraser",
        "Niamh Byrne",
        "Farah Siddiqui",
        "Tomasz Zieliński",
        "Uma Krishnan",
        "Katarzyna Wójcik",
        "Yusuf Demir",
    ],
}

ABOUT = (
    "Two vans, one apprentice, mostly dental practices.",
    "On my own since 2014. Schools and a brewery.",
    "Bookkeeper turned IT provider. Ask me about cash flow.",
    "Mostly networks. Partly tea.",
    "Left a big integrator to do things properly for twelve clients.",
    "",
)


def make(at: datetime) -> dict[str, Member]:
    """The accounts of the roles, by role."""
    found = {}
    for role, (name, powers) in OF_THE_ROLES.items():
        member, _ = accounts.ensure(
            email=f"{role}@demo.example", name=name, time_zone="Europe/London", at=at, verified=True
        )
        _choose_handle(member, role)
        for field, value in powers.items():
            setattr(member, field, value)
        member.set_password(PASSWORD)
        member.save()
        found[role] = member
    return found


def neighbours(town: str, at: datetime) -> list[Member]:
    """The members of one town, each come on another day."""
    members = []
    for number, name in enumerate(NAMES[town]):
        email = f"{town.lower()}{number}@people.demo.example"
        joined = at + timedelta(days=9 * number)
        member, _ = accounts.ensure(email=email, name=name, time_zone="Europe/London", at=joined, verified=True)
        member.about = ABOUT[number % len(ABOUT)]
        member.place_name = town
        member.is_handle_chosen = True
        member.save()
        members.append(member)
    EmailAddress.objects.filter(user__in=members).update(verified=True)
    return members


def _choose_handle(member: Member, handle: str) -> None:
    first_free = islice((each for each in (handle, f"{handle}.demo") if _is_free(each, member)), 1)
    member.handle = next(first_free)
    member.handle_key = handles.key(member.handle)
    member.is_handle_chosen = True


def _is_free(handle: str, member: Member) -> bool:
    return not Member.objects.filter(handle_key=handles.key(handle)).exclude(pk=member.pk).exists()
