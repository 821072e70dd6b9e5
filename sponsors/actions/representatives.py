"""Who may write for an organisation."""

from datetime import datetime

from django.db import transaction

from community.models import Affiliation, Member
from community.models.period import day_of
from community.verdicts import no
from live.changes import EVERYTHING, changed
from sponsors import notices
from sponsors.policies.ties import may_confirm


class NoTie(Exception):  # noqa: N818  (it says the outcome)
    """The member has ended the tie meanwhile."""

    def __init__(self) -> None:
        """Say it in words for people."""
        super().__init__("They no longer say that they have a tie to it.")


def confirm(*, actor: Member, tie: Affiliation, at: datetime) -> Affiliation:
    """Let this member write for the organisation; never one's own tie."""
    return _set(actor, tie, at, is_confirmed=True)


def end(*, actor: Member, tie: Affiliation, at: datetime) -> Affiliation:
    """They write for it no more; what they wrote stays the organisation's."""
    return _set(actor, tie, at, is_confirmed=False)


def departed(*, member: Member, at: datetime) -> None:
    """Who has left speaks for nobody; what they wrote for an organisation stays the organisation's."""
    Affiliation.objects.filter(member=member).exclude(represents_since=None).update(represents_since=None)
    changed(EVERYTHING)


def _set(actor: Member, tie: Affiliation, at: datetime, *, is_confirmed: bool) -> Affiliation:
    may_confirm(actor, tie.organisation, at).or_refuse()
    if is_confirmed and tie.member_id == actor.pk:
        no("Nobody confirms themselves. Ask another representative, or the people who run this site.").or_refuse()
    with transaction.atomic():
        rows = Affiliation.objects.select_for_update(of=("self",)).select_related("organisation", "member")
        kept = rows.on(day_of(at)).filter(pk=tie.pk).first()
        if kept is None:
            raise NoTie
        may_confirm(actor, kept.organisation, at).or_refuse()
        if (kept.represents_since is not None) == is_confirmed:
            return kept
        kept.represents_since = at if is_confirmed else None
        kept.save(update_fields=["represents_since"])
        changed(EVERYTHING)
        notices.represents(kept, actor, at)
        return kept
