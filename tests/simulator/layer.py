"""What stands between the processes: pub/sub that loses, doubles, delays, reorders, forgets and falls over."""

import random
from collections.abc import Callable

Frame = tuple[str, str]


class SimBridge:
    """In the place of `live.bridge.Bridge`: what one process subscribed to, and what is on its way there."""

    def __init__(self, layer: "Layer", on_message: Callable[[str, str], None], on_gap: Callable[[], None]) -> None:
        self.layer, self.on_message, self.on_gap = layer, on_message, on_gap
        self.wanted: set[str] = set()
        self.line: list[Frame] = []
        layer.bridges.append(self)

    async def want(self, stream: str) -> None:
        self.wanted.add(stream)

    def drop(self, stream: str) -> None:
        self.wanted.discard(stream)

    def deliver(self, most: int = 1) -> None:
        for frame in self.line[:most]:
            self.on_message(*frame)
        del self.line[:most]


class Layer:
    """`publish` stands in the place of `live.bridge.publish`."""

    def __init__(self, luck: random.Random) -> None:
        self.luck, self.bridges, self.is_up, self.is_bad = luck, list[SimBridge](), True, True

    def bridge(self, _url: str, on_message: Callable[[str, str], None], on_gap: Callable[[], None]) -> SimBridge:
        return SimBridge(self, on_message, on_gap)

    def publish(self, *frames: Frame) -> bool:
        if not self.is_up:
            return False
        for stream, text in frames:
            for bridge in self.bridges:
                if stream in bridge.wanted:
                    for _ in range(self.luck.choices([0, 1, 2], [0.15, 0.7, 0.15])[0] if self.is_bad else 1):
                        place = self.luck.randint(max(0, len(bridge.line) - 4), len(bridge.line))
                        bridge.line.insert(place if self.is_bad else len(bridge.line), (stream, text))
        return True

    def forget(self) -> None:
        """A flush, an overflow: what was on its way is gone, and nobody is told."""
        for bridge in self.bridges:
            bridge.line.clear()

    def restart(self) -> None:
        """It was away and is back: the bridges notice, and say that something may have been missed."""
        self.is_up = True
        for bridge in self.bridges:
            bridge.line.clear()
            bridge.on_gap()
