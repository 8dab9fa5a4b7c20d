"""The ledger of returns: one line for everything done to a return, added and never changed, without a value of it."""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final, Literal, get_args

from vawg_metrics.errors import ShownError
from vawg_metrics.returns.folder import LEDGER, RETURNS, flush_names, private

Action = Literal["accept", "withdraw", "forget", "check-failed", "released"]
RESTORE: Final = "Restore the folder of returns from a backup."


class LedgerDamaged(ShownError):
    """The ledger is gone or holds what no command wrote."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger: what was done to which version of a return, when, and by whom.

    `fingerprint` is a keyed hash of the values: it tells two returns apart and lets nobody guess one.
    """

    time: datetime
    action: Action
    partner: str
    quarter: str
    who: str
    version: int = 0
    fingerprint: str = ""
    open_until: date | None = None
    release: str = ""

    def line(self) -> str:
        """The line as JSON, its time in UTC."""
        whole = {
            "time": in_utc(self.time).isoformat(), "action": self.action, "partner": self.partner,
            "quarter": self.quarter, "version": self.version, "fingerprint": self.fingerprint, "who": self.who,
            "open_until": self.open_until.isoformat() if self.open_until else "", "release": self.release,
        }  # fmt: skip
        return json.dumps(whole, ensure_ascii=True) + "\n"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a return as the ledger tells it: accepted, perhaps withdrawn, released or forgotten since."""

    partner: str
    quarter: str
    number: int
    accepted_at: datetime
    open_until: date
    fingerprint: str
    who: str
    withdrawn_at: datetime | None = None
    forgotten_at: datetime | None = None
    releases: tuple[str, ...] = ()

    @property
    def held(self) -> bool:
        """Whether it counts and its values are there."""
        return not self.withdrawn_at and not self.forgotten_at


def in_utc(time: datetime) -> datetime:
    """A time in UTC to the second; ValueError for one that does not say its zone."""
    if time.tzinfo is None:
        raise ValueError("a time of the ledger must say its zone")
    return time.astimezone(UTC).replace(microsecond=0)


def read_ledger(folder: Path) -> tuple[Entry, ...]:
    """Every line, oldest first; none where there is no folder yet. A line that was cut off by a crash never counted."""
    path = folder / LEDGER
    if not path.exists():
        if any(folder.glob(f"{RETURNS}/*/*/*.json")):
            raise LedgerDamaged(f"{path} is gone, though returns are there. {RESTORE}")
        return ()
    try:
        lines = path.read_bytes().split(b"\n")[:-1]
    except OSError as error:
        raise LedgerDamaged(f"{path} cannot be read ({error.strerror or error}). {RESTORE}") from None
    return tuple(_entry(line, f"{path}, line {number}") for number, line in enumerate(lines, 1))


def append(folder: Path, entries: Iterable[Entry]) -> None:
    """Add lines in one write and flush them to the disk; the caller holds the lock.

    What a crash left of a line that was never finished is cut off first, so that the new line begins a line.
    """
    added = "".join(entry.line() for entry in entries).encode("ascii")
    with open(folder / LEDGER, "a+b", opener=private) as file:
        file.seek(0)
        held = file.read()
        whole = held.rfind(b"\n") + 1
        if whole < len(held):
            file.truncate(whole)
        file.write(added)
        file.flush()
        os.fsync(file.fileno())
    flush_names(folder)


def versions_of(entries: Iterable[Entry]) -> tuple[Version, ...]:
    """Every version ever accepted, with what became of it, in the order of acceptance."""
    found: dict[tuple[str, str, int], Version] = {}
    for one in entries:
        key = one.partner, one.quarter, one.version
        if one.action == "accept":
            until = one.open_until or in_utc(one.time).date()
            found[key] = Version(*key, one.time, until, one.fingerprint, one.who)
        elif key not in found:
            continue
        elif one.action == "withdraw":
            found[key] = replace(found[key], withdrawn_at=one.time)
        elif one.action == "forget":
            found[key] = replace(found[key], forgotten_at=one.time)
        elif one.action == "released":
            found[key] = replace(found[key], releases=(*found[key].releases, one.release))
    return tuple(found.values())


def _entry(line: bytes, where: str) -> Entry:
    try:
        whole = json.loads(line)
        if whole["action"] not in get_args(Action):
            raise ValueError(whole["action"])
        until = date.fromisoformat(whole["open_until"]) if whole["open_until"] else None
        return Entry(
            in_utc(datetime.fromisoformat(whole["time"])), whole["action"], str(whole["partner"]),
            str(whole["quarter"]), str(whole["who"]), int(whole["version"]), str(whole["fingerprint"]), until,
            str(whole["release"]),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise LedgerDamaged(f"{where}: it is not as a command wrote it. {RESTORE}") from None
