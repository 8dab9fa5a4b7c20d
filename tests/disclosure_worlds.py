"""Invented returns of a quarter, linked as the real ones are, and all that a reader of their release receives."""

import random
from collections.abc import Iterable, Mapping

from vawg_metrics.areas import COUNTY_DISTRICTS, DISTRICTS, LEICESTERSHIRE, LLR, UNPLACED, UPPER_TIERS
from vawg_metrics.disclosure.feasible import Known, System
from vawg_metrics.disclosure.grid import Cell, Equation, Grid
from vawg_metrics.disclosure.heard import adds_up, part_of, rounded, summed
from vawg_metrics.disclosure.rounding import round_grid

KEY = b"a key for tests, never a real one"
QUARTERS = ("2025-26 Q1", "2025-26 Q2", "2025-26 Q3", "2025-26 Q4")

# What adds up to what, by the geography of a line; the areas that are in no sum before it are the leaves.
DISTRICT_SUMS = (
    (LEICESTERSHIRE.name, tuple(area.name for area in COUNTY_DISTRICTS)),
    (LLR.name, (*(area.name for area in UPPER_TIERS), UNPLACED.name)),
)
UPPER_SUMS = (DISTRICT_SUMS[1],)
LEAVES = {
    "district": (*(area.name for area in DISTRICTS), UNPLACED.name),
    "upper": (*(area.name for area in UPPER_TIERS), UNPLACED.name),
    "llr": (LLR.name,),
}
SUMS = {"district": DISTRICT_SUMS, "upper": UPPER_SUMS, "llr": ()}


class Returns:
    """A quarter under construction: lines are added one by one, and `grid` links them all."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.counts: dict[Cell, int] = {}
        self.equations: list[Equation] = []
        self.hidden: set[Cell] = set()
        self.leaves: dict[str, tuple[str, ...]] = {}
        self.shares: list[tuple[str, str]] = []

    def _count(self) -> int:
        """Mostly under ten, sometimes dozens or hundreds."""
        size = self.dice.choices((0.5, 2, 6, 40, 300), (3, 5, 4, 1, 0.3))[0]
        return min(int(self.dice.expovariate(1 / size)), 900)

    def add_line(self, line: str, geography: str, groups: int = 0) -> None:
        """A line that stands on its own, with some groups or none."""
        self._fill(line, geography, {area: self._count() for area in LEAVES[geography]}, groups)

    def add_share(self, line: str, of: str, geography: str, groups: int = 0) -> None:
        """A line that is part of another one, with the rest of the other hidden."""
        rate = self.dice.choice((0.1, 0.5, 0.9))
        whole = {area: self.counts[Cell(of, area)] for area in LEAVES[geography]}
        part = {area: sum(self.dice.random() < rate for _ in range(count)) for area, count in whole.items()}
        rest = f"the rest of {of} beside {line}"
        self._fill(line, geography, part, groups)
        self._fill(rest, geography, {area: whole[area] - part[area] for area in part}, 0)
        self.hidden |= {cell for cell in self.counts if cell.line == rest}
        for cell in [cell for cell in self.counts if cell.line == rest]:
            self.equations.append(Equation(Cell(of, cell.area), (Cell(line, cell.area), cell)))
        self.shares.append((line, of))

    def _fill(self, line: str, geography: str, leaves: Mapping[str, int], groups: int) -> None:
        names = [f"group {number + 1}" for number in range(groups)]
        for area, count in leaves.items():
            self.counts[Cell(line, area)] = count
            for name in names:
                self.counts[Cell(line, area, name)] = 0
            for _ in range(count if names else 0):
                self.counts[Cell(line, area, self.dice.choice(names))] += 1
        for total, parts in SUMS[geography]:
            for name in ("", *names):
                cells = tuple(Cell(line, part, name) for part in parts)
                self.counts[Cell(line, total, name)] = sum(self.counts[cell] for cell in cells)
                self.equations.append(Equation(Cell(line, total, name), cells))
        for area in {cell.area for cell in self.counts if cell.line == line} if names else ():
            self.equations.append(Equation(Cell(line, area), tuple(Cell(line, area, name) for name in names)))

    def grid(self) -> Grid:
        return Grid(self.counts, tuple(self.equations), frozenset(self.hidden))


def linked_returns(seed: int, size: int = 0, quarter: int = 0) -> Returns:
    """Random linked returns: a denominator with one to three parts, some in groups, and lines of coarser places.

    The same `seed` gives the same lines in each `quarter`, with other counts; `size` makes the grid larger.
    """
    plan = random.Random(seed)
    returns = Returns(random.Random(f"{seed} {quarter}"))
    returns.add_line("referrals", "district", plan.choice((0, 3, 6)))
    for number in range(plan.randint(1, 3) + size):
        returns.add_share(f"supported {number + 1}", "referrals", "district", plan.choice((0, 0, 3)))
    returns.add_share("repeat", "supported 1", "district")
    returns.add_line("cases", "upper", plan.choice((0, 4)))
    returns.add_share("closed", "cases", "upper")
    returns.add_line("places", "llr", plan.choice((0, 5)))
    for number in range(size):
        returns.add_line(f"contacts {number + 1}", "district", 6)
    return returns


def with_more_referrals(grid: Grid, area: str, people: int) -> Grid:
    """The grid after a revision: so many more people referred in one area, who are in no share of the referrals."""
    areas = {area, LLR.name} | {total for total, parts in DISTRICT_SUMS if area in parts}
    groups = {cell.group for cell in grid.counts if cell.line == "referrals"}
    moved = {"", max(groups)}  # the total and the last group
    counts = {
        cell: count
        + people * (cell.area in areas and cell.group in moved and cell.line.endswith("referrals"))
        + people * (cell.area in areas and cell.line.startswith("the rest of referrals"))
        for cell, count in grid.counts.items()
    }
    return Grid(counts, grid.equations, grid.hidden)


def knowledge(
    grid: Grid, shown: Mapping[Cell, int], shares: Iterable[tuple[str, str]] = (), period: str = ""
) -> tuple[tuple[Cell, ...], list[Known]]:
    """What a reader who knows the code and not the key has of one quarter: its unknown cells, and bounds on them.

    Every published count with its four, every sum, the parts of wholes; the hidden cells too, as differences of shown
    counts tell them, and since the code says that they were rounded alike.
    """
    cells = tuple(cell.at(period) for cell in sorted(grid.counts))
    knowns = [rounded(cell.at(period), shown[cell], f"shown as {shown[cell]}: {cell}") for cell in grid.counts]
    for equation in grid.equations:
        moved = Equation(equation.total.at(period), tuple(part.at(period) for part in equation.parts))
        knowns.append(adds_up(moved, f"the sum of {equation.total}"))
    for line, whole in shares:
        for cell in grid.counts:
            if cell.line == line and not cell.group:
                knowns.append(part_of(cell.at(period), Cell(whole, cell.area, period=period), f"{line} of {whole}"))
    return cells, knowns


def windows(shown: Mapping[str, Mapping[Cell, int]], cells: Iterable[Cell]) -> list[Known]:
    """The sums over all quarters of the cells, with their stated possible error."""
    return [
        summed(
            [cell.at(quarter) for quarter in shown],
            sum(of_quarter[cell] for of_quarter in shown.values()),
            4 * len(shown),
            f"four quarters of {cell}",
        )
        for cell in cells
    ]


def released_year(seed: int, key: bytes = KEY, size: int = 0) -> tuple[System, tuple[Cell, ...]]:
    """Four quarters of random returns, rounded and released: all that a reader knows, and the published cells."""
    cells: list[Cell] = []
    knowns: list[Known] = []
    published: list[Cell] = []
    shown: dict[str, dict[Cell, int]] = {}
    for number, quarter in enumerate(QUARTERS):
        returns = linked_returns(seed, size, number)
        grid = returns.grid()
        shown[quarter] = round_grid(grid, key, quarter)
        more_cells, more_knowns = knowledge(grid, shown[quarter], returns.shares, quarter)
        cells += more_cells
        knowns += more_knowns
        published += [cell.at(quarter) for cell in grid.published]
    knowns += windows(shown, shown[QUARTERS[0]])
    return System(tuple(cells), tuple(knowns)), tuple(published)
