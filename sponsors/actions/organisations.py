"""What an organisation says of itself."""

from datetime import datetime

from community.models import Member, Organisation
from live.changes import changed
from sponsors.policies.ties import may_confirm


def describe(*, actor: Member, organisation: Organisation, about: str, website: str, at: datetime) -> Organisation:
    """Its own words and address, on its own page, under its label."""
    may_confirm(actor, organisation, at).or_refuse()
    organisation.about, organisation.website = about, website
    organisation.save(update_fields=["about", "website"])
    changed("sponsors")
    return organisation
