"""What a reader knows from the released counts alone: rounded counts, what adds up, and totals published elsewhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from vawg_metrics.areas import COUNTY_PARTS, HOME, LEICESTERSHIRE, LLR
from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.disclosure import Cell, Equation
from vawg_metrics.disclosure.heard import adds_up, exact, part_of, rounded
from vawg_metrics.disclosure.known import Known
from vawg_metrics.periods import Period
from vawg_metrics.protection.vault import GivenOut
from vawg_metrics.sources.contract import Fact

CODES: Final[Mapping[str, str]] = {area.name: area.code for area in HOME}


@dataclass(frozen=True)
class Released:
    """The facts of a release as a reader sees them, and the cells of people among them: the sensitive ones.

    `shown` are the multiples of 5, by cell with its period; a sensitive cell that is not among them is withheld or
    not known to anybody.
    """

    shown: Mapping[Cell, int]
    withheld: frozenset[Cell]

    @property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(sorted({*self.shown, *self.withheld}))


def released(catalogue: Catalogue, facts: Iterable[Fact]) -> Released:
    """The cells of people among the facts; things, money and days are exact and nobody's."""
    people = {line.id for line in catalogue.lines.values() if line.rounded}
    shown, withheld = {}, set()
    for fact in facts:
        if fact.item in people:
            cell = cell_of(fact)
            if fact.count is None:
                withheld.add(cell)
            else:
                shown[cell] = fact.count
    return Released(shown, frozenset(withheld))


def cell_of(fact: Fact) -> Cell:
    """The cell of a fact, its period with it."""
    return Cell(fact.item, fact.area, fact.part, period_name(Period(fact.start, fact.end)))


def period_name(period: Period) -> str:
    """A period as the cells of the auditor name it."""
    return f"{period.start} to {period.end}"


def known_of(
    catalogue: Catalogue, seen: Released, before: Sequence[GivenOut] = ()
) -> Iterator[Known]:  # fmt: skip
    """All that follows from the released counts, from what earlier releases showed of them, and from open totals."""
    for cell, count in seen.shown.items():
        yield rounded(cell, count, f"released count of {cell}")
    there = set(seen.cells)
    for release in before:
        for period, cells in release.shown.items():
            for bare, count in cells.items():
                cell = bare.at(period_name(period))
                if cell in there:
                    yield rounded(cell, count, f"release {release.name}: {cell}")
    for total in catalogue.open_totals:
        cell = Cell(total.line, CODES[total.area], total.group, f"{total.start} to {total.end}")
        if cell in there:
            yield exact(cell, total.count, total.where)
    yield from _linked(catalogue, seen.cells)


def _linked(catalogue: Catalogue, cells: Sequence[Cell]) -> Iterator[Known]:
    """What every reader knows of how the counts belong together, withheld ones too."""
    there = set(cells)
    for (line, period), of_line in groupby(sorted(cells, key=_by_line), _by_line):
        own = list(of_line)
        areas = {cell.area for cell in own}
        declared = catalogue.lines[line]
        for group in sorted({cell.group for cell in own}):
            for parent, children in _parents(catalogue, line, areas):
                total = Cell(line, parent, group, period)
                parts = tuple(Cell(line, area, group, period) for area in children)
                if total in there and all(part in there for part in parts):
                    yield adds_up(Equation(total, parts), f"places of {total}")
        for area in sorted(areas):
            total = Cell(line, area, "", period)
            parts = tuple(Cell(line, area, split.id, period) for split in declared.groups)
            if parts and total in there and all(part in there for part in parts):
                yield adds_up(Equation(total, parts), f"groups of {total}")
        for cell in own:
            whole = Cell(declared.part_of, cell.area, cell.group, period)
            if declared.part_of and whole in there:
                yield part_of(cell, whole, f"{cell} is part of {declared.part_of}")


def _parents(catalogue: Catalogue, line: str, areas: set[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    places = catalogue.line_owner(line).places
    if places == "district":
        yield LEICESTERSHIRE.code, COUNTY_PARTS
    if places != "force":
        own = {LEICESTERSHIRE.code} if places == "district" else set()
        yield LLR.code, tuple(sorted(areas - own - {LLR.code}))


def _by_line(cell: Cell) -> tuple[str, str]:
    return cell.line, cell.period
