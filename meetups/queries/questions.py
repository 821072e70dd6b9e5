"""What is asked of those who come, and their answers."""

from collections import defaultdict

from meetups.models import Meetup, RsvpQuestion, RsvpReply


def of(meetup: Meetup) -> list[RsvpQuestion]:
    """What is asked, in order; one query."""
    return list(RsvpQuestion.objects.filter(meetup=meetup).order_by("position", "pk"))


def replies_of(meetup: Meetup, member_id: int) -> dict[int, str]:
    """What a member answered, by question; one query."""
    rows = RsvpReply.objects.filter(question__meetup=meetup, member=member_id)
    return dict(rows.values_list("question", "text"))


def unanswered(meetup: Meetup, member_id: int) -> int:
    """How many questions a member has not answered; one query."""
    return RsvpQuestion.objects.filter(meetup=meetup).exclude(replies__member=member_id).count()


def by_member(meetup: Meetup) -> dict[int, dict[int, str]]:
    """All answers, for organisers, by member and question; one query."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for member, question, text in RsvpReply.objects.filter(question__meetup=meetup).values_list(
        "member", "question", "text"
    ):
        found[member][question] = text
    return found
