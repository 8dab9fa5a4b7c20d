"""Accepted returns in the restricted folder: versioned, and as the ledger says, so that one line decides each step."""

import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from vawg_metrics.errors import ShownError
from vawg_metrics.periods import Period, quarter_name, quarter_named, shifted
from vawg_metrics.returns.contract import Given, Return
from vawg_metrics.returns.due import kept_until, objection_deadline
from vawg_metrics.returns.folder import RETURNS, locked, make_within, read_key, write_private
from vawg_metrics.returns.ledger import RESTORE, Entry, Version, append, in_utc, read_ledger, versions_of

_ID: Final = re.compile(r"[a-z0-9_]{1,60}")


class StoreDamaged(ShownError):
    """A stored return is missing or is not as it was accepted."""


class NothingHeld(ShownError):
    """There is no return of this partner and quarter to work on."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The version of a return that counts, when it was accepted, and the last day on which its supplier may object."""

    return_: Return
    version: int
    accepted_at: datetime
    open_until: date


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What accepting did: the version that counts now, the one before it, and whether anything changed."""

    accepted: Accepted
    replaced: Accepted | None
    changed: bool


def accept(folder: Path, return_: Return, at: datetime, objection_days: int, who: str) -> Acceptance:
    """Make a checked return the version that counts; the same values again change nothing.

    The file is written whole before the ledger names it, so a crash leaves the old version or the new one.
    """
    with locked(folder):
        key = read_key(folder)
        entries = read_ledger(folder)
        quarter = quarter_name(return_.period)
        stack = _stack(entries, return_.partner, quarter)
        content = canonical(return_)
        fingerprint = fingerprint_of(content, key)
        if stack and stack[-1].fingerprint == fingerprint:
            return Acceptance(_read(folder, stack[-1], key), _before(folder, stack[:-1], key), False)
        replaced = _before(folder, stack, key)
        where = make_within(folder, RETURNS, _safe(return_.partner), quarter.replace(" ", "-"))
        numbers = [one.number for one in history(entries, return_.partner, quarter)]
        number = max([0, *numbers, *_numbers(where)]) + 1  # above what a crash left without a line, too
        time = in_utc(at)
        until = objection_deadline(time, objection_days)
        write_private(where / f"{number:04d}.json", content)
        append(folder, [Entry(time, "accept", return_.partner, quarter, who, number, fingerprint, until)])
        return Acceptance(Accepted(_parsed(content, where), number, time, until), replaced, True)


def withdraw(folder: Path, partner: str, quarter: str, at: datetime, who: str) -> tuple[Version, Version | None]:
    """Go back to the version before; the version withdrawn, and the one that counts now. NothingHeld without one."""
    quarter = quarter_name(quarter_named(quarter))
    nothing = NothingHeld(f"No return of {partner} for {quarter} is held, so there is nothing to withdraw.")
    if not folder.exists():
        raise nothing
    with locked(folder):
        stack = _stack(read_ledger(folder), partner, quarter)
        if not stack:
            raise nothing
        gone = stack[-1]
        append(folder, [Entry(at, "withdraw", partner, quarter, who, gone.number, gone.fingerprint)])
    return gone, (stack[-2] if len(stack) > 1 else None)


def accepted(folder: Path) -> tuple[Accepted, ...]:
    """The version that counts of every partner and quarter, in order; StoreDamaged where one is not as accepted."""
    newest = {(one.partner, one.quarter): one for one in versions_of(read_ledger(folder)) if one.held}
    if not newest:
        return ()
    key = read_key(folder)
    return tuple(_read(folder, newest[pair], key) for pair in sorted(newest))


def accepted_of(folder: Path, partner: str, quarter: str) -> Accepted | None:
    """The version that counts of one partner and quarter; None without one."""
    stack = _stack(read_ledger(folder), partner, quarter_name(quarter_named(quarter)))
    return _read(folder, stack[-1], read_key(folder)) if stack else None


def previous_return(folder: Path, partner: str, quarter: str) -> Return | None:
    """What a partner sent for the quarter before; None where nothing is held."""
    period = quarter_named(quarter)
    before = Period(shifted(period.start, -3), shifted(period.end, -3))
    held = accepted_of(folder, partner, quarter_name(before))
    return held.return_ if held else None


def history(entries: Iterable[Entry], partner: str, quarter: str) -> tuple[Version, ...]:
    """Every version of one return, in the order of acceptance, with what became of it."""
    return tuple(one for one in versions_of(entries) if (one.partner, one.quarter) == (partner, quarter))


def note_released(folder: Path, taken: Iterable[Accepted], release: str, at: datetime, who: str) -> None:
    """Write into the ledger which versions a release took; noted once however often it is said."""
    with locked(folder):
        known = {(one.partner, one.quarter, one.number): one for one in versions_of(read_ledger(folder))}
        entries = []
        for one in taken:
            version = known[one.return_.partner, one.return_.quarter, one.version]
            if release not in version.releases:
                marks = (version.partner, version.quarter, who, version.number, version.fingerprint)
                entries.append(Entry(at, "released", *marks, release=release))
        if entries:
            append(folder, entries)


def note_failed(folder: Path, partner: str, quarter: str, at: datetime, who: str) -> None:
    """Write into the ledger that a return of a known partner and quarter failed its check; nothing of its contents."""
    with locked(folder):
        read_key(folder)  # made before the first line: a ledger without a key has lost it
        append(folder, [Entry(at, "check-failed", partner, quarter_name(quarter_named(quarter)), who)])


def old_files(folder: Path, today: date, keep_months: int) -> tuple[Path, ...]:
    """The files of every quarter that has been kept for longer than the term: withdrawn and replaced ones too."""
    found = (path for path in sorted(folder.glob(f"{RETURNS}/*/*/*")) if path.name.endswith((".json", ".json.new")))
    return tuple(path for path in found if kept_until(quarter_of(path), keep_months) < today)


def canonical(return_: Return) -> bytes:
    """A return as the bytes that are stored: the same values in any order give the same bytes."""
    rows = [[one.line, one.group, one.area, one.count, one.state, one.reason] for one in sorted_given(return_)]
    whole = {"partner": return_.partner, "quarter": quarter_name(return_.period), "given": rows}
    return (json.dumps(whole, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8")


def sorted_given(return_: Return) -> list[Given]:
    """The cells of a return by line, group and place."""
    return sorted(return_.given, key=lambda one: one.key)


def fingerprint_of(content: bytes, key: bytes) -> str:
    """A keyed hash: without the key nobody can try out which values give it."""
    return hmac.new(key, b"return\n" + content, hashlib.sha256).hexdigest()


def _stack(entries: Iterable[Entry], partner: str, quarter: str) -> list[Version]:
    """The versions of one return that are held, the one that counts last."""
    return [one for one in history(entries, partner, quarter) if one.held]


def _before(folder: Path, stack: list[Version], key: bytes) -> Accepted | None:
    return _read(folder, stack[-1], key) if stack else None


def _read(folder: Path, version: Version, key: bytes) -> Accepted:
    """A stored version, proved to be as it was accepted."""
    quarter = version.quarter.replace(" ", "-")
    path = folder / RETURNS / _safe(version.partner) / quarter / f"{version.number:04d}.json"
    try:
        content = path.read_bytes()
    except OSError as error:
        raise StoreDamaged(f"{path} cannot be read ({error.strerror or error}). {RESTORE}") from None
    if not hmac.compare_digest(fingerprint_of(content, key), version.fingerprint):
        raise StoreDamaged(f"{path} is not as it was accepted, or the key is another. {RESTORE}")
    return Accepted(_parsed(content, path), version.number, version.accepted_at, version.open_until)


def _parsed(content: bytes, path: Path) -> Return:
    try:
        whole = json.loads(content)
        return Return(whole["partner"], whole["quarter"], tuple(Given(*row) for row in whole["given"]))
    except (ValueError, KeyError, TypeError):
        raise StoreDamaged(f"{path} is not laid out as this version of the program writes it. {RESTORE}") from None


def _numbers(where: Path) -> Iterator[int]:
    return (int(path.stem) for path in where.glob("[0-9]*.json"))


def quarter_of(path: Path) -> str:
    """The quarter whose folder a file lies in."""
    try:
        return quarter_name(quarter_named(path.parent.name.replace("-Q", " Q")))
    except ValueError:
        raise StoreDamaged(f"{path.parent} is no folder of a quarter. Move it out of the folder of returns.") from None


def _safe(partner: str) -> str:
    """A partner's id, which becomes a folder's name; ValueError for one that could lead elsewhere."""
    if not _ID.fullmatch(partner):
        raise ValueError("a partner's id is made of small letters, digits and _")
    return partner
