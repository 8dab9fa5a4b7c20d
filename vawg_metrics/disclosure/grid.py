"""The linked grid of a quarter: counts of people, which of them add up to which, and what is never published."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from numbers import Integral
from types import MappingProxyType

from vawg_metrics.errors import ShownError


class DisclosureError(ShownError, ValueError):
    """The protection of small counts cannot answer for what it was given; the sentences name every fault."""


@dataclass(frozen=True, order=True, slots=True)
class Cell:
    """One count: what is counted, where, and of which group ('' is the total of the groups).

    Within the grid of one quarter `period` stays empty; an auditor who looks at several quarters fills it with `at`.
    """

    line: str
    area: str
    group: str = ""
    period: str = ""

    def at(self, period: str) -> "Cell":
        """The same cell of a named period."""
        return replace(self, period=period)

    def __str__(self) -> str:
        return ", ".join(part for part in (self.line, self.area, self.group, self.period) if part)


@dataclass(frozen=True, order=True, slots=True)
class Equation:
    """The parts add up to the total, exactly."""

    total: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (self.total, *self.parts)


@dataclass(frozen=True)
class Grid:
    """The true counts of one quarter with all that links them; it cannot be built with a count or a sum that is wrong.

    `counts`: people, whole numbers from 0. `equations`: what adds up; every cell named must have a count. `hidden`:
    cells that are rounded so that all stays consistent and are never published, such as the rest of a denominator
    that is not in its numerator. Raises DisclosureError, one line for each fault.
    """

    counts: Mapping[Cell, int]
    equations: tuple[Equation, ...] = ()
    hidden: frozenset[Cell] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "counts", MappingProxyType(dict(self.counts)))
        faults = [*_wrong_counts(self), *_wrong_equations(self)]
        if faults:
            raise DisclosureError("\n".join(faults))

    @property
    def published(self) -> tuple[Cell, ...]:
        """The cells that readers receive, in order."""
        return tuple(sorted(cell for cell in self.counts if cell not in self.hidden))


def components(grid: Grid) -> tuple[Grid, ...]:
    """The grid split into grids that no equation joins, in the order of their first cells.

    Argument: any `grid`; a cell in no equation is a grid of its own. Rounding each alone gives what rounding all
    together would give, sooner.
    """
    groups = connected(grid.counts, (equation.cells for equation in grid.equations))
    home = {cell: number for number, cells in enumerate(groups) for cell in cells}
    equations: list[list[Equation]] = [[] for _ in groups]
    for equation in sorted(set(grid.equations)):
        equations[home[equation.total]].append(equation)
    return tuple(
        Grid({cell: grid.counts[cell] for cell in cells}, tuple(own), grid.hidden.intersection(cells))
        for cells, own in zip(groups, equations, strict=True)
    )


def connected(cells: Iterable[Cell], links: Iterable[Iterable[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """The cells in groups that no link joins, each in order. Arguments: all cells; the cells that each link joins."""
    leader = {cell: cell for cell in cells}

    def lead(cell: Cell) -> Cell:
        while leader[cell] != cell:
            leader[cell] = leader[leader[cell]]
            cell = leader[cell]
        return cell

    for link in links:
        first, *others = link
        for other in others:
            leader[lead(other)] = lead(first)
    groups: dict[Cell, list[Cell]] = {}
    for cell in sorted(leader):
        groups.setdefault(lead(cell), []).append(cell)
    return tuple(tuple(group) for group in groups.values())


def _wrong_counts(grid: Grid) -> Iterator[str]:
    for cell, count in sorted(grid.counts.items(), key=lambda item: item[0]):
        if isinstance(count, bool) or not isinstance(count, Integral) or count < 0:
            yield f"{cell}: the count is {count!r}; people are counted in whole numbers from 0."
    for cell in sorted(grid.hidden.difference(grid.counts)):
        yield f"{cell}: it is to be hidden and has no count; give the count or leave it out."


def _wrong_equations(grid: Grid) -> Iterator[str]:
    for equation in grid.equations:
        unknown = [str(cell) for cell in equation.cells if cell not in grid.counts]
        counts = [grid.counts.get(cell) for cell in equation.cells]
        if not equation.parts:
            yield f"{equation.total}: it is a total of no parts; leave the equation out."
        elif len(set(equation.cells)) < len(equation.cells):
            yield f"{equation.total}: a cell stands twice in its sum; name each once."
        elif unknown:
            yield f"{equation.total}: its sum needs counts that are missing: {'; '.join(unknown)}."
        elif all(isinstance(count, Integral) for count in counts):
            total, *parts = (grid.counts[cell] for cell in equation.cells)
            if total != sum(parts):
                yield f"{equation.total}: it is {total} and its parts add up to {sum(parts)}; mend the return."
