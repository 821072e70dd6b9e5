"""Instant runoff: who has the fewest first places is out and their votes move on, until someone has more than half."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Round:
    """One count: votes by option, how many ballots had nobody left, and who is out after it (None in the last)."""

    votes: dict[int, int]
    spent: int
    out: int | None = None
    was_tied: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """The rounds in their order and the winner; None when nobody voted."""

    rounds: list[Round]
    winner: int | None = None


def runoff(options: Sequence[int], ballots: Sequence[Sequence[int]]) -> Outcome:
    """`options` in the order they are listed, each ballot's options best first.

    Of several with the fewest votes, the one who had fewer in earlier rounds is out; still tied, the one listed last.
    """
    standing = list(options)
    rounds: list[Round] = []
    while any(set(ballot) & set(standing) for ballot in ballots):
        votes, spent = _count(standing, ballots)
        leader = max(standing, key=lambda each: (votes[each], -standing.index(each)))
        if votes[leader] * 2 > len(ballots) - spent or len(standing) == 1:
            return Outcome([*rounds, Round(votes, spent)], leader)
        fewest = [each for each in standing if votes[each] == min(votes.values())]
        out = min(fewest, key=lambda each: ([earlier.votes[each] for earlier in rounds], -standing.index(each)))
        rounds.append(Round(votes, spent, out, was_tied=len(fewest) > 1))
        standing.remove(out)
    return Outcome(rounds)


def _count(standing: list[int], ballots: Sequence[Sequence[int]]) -> tuple[dict[int, int], int]:
    tops = [next((each for each in ballot if each in standing), None) for ballot in ballots]
    counted = Counter(tops)
    return {each: counted[each] for each in standing}, counted[None]
