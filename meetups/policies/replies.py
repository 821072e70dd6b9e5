"""May they answer what the organisers ask?"""

from datetime import datetime

from community.models import Member
from community.verdicts import YES, Verdict, no
from meetups.models import Meetup, Rsvp
from meetups.policies.evenings import answers_closed


def may_reply(member: Member | None, meetup: Meetup, at: datetime, answer: Rsvp | None = None) -> Verdict:
    """Whoever said anything but no, until the evening is over; one query, none where the answer is known."""
    if member is None or not member.pk:
        return no("Sign in to answer.")
    if closed := answers_closed(meetup, at):
        return no(closed)
    rsvp = answer or Rsvp.objects.filter(meetup=meetup, member=member).first()
    if rsvp is None or rsvp.state == Rsvp.State.DECLINED:
        return no("These questions are for people who come. Say that you are coming first.")
    return YES
