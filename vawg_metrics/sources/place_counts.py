"""Counts for places, one table at a time: facts, their sums over larger places, and the places that are missing."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from vawg_metrics.errors import Fault
from vawg_metrics.periods import Period
from vawg_metrics.sources.cells import capped, count_in
from vawg_metrics.sources.comparators import code_now
from vawg_metrics.sources.contract import Fact, FactMarker, Intake
from vawg_metrics.sources.incoming import Incoming
from vawg_metrics.sources.place_tables import (
    NOTHING_COVERED,
    WHOLE_FILE,
    Row,
    RowRejected,
    Sorted,
    Verdict,
    place_words,
    sort_rows,
)

FORCES: Final = 43  # the territorial police forces of England and Wales: 39 and 4
_MARKS: Final[dict[str, FactMarker]] = {
    "c": "suppressed", "[c]": "suppressed", "suppressed": "suppressed", "x": "missing", "[x]": "missing",
    "z": "missing", "[z]": "missing", "..": "missing", "na": "missing", "n/a": "missing", "not supplied": "missing",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """What one row says: its facts, and the larger places that they are added up for."""

    facts: tuple[Fact, ...]
    adds_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """One table of residents or households: its columns, how a row is judged, and which places must be in it."""

    name: str
    source: str
    columns: tuple[str, ...]
    judge: Callable[[Row], Verdict[Counted]]
    edition: Callable[[Period], str]
    needs: frozenset[str]
    needs_forces: bool = False


def read_table(layout: Layout, incoming: Incoming) -> tuple[Intake, ...]:
    """The residents or households of one table and the sums made from it, as one Intake.

    A row is one line under the header. Counts are people or households at mid-year or Census day, carried by
    the calendar year. Sums are made only from complete parts: a place that is missing is a fault, and a sum
    with an unknown part is unknown.
    """
    table = sort_rows(incoming, layout.columns, layout.judge)
    own = [fact for row in table.values for fact in row.facts]
    facts = (*own, *sums((area, fact) for row in table.values for area in row.adds_to for fact in row.facts))
    faults = [*table.faults, *absent_places(layout, incoming, table, facts)]
    covers = NOTHING_COVERED
    if own:
        covers = Period(min(fact.start for fact in own), max(fact.end for fact in own))
    return (Intake(layout.source, layout.edition(covers), covers, facts, table.ledger, capped(faults)),)


def sums(parts: Iterable[tuple[str, Fact]]) -> Iterator[Fact]:
    """Facts added up for the place beside them; unknown, with the same marker, when any part is."""
    groups: dict[tuple[str, str, str, str, str], list[Fact]] = {}
    for area, fact in parts:
        groups.setdefault((area, *fact.key[1:]), []).append(fact)
    for (area, start, end, item, part), facts in groups.items():
        unknown: FactMarker | None = next((fact.marker for fact in facts if fact.count is None), None)
        if unknown is None:
            yield Fact(area, start, end, item, part, sum(fact.count or 0 for fact in facts))
        else:
            yield Fact(area, start, end, item, part, None, unknown)


def absent_places(layout: Layout, incoming: Incoming, table: Sorted[Counted], facts: Iterable[Fact]) -> Iterator[Fault]:
    """A fault for each place without which a sum would be short, naming the first cell that it lacks.

    A place whose row was rejected is left to the fault of that row.
    """
    cells: dict[tuple[str, ...], set[str]] = {}
    for fact in facts:
        cells.setdefault(fact.key[1:], set()).add(fact.area)
    for code in sorted(layout.needs):
        lacking = [key for key, areas in cells.items() if code not in areas]
        if lacking and not (table.ledger.rejected and code.encode() in incoming.data):
            more = f" and {len(lacking) - 1:,} more" if len(lacking) > 1 else ""
            problem = f"{place_words(code)} is missing ({_cell_words(min(lacking))}{more})."
            yield Fault(incoming.name, "", problem, WHOLE_FILE)
    if layout.needs_forces and not table.ledger.rejected:
        for key, areas in sorted(cells.items()):
            forces = sum(area.startswith(("E23", "W15")) for area in areas)
            if forces != FORCES:
                problem = f"there are {forces} of the {FORCES} forces of England and Wales ({_cell_words(key)})."
                yield Fault(incoming.name, "", problem, WHOLE_FILE)


def _cell_words(key: tuple[str, ...]) -> str:
    start, _, item, part = key
    return " ".join(filter(None, (item, part, start[:4])))


def cell_of(area: str, year: Period, item: str, part: str, text: str) -> Fact:
    """The fact of one cell of a table; RowRejected when it holds neither a count nor a marker."""
    try:
        count, marker = count_in(text, _MARKS)
    except ValueError as problem:
        raise RowRejected(str(problem), "Restore the published number.") from None
    return Fact(code_now(area), year.start, year.end, item, part, count, marker)
