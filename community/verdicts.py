"""May they? An answer with its reason, for code and for people."""

from dataclasses import dataclass


class NotAllowed(Exception):  # noqa: N818  (it says the outcome)
    """The verdict was no; the text is for the person who asked. `retry_after` is in seconds."""

    def __init__(self, reason: str, retry_after: int | None = None) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason, self.retry_after = reason, retry_after


@dataclass(frozen=True, slots=True)
class Verdict:
    """Truthy when allowed; otherwise `reason` says why not and what to do."""

    allowed: bool
    reason: str = ""
    retry_after: int | None = None

    def __bool__(self) -> bool:
        return self.allowed

    def or_refuse(self) -> None:
        """Raise `NotAllowed` when the answer is no."""
        if not self.allowed:
            raise NotAllowed(self.reason, self.retry_after)


YES = Verdict(allowed=True)


def no(reason: str, retry_after: int | None = None) -> Verdict:
    """A refusal with its reason."""
    return Verdict(allowed=False, reason=reason, retry_after=retry_after)
