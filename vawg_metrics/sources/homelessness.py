"""MHCLG statutory homelessness (H-CLIC): detailed local authority workbooks, one for each quarter since April 2018."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from vawg_metrics.areas import DISTRICTS
from vawg_metrics.errors import Fault
from vawg_metrics.periods import Period
from vawg_metrics.sources.cells import Cell, capped, future_fault
from vawg_metrics.sources.comparators import NEIGHBOURS
from vawg_metrics.sources.contract import Fact, Intake, Ledger, Reader
from vawg_metrics.sources.homelessness_tables import (
    Column,
    TableReading,
    read_table,
    sheets_by_table,
    tables_wanted,
)
from vawg_metrics.sources.incoming import Incoming

SOURCE: Final = "homelessness"
_SUBJECT: Final = re.compile(r"homeless|owed a (prevention|relief|main) ", re.IGNORECASE)
_REVISED: Final = re.compile(r"\brevised \d{1,2}(st|nd|rd|th)?\b|\b\d{4}\s*\(revised\)", re.IGNORECASE)
_UNKNOWN: Final[Cell] = (None, "missing")


def likeness(incoming: Incoming) -> float:
    """Half for the sheets A1, A2 (or A2P, A2R), A3 and MD3, half for a title about homelessness."""
    found = sheets_by_table(incoming.sheet_names)
    if not found:
        return 0.0
    wanted = tables_wanted(found)
    share = sum(table.name in found for table in wanted) / len(wanted)
    sheet = next(iter(found.values()))[0]
    titles = (str(cell) for row in incoming.sheet(sheet)[:3] for cell in row)
    return share / 2 + (0.5 if any(_SUBJECT.search(title) for title in titles) else 0.0)


def read(incoming: Incoming) -> tuple[Intake, ...]:
    """Households owed a homelessness duty, by area and quarter, as whole numbers.

    Items and parts: `owed` (table A1: prevention, relief); `owed_domestic_abuse`, the reason for loss of the last
    settled home (A2P and A2R: prevention, relief; before July 2020 A2: both), from July 2023 also
    `owed_domestic_abuse_victims` and `owed_domestic_abuse_perpetrators`, which leave out the few households still
    under the retired undivided option and so may add up to less; `support_need_domestic_abuse` and
    `support_need_sexual_abuse` (A3); `main_duty` and `priority_need_domestic_abuse` (MD3). Councils' figures are
    unrounded; England's and the region's are rounded to 10 and include estimates for councils without data. The
    quarter is that of the titles. A district of LLR without a row gets missing cells. Every fault of the workbook
    is in the intake; FaultsFound is raised only where it cannot be opened.
    """
    found = sheets_by_table(incoming.sheet_names)
    faults = list(_sheet_faults(incoming, found))
    readings = [
        read_table(incoming, table, found[table.name][0]) for table in tables_wanted(found) if table.name in found
    ]
    faults += [fault for reading in readings for fault in reading.faults]
    period, disagreements = _quarter(incoming, readings)
    faults += disagreements
    facts = tuple(fact for reading in readings for fact in _facts(reading, period))
    held = {fact.area for fact in facts}
    edition = period.words() + (", revised" if _is_revised(incoming) else "")
    places = tuple(area for area in NEIGHBOURS if area.code in held)
    return (Intake(SOURCE, edition, period, facts, _ledger(readings), capped(faults), places),)


def _sheet_faults(incoming: Incoming, found: dict[str, list[str]]) -> Iterator[Fault]:
    for table in tables_wanted(found):
        sheets = found.get(table.name, ())
        if len(sheets) != 1:
            problem = f"table {table.name} has {len(sheets)} sheets." if sheets else f"table {table.name} is missing."
            yield Fault(incoming.name, "", problem, f"Keep the publisher's sheet '{table.name}', once.")


def _quarter(incoming: Incoming, readings: Sequence[TableReading]) -> tuple[Period, list[Fault]]:
    """The quarter that the titles agree on; where none is named, the present month stands in beside the faults."""
    periods = Counter(reading.period for reading in readings if reading.period)
    if not periods:
        present = date.today().isoformat()[:7]
        return Period(present, present), []
    period = periods.most_common(1)[0][0]
    faults = [
        Fault(
            incoming.name,
            f"table {reading.table.name}",
            f"its title names {reading.period.words()}, and other tables name {period.words()}.",
            "Use the publisher's own workbook, unchanged.",
        )
        for reading in readings
        if reading.period and reading.period != period
    ]
    return period, faults + future_fault(incoming.name, "", period)


def _facts(reading: TableReading, period: Period) -> Iterator[Fact]:
    absent: dict[Column, Cell] = dict.fromkeys(reading.columns, _UNKNOWN)
    cells = {**{area.code: absent for area in DISTRICTS}, **reading.cells}
    for area, row in cells.items():
        for column, (count, marker) in row.items():
            yield Fact(area, period.start, period.end, column.item, column.part, count, marker)


def _ledger(readings: Sequence[TableReading]) -> Ledger:
    set_aside: Counter[str] = Counter()
    for reading in readings:
        set_aside.update(reading.set_aside)
    kept = {f"table {reading.table.name}": len(reading.cells) for reading in readings}
    read_rows, rejected = (sum(getattr(reading, name) for reading in readings) for name in ("read", "rejected"))
    return Ledger(read_rows, kept, dict(set_aside), rejected)


def _is_revised(incoming: Incoming) -> bool:
    """Whether the front sheet's own date line says so; its notes speak of revisions in every edition."""
    front = next((name for name in incoming.sheet_names if name.strip().casefold() in ("contents", "cover")), None)
    rows = incoming.sheet(front)[:10] if front else []
    return any(_REVISED.search(str(cell)) for row in rows for cell in row)


READERS: Final[tuple[Reader, ...]] = (Reader("MHCLG H-CLIC detailed local authority tables", likeness, read),)
