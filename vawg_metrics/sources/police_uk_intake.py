"""The months of data.police.uk as facts with a ledger: every row of every force is accounted for."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from vawg_metrics.areas import DISTRICTS, UNPLACED
from vawg_metrics.errors import Fault
from vawg_metrics.periods import Period, month_words
from vawg_metrics.sources.contract import Fact, Intake, Ledger
from vawg_metrics.sources.police_uk_layouts import COMPARED, HOME_FORCE, Layout
from vawg_metrics.sources.police_uk_table import NO_LOCATION, OUTSIDE, MonthTable

FIRST_MONTH: Final = "2010-12"
MOST_FAULTS: Final = 50
MOST_FORCES_NAMED: Final = 3


def intake_of(
    name: str,
    layout: Layout,
    tables: Sequence[MonthTable],
    aside: Mapping[str, int] | None = None,
    faults: Sequence[Fault] = (),
) -> Intake:
    """The facts, ledger and faults of one file's tables of one layout.

    `aside` and `faults` tell of the rest of the file: rows of tables that are not used, and damaged tables.
    """
    read = sum(table.rows for table in tables) + sum((aside or {}).values())
    set_aside, kept = Counter(aside or {}), Counter[str]()
    found = [*faults, *(fault for table in tables for fault in table.faults)]
    rejected = sum(table.rejected for table in tables)
    set_aside["in a table with faults"] += sum(table.rows - table.rejected for table in tables if table.faults)
    facts: list[Fact] = []
    for table, again in _first_and_again([table for table in tables if not table.faults]):
        for other in again:
            if np.array_equal(table.counts, other.counts):
                set_aside["the same month again"] += other.rows
            else:
                rejected += other.rows
                found.append(_twice(table, other))
        if table.force in COMPARED:
            kept.update(_kept(table))
            facts += _facts(table)
        else:
            set_aside["force not compared"] += table.rows
    ledger = Ledger(read, dict(kept), {why: rows for why, rows in set_aside.items() if rows}, rejected)
    covers = _covers(tables)
    return Intake(layout.source, _edition(tables, covers), covers, tuple(facts), ledger, _capped(name, found))


def _first_and_again(tables: Sequence[MonthTable]) -> Iterator[tuple[MonthTable, list[MonthTable]]]:
    """Each month of each force as it stands first, and the other times that it stands in the same file."""
    times: dict[tuple[str, str], list[MonthTable]] = defaultdict(list)
    for table in tables:
        times[table.force, table.month].append(table)
    for first, *again in times.values():
        yield first, again


def _twice(table: MonthTable, other: MonthTable) -> Fault:
    """The fault of a month that stands in a file twice with different numbers."""
    return Fault(
        other.file,
        "",
        f"{table.force}, {month_words(table.month)} stands twice in this download with different numbers "
        f"({table.rows:,} rows and {other.rows:,} rows).",
        "Keep the newer table.",
    )


def _kept(table: MonthTable) -> dict[str, int]:
    """Where the rows of a month went, by reason."""
    if table.force != HOME_FORCE:
        return {"force total": table.rows}
    by_place = table.counts.sum(axis=(1, 2))
    return {
        "placed in a district": int(by_place[:NO_LOCATION].sum()),
        "no location": int(by_place[NO_LOCATION]),
        "placed outside LLR": int(by_place[OUTSIDE]),
    }


def _facts(table: MonthTable) -> Iterator[Fact]:
    """The facts of one month of one force: every area with every item, a zero under part "" where none was counted."""
    layout, counts = table.layout, table.counts
    codes = [COMPARED[table.force].code]
    if table.force == HOME_FORCE:
        codes = [*(area.code for area in DISTRICTS), UNPLACED.code]
        counts = np.concatenate([counts[:NO_LOCATION], counts[NO_LOCATION:].sum(axis=0, keepdims=True)])
    for area, of_area in zip(codes, counts.tolist(), strict=True):
        for item, of_item in zip(layout.items, of_area, strict=True):
            parts = [(part, count) for part, count in zip(layout.outcomes, of_item, strict=True) if count]
            for part, count in parts or [("", 0)]:
                yield Fact(area, table.month, table.month, item, part, count)


def _covers(tables: Sequence[MonthTable]) -> Period:
    """The first to the last month of the tables that could be read; the publisher's first month when none could."""
    months = [table.month for table in tables if not table.faults] or [FIRST_MONTH]
    return Period(min(months), max(months))


def _edition(tables: Sequence[MonthTable], covers: Period) -> str:
    """What a file holds, in one line: the publisher, the forces, the months."""
    forces = sorted({table.force for table in tables if not table.faults})
    if not forces:
        return "data.police.uk"
    named = " and ".join(forces) if len(forces) <= MOST_FORCES_NAMED else f"{len(forces)} forces"
    months = month_words(covers.start)
    if covers.end != covers.start:
        months += f" to {month_words(covers.end)}"
    return f"data.police.uk, {named}, {months}"


def _capped(name: str, faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """The first faults of a file, and how many more there are."""
    more = len(faults) - MOST_FAULTS
    if more <= 0:
        return tuple(faults)
    last = Fault(name, "", f"there are {more:,} more faults in this file.", "Mend these first, then read it again.")
    return (*faults[:MOST_FAULTS], last)
