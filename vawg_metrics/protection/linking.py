"""The linked grid of one period: which counts of people add up to which, with the rest of every whole."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from vawg_metrics.areas import COUNTY_PARTS, LEICESTERSHIRE, LLR
from vawg_metrics.disclosure import Cell, Equation, Grid
from vawg_metrics.protection.gathering import Gathered

REST: Final = "~rest"  # what of a whole is not in its part: rounded with them, never published


def link(lines: Sequence[Gathered]) -> Grid:
    """The grid of the lines of one period that count people: their known cells and everything that joins them.

    Raises DisclosureError where a part exceeds its whole, which the check of returns refuses.
    """
    people = [one for one in lines if one.line.rounded]
    counts = {Cell(one.line.id, area, group): count for one in people for (group, area), count in one.counts.items()}
    rests = dict(_rests(people, counts))
    equations = [*_of_areas(people, counts), *_of_groups(people, counts)]
    equations += [Equation(whole, (part, rest)) for rest, (whole, part) in rests.items()]
    counts |= {rest: counts[whole] - counts[part] for rest, (whole, part) in rests.items()}
    return Grid(counts, tuple(equations), frozenset(rests))


def _rests(people: Iterable[Gathered], counts: Mapping[Cell, int]) -> Iterator[tuple[Cell, tuple[Cell, Cell]]]:
    """For each part of a whole: the cell of the rest, with the whole and the part."""
    for one in people:
        if not one.line.part_of:
            continue
        for group, area in one.counts:
            whole, part = Cell(one.line.part_of, area, group), Cell(one.line.id, area, group)
            if whole in counts:
                yield Cell(one.line.id + REST, area, group), (whole, part)


def _of_areas(people: Iterable[Gathered], counts: Mapping[Cell, int]) -> Iterator[Equation]:
    for one in people:
        for group in dict.fromkeys(group for group, _ in one.counts):
            for parent, children in parents_of(one):
                parts = tuple(Cell(one.line.id, area, group) for area in children)
                total = Cell(one.line.id, parent, group)
                if total in counts and all(part in counts for part in parts):
                    yield Equation(total, parts)


def parents_of(one: Gathered) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The places of a line that are sums, each with its parts."""
    if one.indicator.places == "district":
        yield LEICESTERSHIRE.code, COUNTY_PARTS
    if one.indicator.places != "force":
        own = {LEICESTERSHIRE.code} if one.indicator.places == "district" else set()
        yield LLR.code, tuple(area for area in one.areas if area not in own and area != LLR.code)


def _of_groups(people: Iterable[Gathered], counts: Mapping[Cell, int]) -> Iterator[Equation]:
    for one in people:
        if not one.line.groups:
            continue
        for area in one.areas:
            parts = tuple(Cell(one.line.id, area, split.id) for split in one.line.groups)
            total = Cell(one.line.id, area)
            if total in counts and all(part in counts for part in parts):
                yield Equation(total, parts)
