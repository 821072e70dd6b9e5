"""Trust follows from what people do: worked out daily and at the moments that matter; each change is kept and told."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from community import registry
from community.models import Member, Sanction, TrustChange
from community.notices import trust as notices
from community.policies import trust as policies

Trust = Member.Trust
BATCH = 200


def attended(*, member: Member, first_at: datetime | None, at: datetime) -> None:
    """The first evening they came to is `first_at` (None: the one known was a slip). Lifts newcomers' limits."""
    with transaction.atomic():
        mine = Member.objects.select_for_update().get(pk=member.pk)
        if mine.attended_at == first_at:
            return
        was_slip = first_at is None
        mine.attended_at = first_at
        mine.save(update_fields=["attended_at"])
        _settle([mine], at, may_fall=was_slip)


def reckon(*, member: Member, at: datetime) -> Trust:
    """Work out one member's level now: before a limit refuses them, or after a sanction. Twice is once."""
    with transaction.atomic():
        rows = list(Member.objects.select_for_update().filter(pk=member.pk, is_trust_by_hand=False))
        _settle(rows, at)
    member.trust = rows[0].trust if rows else member.trust
    return Trust(member.trust)


def reckon_due(at: datetime) -> int:
    """Work out the levels of those not looked at today; answers how many. Two at once are safe."""
    day = at.date()
    with transaction.atomic():
        waiting = Member.objects.present().filter(is_trust_by_hand=False)
        waiting = waiting.filter(Q(trust_reckoned_on=None) | Q(trust_reckoned_on__lt=day))
        oldest_first = waiting.order_by(F("trust_reckoned_on").asc(nulls_first=True), "pk")
        rows = list(oldest_first.select_for_update(skip_locked=True)[:BATCH])
        _settle(rows, at)
        Member.objects.filter(pk__in=[member.pk for member in rows]).update(trust_reckoned_on=day)
    return len(rows)


def give(*, actor: Member, member: Member, level: int, reason: str, at: datetime) -> None:
    """Set a level by hand, where it stays; `level` -1 lets it be worked out again. Raises `NotAllowed`."""
    policies.may_set(actor, member).or_refuse()
    with transaction.atomic():
        mine = Member.objects.select_for_update().get(pk=member.pk)
        policies.may_set(actor, mine).or_refuse()
        mine.is_trust_by_hand = level >= 0
        mine.save(update_fields=["is_trust_by_hand"])
        if mine.is_trust_by_hand:
            _change(mine, Trust(level), reason, at, actor)
        else:
            _settle([mine], at, may_fall=True)


def forget(*, member: Member, at: datetime) -> None:
    """The member has departed."""
    TrustChange.objects.filter(member=member).delete()
    TrustChange.objects.filter(actor=member).update(actor=None)


def _settle(rows: list[Member], at: datetime, *, may_fall: bool = False) -> None:
    """For locked rows; nobody falls below "known" unless `may_fall`, nor within a fortnight of having risen."""
    if not rows:
        return
    ids = {member.pk for member in rows}
    ever, lately = registry.deeds(ids, None), registry.deeds(ids, at - policies.SEASON)
    sanctioned, risen = _sanctioned(ids, at), _risen_lately(ids, at)
    for member in rows:
        facts = policies.Facts(at, ever[member.pk], lately[member.pk], member.pk in sanctioned)
        level = policies.earned(member, facts)
        if level < member.trust and not may_fall:
            held = member.pk in risen and not facts.is_sanctioned
            level = Trust(member.trust) if held else max(level, min(Trust(member.trust), Trust.KNOWN))
        _change(member, Trust(level), _reason(member, Trust(level), facts), at)


def _change(member: Member, level: Trust, reason: str, at: datetime, actor: Member | None = None) -> None:
    if level == member.trust:
        return
    before, member.trust = member.trust, level
    member.save(update_fields=["trust"])
    change = TrustChange.objects.create(
        member=member, before=before, after=level, reason=reason[:300], actor=actor, at=at
    )
    notices.changed(change)


def _reason(member: Member, level: Trust, facts: policies.Facts) -> str:
    if level < member.trust:
        if facts.is_sanctioned:
            return "A moderator asked you to pause in the last hundred days."
        return (
            "You were not here as often in the last hundred days." if level else "The evening was entered by mistake."
        )
    if level == Trust.BASIC:
        came = member.attended_at is not None
        return "You came to a meetup." if came else "You have read along for a while."
    if level == Trust.KNOWN:
        came = facts.ever.get("evenings", 0) >= policies.EVENINGS_FOR_KNOWN
        return "You came to three meetups." if came else "You read, you answer, you come back."
    return "You were here again and again in the last hundred days."


def _sanctioned(ids: Iterable[int], at: datetime) -> set[int]:
    kinds = [Sanction.Kind.SILENCE, Sanction.Kind.SUSPEND]
    stops = Sanction.objects.filter(member__in=ids, kind__in=kinds, starts_at__lte=at, lifted_at=None)
    return set(stops.filter(Q(ends_at=None) | Q(ends_at__gt=at - policies.SEASON)).values_list("member_id", flat=True))


def _risen_lately(ids: Iterable[int], at: datetime) -> set[int]:
    rises = TrustChange.objects.filter(member__in=ids, after__gt=F("before"), at__gt=at - policies.HELD)
    return set(rises.values_list("member_id", flat=True))
