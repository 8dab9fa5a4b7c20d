"""The base of every error that is shown to a person in words."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Fault:
    """One thing that is wrong in one place: which file, which row, what, and how to mend it."""

    file: str
    row: str
    problem: str
    repair: str

    def __str__(self) -> str:
        place = f"{self.file}, {self.row}" if self.row else self.file
        return f"{place}: {self.problem} {self.repair}".strip()


class ShownError(Exception):
    """An error whose message is a sentence for the person at the screen or the terminal."""


class FaultsFound(ShownError):
    """Everything that is wrong, at once: the caller mends it in one go instead of one error at a time."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))
