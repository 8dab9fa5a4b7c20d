"""Forgetting: raw values are deleted after their term, and the ledger says so without them."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from vawg_metrics.returns.folder import flush_names, locked
from vawg_metrics.returns.ledger import Entry, append, read_ledger, versions_of
from vawg_metrics.returns.store import old_files, quarter_of


@dataclass(frozen=True, order=True, slots=True)
class Forgotten:
    """A return whose raw values were deleted: every version of it."""

    partner: str
    quarter: str
    files: int


def to_forget(folder: Path, today: date, keep_months: int) -> tuple[Forgotten, ...]:
    """The returns that have been kept for longer than the term."""
    pairs = [(path.parent.parent.name, quarter_of(path)) for path in old_files(folder, today, keep_months)]
    return tuple(Forgotten(*pair, pairs.count(pair)) for pair in sorted(set(pairs)))


def forget(folder: Path, today: date, keep_months: int, at: datetime, who: str) -> tuple[Forgotten, ...]:
    """Delete the raw values of every return that was kept for longer than the term; the key and the ledger stay.

    The ledger is written first: after a crash the next run finds what is left of the files and deletes it too.
    """
    if not folder.exists():
        return ()
    with locked(folder):
        forgotten = to_forget(folder, today, keep_months)
        pairs = {(one.partner, one.quarter) for one in forgotten}
        open_ = [one for one in versions_of(read_ledger(folder)) if (one.partner, one.quarter) in pairs]
        entries = [
            Entry(at, "forget", one.partner, one.quarter, who, one.number, one.fingerprint)
            for one in open_
            if not one.forgotten_at
        ]
        if entries:
            append(folder, entries)
        for path in old_files(folder, today, keep_months):
            path.unlink()
            flush_names(path.parent)
    return forgotten
