"""How much one socket may send."""

from dataclasses import dataclass, field
from time import monotonic

MAX_BYTES = 64 * 1024
MAX_STREAMS = 50
PER_SECOND, BURST = 20.0, 40.0
ABUSIVE_AFTER = 100
"""So many refusals since the last frame that was in time: close instead of answering."""


@dataclass(slots=True)
class Bucket:
    """A token bucket: `take` answers how many seconds to wait, 0 when the frame is in time."""

    tokens: float = BURST
    filled_at: float = field(default_factory=monotonic)
    refused: int = 0

    def take(self, now: float, cost: float = 1.0) -> float:
        """Use tokens up, or say how long until there are enough."""
        self.tokens = min(BURST, self.tokens + (now - self.filled_at) * PER_SECOND)
        self.filled_at = now
        if self.tokens >= cost:
            self.tokens -= cost
            self.refused = 0
            return 0.0
        self.refused += 1
        return (cost - self.tokens) / PER_SECOND

    @property
    def is_abused(self) -> bool:
        """Whoever goes on after so many refusals is not listening."""
        return self.refused > ABUSIVE_AFTER
