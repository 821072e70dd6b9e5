"""Those who decide on what a vendor wants of a group."""

from community.models import Affiliation, Block, Group, Member, Membership, Organisation


def judges(group: Group, organisation: Organisation, actor: Member) -> list[int]:
    """Ids of its organisers with no tie to the vendor, nor those who blocked `actor`; one query."""
    tied = Affiliation.objects.live().filter(organisation=organisation).values("member")
    deaf = Block.objects.filter(blocked=actor).values("member")
    organising = Membership.objects.live().organising().filter(group=group)
    return list(organising.exclude(member__in=tied).exclude(member__in=deaf).values_list("member_id", flat=True))
