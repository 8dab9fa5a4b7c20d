"""What releases gave out, beside the true counts: kept in the restricted folder, so that nothing is rounded twice."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from vawg_metrics.disclosure import Cell, Grid
from vawg_metrics.errors import ShownError
from vawg_metrics.periods import Period
from vawg_metrics.protection.building import Rounded
from vawg_metrics.returns.folder import locked, write_private

FILE: Final = "released.json"
KEPT_RELEASES: Final = 3
RESTORE: Final = (
    "Restore the folder of returns from a backup; without it counts would be rounded twice, which tells them."
)


class VaultDamaged(ShownError):
    """The record of what was released cannot be read."""


@dataclass(frozen=True, slots=True)
class GivenOut:
    """One release: its name, when it was made, and the counts of people that it showed, by period."""

    name: str
    at: str
    shown: Mapping[Period, Mapping[Cell, int]]


@dataclass(frozen=True, slots=True)
class Vault:
    """The newest rounding of every period, with its truth; and what the newest releases showed, oldest first."""

    rounded: Mapping[Period, Rounded]
    releases: tuple[GivenOut, ...] = ()


def open_vault(folder: Path) -> Vault:
    """What was released so far; an empty one before the first release. VaultDamaged where it cannot be read."""
    path = folder / FILE
    if not path.exists():
        return Vault({})
    try:
        whole: dict[str, Any] = json.loads(path.read_bytes())
        return Vault(
            {period: _rounded(period, rows) for period, rows in _by_period(whole["rounded"])},
            tuple(
                GivenOut(one["name"], one["at"], {period: _cells(rows) for period, rows in _by_period(one["shown"])})
                for one in whole["releases"]
            ),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise VaultDamaged(f"{path} cannot be read ({type(error).__name__}). {RESTORE}") from None


def keep_released(folder: Path, vault: Vault, rounded: Iterable[Rounded], name: str, at: datetime) -> Vault:
    """The vault after a release, written; the same release said again changes nothing but its time.

    What earlier releases showed of a count that was revised since is forgotten: it speaks of another count.
    """
    taken = tuple(rounded)
    newest = {**vault.rounded, **{one.period: one for one in taken}}
    shown = {one.period: {cell: one.shown[cell] for cell in one.grid.published if cell in one.shown} for one in taken}
    others = still_spoken_of(vault, taken, name)
    after = Vault(newest, (*others, GivenOut(name, at.isoformat(), shown))[-KEPT_RELEASES:])
    _write(folder, after)
    return after


def still_spoken_of(vault: Vault, rounded: Iterable[Rounded], name: str = "") -> tuple[GivenOut, ...]:
    """The releases but the named one, each without the counts that the roundings revise."""
    now = {one.period: one.grid.counts for one in rounded}

    def stands(period: Period, cell: Cell) -> bool:
        before = vault.rounded.get(period)
        return period not in now or before is None or before.grid.counts.get(cell) == now[period].get(cell)

    return tuple(
        replace(one, shown={
            period: {cell: count for cell, count in cells.items() if stands(period, cell)}
            for period, cells in one.shown.items()})
        for one in vault.releases if one.name != name
    )  # fmt: skip


def forget_periods(folder: Path, periods: Iterable[Period]) -> tuple[Period, ...]:
    """Delete the true counts of periods; what was shown of them stays shown. Returns those that were held."""
    vault = open_vault(folder)
    gone = tuple(sorted(set(periods) & set(vault.rounded)))
    if gone:
        _write(
            folder, Vault({period: one for period, one in vault.rounded.items() if period not in gone}, vault.releases)
        )
    return gone


def _write(folder: Path, vault: Vault) -> None:
    whole = {
        "rounded": {_name(period): _rows_of(one) for period, one in sorted(vault.rounded.items())},
        "releases": [
            {"name": one.name, "at": one.at, "shown": {
                _name(period): [[*_words(cell), count] for cell, count in sorted(cells.items())]
                for period, cells in sorted(one.shown.items())}}
            for one in vault.releases
        ],
    }  # fmt: skip
    with locked(folder):
        write_private(folder / FILE, (json.dumps(whole, separators=(",", ":")) + "\n").encode("utf-8"))


def _rows_of(one: Rounded) -> list[list[object]]:
    return [[*_words(cell), count, one.shown.get(cell)] for cell, count in sorted(one.grid.counts.items())]


def _rounded(period: Period, rows: list[list[Any]]) -> Rounded:
    counts = {Cell(*row[:3]): row[3] for row in rows}
    hidden = frozenset(cell for cell in counts if "~" in cell.line)
    return Rounded(period, Grid(counts, (), hidden), {Cell(*row[:3]): row[4] for row in rows if row[4] is not None})


def _cells(rows: list[list[Any]]) -> dict[Cell, int]:
    return {Cell(*row[:3]): row[3] for row in rows}


def _by_period(whole: Mapping[str, Any]) -> Iterable[tuple[Period, Any]]:
    for name, rows in whole.items():
        yield Period(*name.split("|")), rows


def _name(period: Period) -> str:
    return f"{period.start}|{period.end}"


def _words(cell: Cell) -> tuple[str, str, str]:
    return cell.line, cell.area, cell.group
