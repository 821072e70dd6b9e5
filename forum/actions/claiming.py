"""Whoever proves an address takes over what it wrote before the import."""

from datetime import datetime

from django.db import transaction

from assets.models import Picture
from community.models import Member
from community.queries import accounts
from forum.models import Enclosure, Post, StandIn, Topic
from live.changes import EVERYTHING, changed


def claim(at: datetime) -> int:
    """Hand over to each member what stands under an address they have proved; how many addresses. May run twice."""
    proved = accounts.proved(StandIn.objects.values_list("address", flat=True))
    for address, member in proved.items():
        with transaction.atomic():
            stood = StandIn.objects.select_for_update().filter(address=address).first()
            if stood is not None:
                _hand_over(stood, member)
    return len(proved)


def _hand_over(stood: StandIn, member: Member) -> None:
    before = stood.member_id
    Post.objects.filter(author=before).update(author=member)
    Topic.objects.filter(author=before).update(author=member)
    Topic.objects.filter(last_author=before).update(last_author=member)
    Picture.objects.filter(uploaded_by_user=before).update(uploaded_by_user=member)
    Enclosure.objects.filter(member=before).update(member=member)
    stood.delete()
    Member.objects.filter(pk=before).delete()
    changed(EVERYTHING)
