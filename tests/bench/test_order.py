"""What the row of the rush calls in order."""

from bench.writes import Told, order


def told(*spans: tuple[str, float, float]) -> dict[str, Told]:
    return {who: Told(302, pressed, answered) for who, pressed, answered in spans}


ALL_AT_ONCE = told(("a", 0, 9), ("b", 0, 9), ("c", 0, 9))


def test_a_seat_and_a_queue_without_gaps() -> None:
    said = order([("a", 0, 1.0), ("c", 2, 1.2), ("b", 1, 1.1)], ALL_AT_ONCE)
    assert said == {"going": 1, "waiting": 2, "in_order": True, "passed_ms": 0.0}


def test_a_gap_is_seen() -> None:
    assert order([("a", 0, 1.0), ("b", 1, 1.1), ("c", 3, 1.2)], ALL_AT_ONCE)["in_order"] is False


def test_nobody_who_had_their_answer_stands_behind_who_pressed_later() -> None:
    late = told(("a", 0, 1), ("b", 0, 2), ("c", 3, 4))
    assert order([("a", 0, 0.5), ("b", 1, 1.5), ("c", 2, 3.5)], late)["in_order"] is True
    assert order([("a", 0, 0.5), ("c", 1, 3.5), ("b", 2, 1.5)], late)["in_order"] is False
    assert order([("c", 0, 3.5), ("a", 1, 0.5), ("b", 2, 1.5)], late)["in_order"] is False


def test_on_their_way_together_it_is_told_by_how_much() -> None:
    said = order([("a", 0, 1.0), ("b", 2, 1.25), ("c", 1, 1.5)], ALL_AT_ONCE)
    assert said == {"going": 1, "waiting": 2, "in_order": True, "passed_ms": 250.0}
