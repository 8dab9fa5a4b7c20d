"""The protected facts of every period: rounded on its linked grid, and never rounded twice while the counts stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.disclosure import Cell, Equation, Grid
from vawg_metrics.disclosure.grid import components
from vawg_metrics.disclosure.rounding import RoundingImpossible, round_grid
from vawg_metrics.disclosure.rules import LEAST_SHARE_BASE, two_significant
from vawg_metrics.periods import Period
from vawg_metrics.protection.dominance import merge_dominated
from vawg_metrics.protection.gathering import Gathered, Place, gather, lines_linked
from vawg_metrics.protection.linking import link
from vawg_metrics.returns.contract import Return
from vawg_metrics.sources.contract import Fact, FactMarker

WITHHELD: Final = "protected"
NOT_YET: Final = "missing"  # a new count that what is kept left no way to round: as if its return had not come
Shown = Mapping[Cell, int]


@dataclass(frozen=True)
class Rounded:
    """What a period's grid was released as: the true counts beside the shown ones. It never leaves the vault.

    `grid` holds the truth, `shown` the multiples of 5 that are given out for it. `kept` are the lines whose revision
    could not be rounded: `grid` holds for them the counts that they were rounded from, so that a later release tries
    again.
    """

    period: Period
    grid: Grid
    shown: Shown
    kept: tuple[str, ...] = ()


@dataclass(frozen=True)
class Protected:
    """What may leave: the facts; and what must stay: the roundings behind them, for the vault and the auditor."""

    facts: tuple[Fact, ...]
    rounded: tuple[Rounded, ...]


def protect(
    catalogue: Catalogue,
    returns: Iterable[Return],
    key: bytes,
    today: date,
    before: Mapping[Period, Rounded] | None = None,
) -> Protected:
    """The protected facts of all periods that returns speak of.

    Arguments: accepted returns, one at most of a partner and quarter; `key`, at least 16 secret bytes; `today`, which
    decides what is overdue; `before`, what the newest release gave out of each period. A cell whose true count has
    not changed since keeps what was given out, and so do all cells that are linked with a revision that cannot be
    rounded around them.
    Raises DisclosureError where counts cannot belong together. Source: protection policy, points 2, 3, 6.
    """
    before = before or {}
    lines = [merge_dominated(catalogue, one) for one in gather(catalogue, returns, today)]
    facts: list[Fact] = []
    rounded = []
    for period, linked in lines_linked(lines).items():
        one = round_period(period, link(linked), key, before.get(period))
        rounded.append(one)
        facts += [fact for line in linked for fact in _facts(line, one)]
    return Protected(tuple(sorted(facts, key=lambda fact: fact.key)), tuple(rounded))


def round_period(period: Period, grid: Grid, key: bytes, before: Rounded | None) -> Rounded:
    """A period's grid rounded around what was given out of counts that did not change.

    Where that leaves no way to round a changed count, it may lie one multiple farther from what is shown (9 at most).
    Where even that is not enough, all that is linked with it stays as it was given out: a blank or a mark in its place
    would tell that the counts around it lie far from what is shown of them.
    """
    name = f"{period.start} to {period.end}"
    counts: dict[Cell, int] = {}
    equations: list[Equation] = []
    shown: dict[Cell, int] = {}
    kept: set[str] = set()
    for part in components(grid):
        found = _round(part, key, name, _unchanged(part, before))
        if found is not None:
            shown |= found
            counts |= part.counts
            equations += part.equations
            continue
        kept |= {cell.line for cell in part.published}
        if before is not None:
            counts |= {cell: before.grid.counts[cell] for cell in part.counts if cell in before.grid.counts}
            shown |= {cell: before.shown[cell] for cell in part.counts if cell in before.shown}
    return Rounded(period, Grid(counts, tuple(equations), grid.hidden & counts.keys()), shown, tuple(sorted(kept)))


def _round(part: Grid, key: bytes, name: str, frozen: Shown) -> dict[Cell, int] | None:
    for beyond in (False, True):
        try:
            return round_grid(part, key, name, frozen, beyond and bool(frozen))
        except RoundingImpossible:
            continue
    return None


def _unchanged(part: Grid, before: Rounded | None) -> dict[Cell, int]:
    """What was given out of the cells whose counts are still the same; of hidden ones too, which are differences."""
    if before is None:
        return {}
    return {
        cell: before.shown[cell]
        for cell, count in part.counts.items()
        if cell in before.shown and before.grid.counts[cell] == count
    }


def _facts(one: Gathered, rounded: Rounded) -> Iterable[Fact]:
    """Every cell of a line as a fact: rounded, exact, or the reason why it is not given."""
    for place in (*one.counts, *one.unknown):
        count, marker = _given(one, place, rounded)
        group, area = place
        yield Fact(area, one.period.start, one.period.end, one.line.id, group, count, marker)


def _given(one: Gathered, place: Place, rounded: Rounded) -> tuple[int | None, FactMarker]:
    if place not in one.counts:
        return None, one.unknown[place]  # type: ignore[return-value]
    group, area = place
    if one.line.rounded:
        shown = rounded.shown.get(Cell(one.line.id, area, group))
        return (None, NOT_YET) if shown is None else (shown, "")
    if one.line.counts == "days":
        cases = rounded.shown.get(Cell(one.line.guarded_by, area, group), 0)
        return (None, WITHHELD) if cases < LEAST_SHARE_BASE else (round(two_significant(one.counts[place])), "")
    return one.counts[place], ""


def periods_of(rounded: Sequence[Rounded]) -> Mapping[Period, Rounded]:
    """Roundings by their period."""
    return {one.period: one for one in rounded}


__all__ = ["Protected", "Rounded", "periods_of", "protect", "round_period"]
