"""Counting ranked votes, against examples worked out by hand and against what must always hold."""

import random

import pytest

from forum.queries.runoff import Outcome, runoff

A, B, C = 1, 2, 3


@pytest.mark.parametrize(
    ("ballots", "winner", "out"),
    [
        ([], None, []),
        ([[A]], A, [None]),
        ([[A, B], [A, C], [B, A]], A, [None]),
        # C is out first, its two votes go to B, which overtakes A.
        ([[A]] * 4 + [[B, A]] * 3 + [[C, B]] * 2, B, [C, None]),
        # Nobody left on C's ballots: they are spent, A wins by 4 of 7.
        ([[A]] * 4 + [[B]] * 3 + [[C]] * 2, A, [C, None]),
        # All even: the one listed last is out first.
        ([[A], [B], [C]], A, [C, B, None]),
        # B and C are even behind A: the one listed last is out, and A has three of the five that still count.
        ([[A]] * 3 + [[B]] * 2 + [[C]] * 2, A, [C, None]),
    ],
)
def test_worked_by_hand(ballots: list[list[int]], winner: int | None, out: list[int | None]) -> None:
    outcome = runoff([A, B, C], ballots)
    assert (outcome.winner, [each.out for each in outcome.rounds]) == (winner, out)


def test_earlier_rounds_break_ties() -> None:
    ballots = [[1]] * 5 + [[2]] * 3 + [[3]] * 2 + [[4, 3]]
    first, second, *_ = runoff([1, 2, 3, 4], ballots).rounds
    assert (first.out, second.votes, second.out) == (4, {1: 5, 2: 3, 3: 3}, 3)


def check(options: list[int], ballots: list[list[int]], outcome: Outcome) -> None:
    for each in outcome.rounds:
        assert sum(each.votes.values()) + each.spent == len(ballots)
    last = outcome.rounds[-1]
    assert outcome.winner is not None
    assert last.votes[outcome.winner] == max(last.votes.values())
    majority = [pk for pk in options if sum(ballot[0] == pk for ballot in ballots) * 2 > len(ballots)]
    assert majority in ([], [outcome.winner])


def test_what_must_always_hold() -> None:
    chance = random.Random(7)
    for _ in range(300):
        options = list(range(chance.randint(2, 6)))
        ballots = [chance.sample(options, chance.randint(1, len(options))) for _ in range(chance.randint(1, 12))]
        check(options, ballots, runoff(options, ballots))
