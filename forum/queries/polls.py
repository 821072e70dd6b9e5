"""How polls stand, as one reader may see it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from community.models import Member
from community.verdicts import Verdict
from forum.models import Choice, Option, Poll, Post
from forum.queries.runoff import Outcome, runoff

TIED = "shares the fewest and had fewer before, or stands last in the list"


@dataclass(frozen=True, slots=True)
class Line:
    """One choice: how many chose it (first places in a ranked poll), its part of all in percent, the reader's place."""

    option: Option
    count: int
    percent: int
    rank: int | None
    has_won: bool = False


@dataclass(frozen=True, slots=True)
class Stand:
    """A poll and how it stands. `results` says whether the reader may see the counts, which are there in any case.

    `rounds` explains a ranked one, a sentence each. `may_vote` is filled in by the view, which asks the policies.
    """

    poll: Poll
    lines: list[Line]
    voters: int
    has_voted: bool
    rounds: list[str] = field(default_factory=list)
    may_vote: Verdict | None = None
    results: Verdict | None = None
    is_closed: bool = False


@dataclass(slots=True)
class _Cast:
    """A ballot: whose, and the place of each option on it, best first."""

    member: int | None
    places: dict[int, int] = field(default_factory=dict)


def stands(posts: Iterable[Post], member: Member | None) -> dict[int, Stand]:
    """By post; no query where no post has a poll, else two, however many there are."""
    polls = [post.poll for post in posts if hasattr(post, "poll")]
    if not polls:
        return {}
    options: dict[int, list[Option]] = defaultdict(list)
    for option in Option.objects.filter(poll__in=polls).order_by("poll", "position"):
        options[option.poll_id].append(option)
    cast = _ballots(polls)
    reader = member.pk if member else None
    return {poll.post_id: _stand(poll, options[poll.pk], cast[poll.pk], reader) for poll in polls}


def who(poll: Poll) -> list[tuple[Option, list[Member]]]:
    """Who chose what in an open poll, best places first; nothing of a secret one. Two queries."""
    if poll.is_secret:
        return []
    named: dict[int, list[Member]] = defaultdict(list)
    rows = Choice.objects.filter(option__poll=poll, rank=1).exclude(ballot__member=None)
    for row in rows.select_related("ballot__member").order_by("ballot__cast_at", "pk"):
        if row.ballot.member is not None:
            named[row.option_id].append(row.ballot.member)
    return [(option, named[option.pk]) for option in Option.objects.filter(poll=poll).order_by("position")]


def _ballots(polls: list[Poll]) -> dict[int, dict[int, _Cast]]:
    """Every ballot by poll and its own key: the groups this is for are small, and one query tells it all."""
    found: dict[int, dict[int, _Cast]] = defaultdict(dict)
    rows = Choice.objects.filter(ballot__poll__in=polls).order_by("ballot", "rank", "pk")
    fields = ("ballot__poll", "ballot", "ballot__member", "option", "rank")
    for poll, ballot, member, option, rank in rows.values_list(*fields):
        found[poll].setdefault(ballot, _Cast(member)).places[option] = rank
    return found


def _stand(poll: Poll, options: list[Option], ballots: dict[int, _Cast], reader: int | None) -> Stand:
    first = Counter(pk for each in ballots.values() for pk, rank in each.places.items() if rank == 1)
    own = next((each.places for each in ballots.values() if each.member is not None and each.member == reader), {})
    ranked = [list(each.places) for each in ballots.values()] if poll.kind == Poll.Kind.RANKED else []
    outcome = runoff([option.pk for option in options], ranked)
    voters = len(ballots)
    lines = []
    for option in options:
        count = first[option.pk]
        percent = round(100 * count / voters) if voters else 0
        lines.append(Line(option, count, percent, own.get(option.pk), has_won=option.pk == outcome.winner))
    return Stand(poll, lines, voters, bool(own), _explained(outcome, {option.pk: option.text for option in options}))


def _explained(outcome: Outcome, names: dict[int, str]) -> list[str]:
    said = []
    for number, each in enumerate(outcome.rounds, 1):
        counts = ", ".join(f"{names[pk]} {votes}" for pk, votes in sorted(each.votes.items(), key=lambda row: -row[1]))
        spent = f" ({each.spent} with no choice left)" if each.spent else ""
        if each.out is not None:
            tied = TIED if each.was_tied else "has the fewest"
            said.append(f"Count {number}: {counts}{spent}. {names[each.out]} {tied}, so those votes move on.")
        elif outcome.winner is not None:
            said.append(f"Count {number}: {counts}{spent}. {names[outcome.winner]} has the most and more than half.")
    return said
