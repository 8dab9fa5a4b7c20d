"""ONS police force area data, table P1 by force: the stacked September series, and the workbooks of single editions."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from vawg_metrics.errors import Fault
from vawg_metrics.periods import MONTH_NAMES, Period, month_words, year_ending
from vawg_metrics.sources.cells import capped, future_fault
from vawg_metrics.sources.contract import Intake, Reader
from vawg_metrics.sources.incoming import Incoming, column_faults
from vawg_metrics.sources.incoming import likeness as likeness_of
from vawg_metrics.sources.ons_crime import read_partnerships
from vawg_metrics.sources.ons_force_table import KEPT, SOURCE, ForceTable, covered, offence_texts
from vawg_metrics.sources.ons_tables import OFFENCES, cell_text, header_fault, header_in, label, year_above
from vawg_metrics.sources.place_tables import NOTHING_COVERED

STACKED_COLUMNS: Final = ("Year ending September", "Area name", *OFFENCES)
COLUMNS: Final = ("Area Code", "Area Name", *OFFENCES)
RATES_SET_ASIDE: Final = "rates of table P3, used to reconcile table P1"

_YEAR_COLUMN: Final = re.compile(rf"^Year ending ({'|'.join(MONTH_NAMES)})$", re.IGNORECASE)
_UNCHANGED: Final = "Use the publisher's own file, unchanged."
_HALF_OF_ROUNDING: Final = 50  # table P3 rounds residents to 100
_C2: Final = "table c2"

Rows = list[list[str]]


def likeness_of_stacked(incoming: Incoming) -> float:
    """How much a table's header is that of the stacked series, semicolons instead of commas included."""
    names = incoming.header[0].split(";") if len(incoming.header) == 1 else incoming.header
    return likeness_of(set(names) & {*STACKED_COLUMNS}, STACKED_COLUMNS)


def read_stacked(incoming: Incoming) -> tuple[Intake, ...]:
    """Offences by area and year ending September, as whole numbers; `ForceTable` says which areas and items.

    Each year is as first published, so that the series mixes editions. Stalking and harassment begins with the year
    ending September 2017: its empty cells before are missing. The month of the years is read from the first column's
    name.
    """
    table = ForceTable(incoming.name)
    names = [label(name) for name in incoming.header]
    month = next((found[1].capitalize() for name in names if (found := _YEAR_COLUMN.match(name))), "September")
    year_column = f"Year ending {month}"
    wanted = (year_column, *STACKED_COLUMNS[1:])
    table.faults += column_faults(incoming.name, names, wanted)
    if not table.faults:
        where = {name: column for column, name in enumerate(names)}
        for number, cells in enumerate(incoming.rows(), 1):
            if number == 1 or not any(cell.strip() for cell in cells):
                continue
            padded = [*cells, *[""] * (len(names) - len(cells))]
            _add_stacked(table, f"row {number}", padded[where[year_column]], month, padded, names)
        table.check_complete()
    covers = covered(year for _, year in table.cells)
    edition = f"years ending {month_words(covers.end).split()[0]} {_span(table)}" if covers else ""
    return (_intake(table, edition, covers),)


def _add_stacked(
    table: ForceTable, place: str, year: str, month: str, cells: Sequence[str], names: Sequence[str]
) -> None:
    if not re.fullmatch(r"\s*(19|20)\d\d\s*", year):
        table.reject(place, f"'{year}' is not a year.")
        return
    period = year_ending(f"{year.strip()}-{MONTH_NAMES.index(month) + 1:02d}")
    late = future_fault(table.file, place, period)
    if late:
        table.reject(place, late[0].problem, late[0].repair)
        return
    row = dict(zip(names, cells, strict=False))
    table.add(place, "", row["Area name"], period, offence_texts(names, cells))


def _span(table: ForceTable) -> str:
    years = sorted({int(year.end[:4]) for _, year in table.cells})
    return f"{years[0]} to {years[-1]}, each as first published"


def likeness_of_workbook(incoming: Incoming) -> float:
    """Whether a workbook holds table P1 or C2 by the names of its sheets and the title of the first of them."""
    sheets = _sheets(incoming)
    wanted = next((sheets[name] for name in ("table p1", _C2) if name in sheets), None)
    if wanted is None:
        return 0.0
    rows = incoming.workbook.get_sheet_by_name(wanted).to_python(skip_empty_area=False, nrows=3)
    title = " ".join(str(cell) for row in rows for cell in row).casefold()
    return 0.95 if "police recorded crime" in title else 0.3


def _sheets(incoming: Incoming) -> Mapping[str, str]:
    """The sheets by their names in lower case, without padding and underscores."""
    return {" ".join(name.replace("_", " ").split()).casefold(): name for name in incoming.sheet_names}


def read_workbook(incoming: Incoming) -> tuple[Intake, ...]:
    """One edition's counts by area for the twelve months in table P1's title, and table C2 where the edition has it.

    `ForceTable` says which areas and items. Table P3, rates per 1,000 residents, only reconciles: rate times
    residents must be the count of P1 within the rounding of residents to 100, otherwise that is a fault. The other
    tables (changes, knife crime, anti-social behaviour, population) are not read.
    """
    sheets = _sheets(incoming)
    intakes = []
    if "table p1" in sheets:
        intakes.append(_read_counts(incoming, sheets))
    if _C2 in sheets:
        name = sheets[_C2]
        intakes.append(read_partnerships(incoming.name, incoming.sheet(name), f"sheet {name.strip()}"))
    return tuple(intakes)


def _texts(incoming: Incoming, name: str) -> Rows:
    return [[cell_text(cell) for cell in row] for row in incoming.sheet(name)]


def _read_counts(incoming: Incoming, sheets: Mapping[str, str]) -> Intake:
    table = ForceTable(incoming.name)
    rows = _texts(incoming, sheets["table p1"])
    header = header_in(rows, COLUMNS)
    year = year_above(rows, header[0] if header else 10)
    if header is None:
        table.faults.append(header_fault(incoming.name, "sheet Table P1", rows, "Area Code"))
    else:
        names = [name for name in header[1] if name]
        table.faults += column_faults(incoming.name, names, COLUMNS, f"sheet Table P1, row {header[0] + 1}")
    if year is None:
        problem = "the title names no period such as 'year ending June 2019'."
        table.faults.append(Fault(incoming.name, "sheet Table P1", problem, _UNCHANGED))
    else:
        table.faults += future_fault(incoming.name, "sheet Table P1", year)
    if header and year and not table.faults:
        _add_counts(table, rows, *header, year)
        table.check_complete()
        if "table p3" in sheets:
            _reconcile(table, _texts(incoming, sheets["table p3"]), year)
    edition = f"year ending {month_words(year.end)}" if year else ""
    return _intake(table, edition + (", corrected" if "correction" in sheets else ""), year)


def _add_counts(table: ForceTable, rows: Rows, header: int, names: Sequence[str], year: Period) -> None:
    code, name = names.index("Area Code"), names.index("Area Name")
    for number, cells in enumerate(rows[header + 1 :], header + 2):
        if cells[name]:  # notes below the table stand in the first column
            place = f"sheet Table P1, row {number}"
            table.add(place, cells[code], cells[name], year, offence_texts(names, cells))


def _reconcile(table: ForceTable, rows: Rows, year: Period) -> None:
    """Compare table P3, where it is one of rates, with the kept counts; its rows are set aside."""
    header = header_in(rows, COLUMNS)
    titled = "rate of offences" in " ".join(cell for row in rows[:3] for cell in row).casefold()
    if header is None or not titled:
        return
    top, names = header
    residents = next((column for column, name in enumerate(names) if name.startswith("Population figures")), None)
    if residents is None or "Area Name" not in names or "Area Code" not in names:
        return
    codes = {area.code: area for area in KEPT}
    for number, cells in enumerate(rows[top + 1 :], top + 2):
        if not cells[names.index("Area Name")]:
            continue
        table.set_aside[RATES_SET_ASIDE] += 1
        area = codes.get(cells[names.index("Area Code")])
        if area is None:
            continue
        counts = table.cells.get((area, year), {})
        for offence, rate in offence_texts(names, cells).items():
            problem = _disagreement(counts.get(offence, (None, ""))[0], rate, cells[residents])
            if problem:
                place = f"sheet Table P3, row {number}"
                table.faults.append(Fault(table.file, place, f"{area.name}, {offence}: {problem}", _UNCHANGED))


def _disagreement(count: int | None, rate: str, residents: str) -> str:
    """What does not fit between a count and its rate per 1,000 residents; '' when they agree or one is not given."""
    try:
        per, people = float(rate), float(residents)
    except ValueError:
        return ""
    if count is None or abs(per * people / 1000 - count) <= per * _HALF_OF_ROUNDING / 1000 + 0.5:
        return ""
    return f"table P1 counts {count:,}, and the rate of table P3 stands for {per * people / 1000:,.0f}."


def _intake(table: ForceTable, edition: str, covers: Period | None) -> Intake:
    facts = () if table.faults else table.facts()
    return Intake(SOURCE, edition, covers or NOTHING_COVERED, facts, table.ledger(), capped(table.faults))


READERS: Final[tuple[Reader, ...]] = (
    Reader("ONS table P1, stacked by year", likeness_of_stacked, read_stacked),
    Reader("ONS police force area tables", likeness_of_workbook, read_workbook),
)
