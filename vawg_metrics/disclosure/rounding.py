"""Controlled rounding of a linked grid to base 5: each count to a neighbouring multiple of 5, every sum kept exactly.

A cell's wished direction is drawn from a keyed hash, up with probability remainder / 5, so that a reader with the code
and without the key cannot tell which counts a shown 5 or 0 stands for, and so that no cell leans up or down. Rounding
to the nearest multiple would leave 0 meaning 0 to 2; rounding each cell alone would leave sums that contradict their
totals, and contradictions narrow the counts.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from vawg_metrics.disclosure.grid import Cell, DisclosureError, Equation, Grid, components
from vawg_metrics.disclosure.rules import BASE, WITHIN, WITHIN_REVISED

__all__ = ["BASE", "SHORTEST_KEY", "RoundingImpossible", "round_grid", "still_true"]

SHORTEST_KEY: Final = 16  # bytes; a shorter key could be found by trying
NOTHING_FROZEN: Final[Mapping[Cell, int]] = MappingProxyType({})
_WHOLE: Final = 2**64  # of the first eight bytes of a hash
_AGAINST: Final = 2**24  # the cost of going against one wish; the next 24 bits of the hash are added to it
_BEYOND: Final = 2**28  # the cost of a multiple that is no neighbour: eight wishes and more
INFEASIBLE: Final = 2  # what scipy.optimize.milp answers when no solution exists


class RoundingImpossible(DisclosureError):
    """No rounding keeps every sum with each cell at a neighbouring multiple of 5 and the frozen ones as released."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """Where a cell would go if it stood alone, and what it costs to send it the other way."""

    up: bool
    weight: int


def round_grid(
    grid: Grid, key: bytes, period: str, frozen: Mapping[Cell, int] = NOTHING_FROZEN, beyond: bool = False
) -> dict[Cell, int]:
    """Every cell of the grid, hidden ones too, as a multiple of 5 within 4 of its count; all equations hold.

    Arguments: `grid`, people counted in one quarter; `key`, secret bytes, at least 16; `period`, the name of the
    quarter, as always written; `frozen`, values of cells that were released before and whose counts have not changed
    since, multiples of 5, hidden cells too (readers know them as differences); `beyond`, whether cells that are not
    frozen may go to the next multiple but one, as few as can be, and so up to 9 from their counts: whatever a reader
    takes for possible of a cell within 4 stays so. Without it a multiple of 5 stays as it is. Of all roundings that
    keep the sums, the one that goes against the fewest wishes, each weighing 1 to 2 by more bits of its hash so that
    only one is best: the same key, period and counts give the same answer in whatever order written.
    Raises DisclosureError for a short key, a cell of another period or a frozen value that cannot stand, and
    RoundingImpossible when there is no such rounding: grids of three or more crossed directions can be so, and frozen
    cells around a revised one often are.
    Source: Cox 1987, Journal of the American Statistical Association 82:520 (controlled rounding); Kelly, Golden and
    Assad 1990, Operations Research 38:760 (as an integer programme); solved by HiGHS through SciPy.
    """
    faults = [*_wrong_key(key), *_wrong_periods(grid, period), *_wrong_frozen(grid, frozen)]
    if faults:
        raise DisclosureError("\n".join(faults))
    shown: dict[Cell, int] = {}
    for part in components(grid):
        shown |= _round_part(part, key, period, frozen, beyond)
    _verify(grid, shown, frozen, WITHIN_REVISED if beyond else WITHIN)
    return dict(sorted(shown.items()))


def still_true(count: int, shown: int) -> bool:
    """Whether a shown multiple of 5 is the one just below or above a count (or the count), so that it may stand.

    Arguments: people. Never let it decide whether a *revised* cell is rounded anew: a reader with the code who sees 5
    become 0 would know that the revised count is not 1 to 9, hence 0. Revised cells are always rounded anew.
    """
    return _may_stand(count, shown, WITHIN)


def _may_stand(count: int, shown: int, within: int) -> bool:
    return shown >= 0 and shown % BASE == 0 and abs(count - shown) <= within


def _round_part(grid: Grid, key: bytes, period: str, frozen: Mapping[Cell, int], beyond: bool) -> dict[Cell, int]:
    """One connected grid: the wishes when they happen to add up, otherwise the programme."""
    cells = sorted(grid.counts)
    wishes = {cell: _wish(key, period, cell, grid.counts[cell] % BASE) for cell in cells}
    wished = {cell: grid.counts[cell] // BASE * BASE + BASE * wishes[cell].up for cell in cells}
    wished |= {cell: value for cell, value in frozen.items() if cell in wished}
    if all(_adds_up(equation, wished) for equation in grid.equations):
        return wished
    directions = _solve(grid, cells, wishes, frozen, beyond)
    if directions is None:
        raise RoundingImpossible(_why_impossible(grid, cells, wishes, frozen))
    return {cell: grid.counts[cell] // BASE * BASE + BASE * up for cell, up in zip(cells, directions, strict=True)}


def _wish(key: bytes, period: str, cell: Cell, remainder: int) -> _Wish:
    """Up with probability remainder / 5 exactly, as far as 64 bits can tell."""
    text = json.dumps([period, cell.line, cell.area, cell.group], ensure_ascii=False, separators=(",", ":"))
    digest = hmac.new(key, text.encode("utf-8"), hashlib.sha256).digest()
    up = BASE * int.from_bytes(digest[:8], "big") < remainder * _WHOLE
    return _Wish(up, _AGAINST + int.from_bytes(digest[8:11], "big"))


def _solve(
    grid: Grid, cells: list[Cell], wishes: Mapping[Cell, _Wish], frozen: Mapping[Cell, int], beyond: bool = False
) -> list[int] | None:
    """1 for each cell that goes up and 0 for one that goes down or stays, in the order of `cells`; None if impossible.

    A count is 5 (floor + direction), so the equations are kept exactly when the directions differ as the floors do.
    With `beyond` each direction has two variables beside it, one multiple more and one multiple less: 2 and -1 too.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, hstack

    place = {cell: number for number, cell in enumerate(cells)}
    floors = [grid.counts[cell] // BASE for cell in cells]
    low = [0 if cell not in frozen else frozen[cell] // BASE - floors[place[cell]] for cell in cells]
    high = [int(grid.counts[cell] % BASE > 0) if cell not in frozen else low[place[cell]] for cell in cells]
    rows = [(place[equation.total], [place[part] for part in equation.parts]) for equation in grid.equations]
    sums = np.array([sum(floors[part] for part in parts) - floors[total] for total, parts in rows])
    row = [number for number, (_, parts) in enumerate(rows) for _ in range(1 + len(parts))]
    column = [place for total, parts in rows for place in (total, *parts)]
    sign = [value for _, parts in rows for value in (1, *(-1 for _ in parts))]
    matrix = csr_array((np.array(sign, dtype=float), (row, column)), shape=(len(rows), len(cells)))
    costs = [wishes[cell].weight * (-1 if wishes[cell].up else 1) for cell in cells]
    if beyond:
        more = [int(cell not in frozen) for cell in cells]
        less = [one and int(floor > 0) for one, floor in zip(more, floors, strict=True)]
        costs += [_BEYOND + wishes[cell].weight for cell in cells] * 2
        low, high = [*low, *(0 for _ in (*more, *less))], [*high, *more, *less]
        matrix = hstack([matrix, matrix, -matrix], format="csr")
    answer = milp(
        np.array(costs, dtype=float),
        integrality=np.ones(len(costs)),
        bounds=Bounds(np.array(low, dtype=float), np.array(high, dtype=float)),
        constraints=LinearConstraint(matrix, sums, sums),
        options={"mip_rel_gap": 0.0},
    )
    if answer.status == INFEASIBLE:
        return None
    if answer.status != 0:
        raise DisclosureError(f"The rounding of {_names(cells)} did not come to an end: {answer.message}")
    found = [round(value) for value in answer.x]
    if not beyond:
        return found
    count = len(cells)
    return [found[number] + found[count + number] - found[2 * count + number] for number in range(count)]


def _verify(grid: Grid, shown: Mapping[Cell, int], frozen: Mapping[Cell, int], within: int) -> None:
    """The promises in exact whole numbers: the solver calculates with floating point, and this does not."""
    broken = [
        str(cell)
        for cell, count in grid.counts.items()
        if cell not in frozen and not _may_stand(count, shown[cell], within)
    ]
    broken += [str(cell) for cell, value in frozen.items() if shown[cell] != value]
    broken += [str(equation.total) for equation in grid.equations if not _adds_up(equation, shown)]
    if broken:
        raise DisclosureError(f"The solver's rounding is wrong, nothing may be published: {'; '.join(sorted(broken))}.")


def _adds_up(equation: Equation, values: Mapping[Cell, int]) -> bool:
    return values[equation.total] == sum(values[part] for part in equation.parts)


def _why_impossible(grid: Grid, cells: list[Cell], wishes: Mapping[Cell, _Wish], frozen: Mapping[Cell, int]) -> str:
    held = [cell for cell in cells if cell in frozen]
    if held and _solve(grid, cells, wishes, {}) is not None:
        return (
            f"{_names(cells)}: with {len(held)} of {len(cells)} cells as released before, the others cannot be rounded "
            "so that all sums hold. Keep the whole grid as released before: a cell left blank or marked would tell "
            "that its neighbours lie far from what is shown, and unfreezing an unrevised one would leave it 4 values."
        )
    return (
        f"{_names(cells)}: no rounding keeps all sums. Publish one breakdown less, or take one of the equations out "
        "and do not publish the cell that it ties."
    )


def _names(cells: list[Cell]) -> str:
    return f"The grid of {', '.join(sorted({cell.line for cell in cells}))}"


def _wrong_key(key: bytes) -> Iterator[str]:
    if len(key) < SHORTEST_KEY:
        yield f"The key of the rounding has {len(key)} bytes: make one of at least {SHORTEST_KEY} random bytes."


def _wrong_periods(grid: Grid, period: str) -> Iterator[str]:
    for cell in grid.published:
        if cell.period not in ("", period):
            yield f"{cell}: it is of another period than {period}; a grid holds one quarter."


def _wrong_frozen(grid: Grid, frozen: Mapping[Cell, int]) -> Iterator[str]:
    for cell, value in sorted(frozen.items()):
        if cell not in grid.counts:
            yield f"{cell}: it is frozen at {value} and has no count in the grid; leave it out."
        elif not _may_stand(grid.counts[cell], value, WITHIN_REVISED):
            yield f"{cell}: it is frozen at {value}, which was never given out for its count; its count has changed."
