"""The tables of an H-CLIC workbook: which sheet holds which, where its columns stand, and its rows by area."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from vawg_metrics.areas import DISTRICTS, EAST_MIDLANDS, ENGLAND
from vawg_metrics.errors import Fault
from vawg_metrics.periods import MONTH_NAMES, Period, month_text, shifted
from vawg_metrics.sources.cells import Cell, cells_in, misplaced
from vawg_metrics.sources.comparators import NEIGHBOURS, code_now
from vawg_metrics.sources.contract import FactMarker
from vawg_metrics.sources.incoming import Incoming

KEPT: Final = frozenset(area.code for area in (*DISTRICTS, *NEIGHBOURS, ENGLAND, EAST_MIDLANDS))

# '..' is printed both where a council sent nothing usable and where its figures were held back; '-' only where a
# table's own note says that a breakdown of fewer than five households was suppressed.
MARKS: Final[Mapping[str, FactMarker]] = {
    **dict.fromkeys(("..", "", "x", "[x]", "z", "[z]", "na", "n/a", ":"), "missing"),
    **dict.fromkeys(("-", "c", "[c]"), "suppressed"),
}

UNCHANGED: Final = "Use the publisher's own workbook, unchanged."
_CODE: Final = re.compile(r"[EKNSW]\d{8}")
_SHEET: Final = re.compile(r"(?:TABLE )?(A1|A2P|A2R|A2|A3|MD3)(?![A-Z0-9])")
_MONTH: Final = f"({'|'.join(MONTH_NAMES)})"
_QUARTER: Final = re.compile(rf"\b{_MONTH} to {_MONTH} (\d{{4}})", re.IGNORECASE)
_FOOTNOTE: Final = re.compile(r"[\d,*\s]+$")
# From this month victims and alleged perpetrators are told apart.
SPLIT: Final = "2023-07"
_BY_DUTY: Final = {"prevention": "A2P", "relief": "A2R"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column to read: the fact it gives, its label as a pattern in lower case, and its first month if not all."""

    item: str
    part: str
    label: str
    since: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the workbook: words that its title must hold, and the columns to read."""

    name: str
    subject: str
    columns: tuple[Column, ...]


def _reasons(duty: str) -> Table:
    """The reasons for loss of the last settled home under one duty."""
    columns = (
        Column("owed_domestic_abuse", duty, r"(total )?domestic abuse"),
        Column("owed_domestic_abuse_victims", duty, r"victims?", since=SPLIT),
        Column("owed_domestic_abuse_perpetrators", duty, r"alleged perpetrators?", since=SPLIT),
    )
    return Table(_BY_DUTY[duty], f"{duty} duty", columns)


_PREVENTION: Final = r"threatened with homelessness( within \d+ days)? \W prevention duty owed"
_ABUSE: Final = r"at risk of / has experienced"
TABLES: Final = {
    table.name: table
    for table in (
        Table(
            "A1",
            "assess",
            (
                Column("owed", "prevention", _PREVENTION),
                Column("owed", "relief", r"(already )?homeless \W relief duty owed( \(.*)?"),
            ),
        ),
        Table("A2", "last settled home", (Column("owed_domestic_abuse", "both", r"domestic abuse"),)),
        *map(_reasons, _BY_DUTY),
        Table(
            "A3",
            "support needs",
            (
                Column("support_need_domestic_abuse", "", rf"{_ABUSE} domestic abuse"),
                Column("support_need_sexual_abuse", "", rf"{_ABUSE} sexual abuse / exploitation"),
            ),
        ),
        Table(
            "MD3",
            "priority need",
            (
                Column("main_duty", "", r"total households owed a main duty( \(acceptances\))?"),
                Column("priority_need_domestic_abuse", "", r"domestic abuse"),
            ),
        ),
    )
}


@dataclass(slots=True)
class TableReading:
    """What one table gave: its quarter, the cells of each kept area column by column, and where its rows went."""

    table: Table
    period: Period | None = None
    cells: dict[str, dict[Column, Cell]] = field(default_factory=dict)
    columns: tuple[Column, ...] = ()
    read: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
    rejected: int = 0
    faults: list[Fault] = field(default_factory=list)


def sheets_by_table(names: Iterable[str]) -> dict[str, list[str]]:
    """The sheets of each table, by the start of their names; A2 stands alone before July 2020, A2P and A2R after."""
    found: dict[str, list[str]] = {}
    for name in names:
        match = _SHEET.match(" ".join(name.split()).upper())
        if match:
            found.setdefault(match[1], []).append(name)
    return found


def tables_wanted(found: Iterable[str]) -> tuple[Table, ...]:
    """The tables to read: where A2 is there, it holds both duties and an A2P beside it (early 2020) is not needed."""
    names = ("A1", "A2", "A3", "MD3") if "A2" in found else ("A1", "A2P", "A2R", "A3", "MD3")
    return tuple(TABLES[name] for name in names)


def folded(cell: object) -> str:
    """A text on one line, in lower case, without line breaks, doubled spaces and footnote digits at its end."""
    return _FOOTNOTE.sub("", " ".join(str(cell).split())).casefold()


def quarter_in(title: str) -> Period:
    """The calendar quarter that a title names; ValueError, with a sentence, when it names none or another span."""
    match = _QUARTER.search(" ".join(title.split()))
    if not match:
        raise ValueError("the title does not name a quarter such as 'April to June 2025'.")
    first, last = (MONTH_NAMES.index(match[group].capitalize()) for group in (1, 2))
    if first % 3 or last - first != 2:
        raise ValueError(f"'{match[0]}' is not a quarter of the year.")
    start = month_text(int(match[3]) * 12 + first)
    return Period(start, shifted(start, 2))


def read_table(incoming: Incoming, table: Table, sheet: str) -> TableReading:
    """One sheet, with every fault in it; the cells of areas that are not kept are neither held nor checked."""
    rows, reading = incoming.sheet(sheet), TableReading(table)
    place = f"sheet {sheet.strip()}"
    first = next((number for number, row in enumerate(rows) if row and _coded(row[0])), len(rows))
    title = next((" ".join(str(cell) for cell in row) for row in rows[:first] if any(row)), "")
    reading.faults += [
        Fault(incoming.name, f"{place}, row 1", problem, UNCHANGED) for problem in _take_title(reading, title)
    ]
    if first == len(rows):
        problem = "there is no row with an area code (such as E06000016)."
        reading.faults.append(Fault(incoming.name, place, problem, UNCHANGED))
        return reading
    stands, problems = columns_of(table, rows[:first], reading.period)
    reading.columns = tuple(stands)
    repair = "Use the publisher's names for the columns."
    reading.faults += [Fault(incoming.name, place, problem, repair) for problem in problems]
    _read_rows(reading, rows, first, stands, (incoming.name, place))
    return reading


def _coded(cell: object) -> bool:
    return bool(_CODE.fullmatch(str(cell).strip()))


def _take_title(reading: TableReading, title: str) -> list[str]:
    """Note the quarter that a title names; what is wrong with the title."""
    problems, subject = [], reading.table.subject
    if subject not in folded(title):
        problems.append(f"the title of table {reading.table.name} does not hold the words '{subject}'.")
    try:
        reading.period = quarter_in(title)
    except ValueError as problem:
        problems.append(str(problem))
    return problems


def columns_of(
    table: Table, header: Sequence[Sequence[Any]], period: Period | None
) -> tuple[dict[Column, int], list[str]]:
    """Where each column that a table has in this period stands, and what is wrong with the header.

    The header is several rows of merged cells, some of them hidden left-overs that repeat a label over the same
    column, so a column is found by its label in any row and must be found at one place.
    """
    stands, problems = {}, []
    labels = [(place, folded(cell)) for row in header for place, cell in enumerate(row) if isinstance(cell, str)]
    for column in table.columns:
        if period and column.since > period.start:
            continue
        places = {place for place, label in labels if re.fullmatch(column.label, label)}
        if len(places) == 1:
            stands[column] = places.pop()
            continue
        wrong = f"stands {len(places)} times" if places else "is missing or was renamed"
        problems.append(f"the column for '{column.item}' of table {table.name} {wrong}.")
    return stands, problems


def _read_rows(
    reading: TableReading, rows: list[list[Any]], first: int, stands: Mapping[Column, int], where: tuple[str, str]
) -> None:
    """Put each row with an area code, down to the last one, among the kept, the set aside or the rejected."""
    last = max(number for number, row in enumerate(rows) if row and _coded(row[0]))
    file, place = where
    for number in range(first, last + 1):
        row = rows[number]
        if not any(str(cell).strip() for cell in row):
            continue
        reading.read += 1
        problems = _place_row(reading, row, stands)
        reading.rejected += bool(problems)
        reading.faults += [Fault(file, f"{place}, row {number + 1}", problem, UNCHANGED) for problem in problems]


def _place_row(reading: TableReading, row: list[Any], stands: Mapping[Column, int]) -> list[str]:
    """Keep a row or set it aside, and return nothing; or return what is wrong with it."""
    code, name = str(row[0]).strip(), "".join(str(cell) for cell in row[1:2]).strip()
    if name.casefold() == "rest of england":
        reading.set_aside["Rest of England"] += 1
        return []
    if not _coded(code):
        return [f"'{code}' ({name}) is not the code of an area."]
    if wrong := misplaced(name, code):
        return [wrong]
    area = code_now(code)
    if area not in KEPT:
        reading.set_aside["other regions" if code.startswith("E12") else "other councils"] += 1
        return []
    cells, problems = cells_in({column: row[at] for column, at in stands.items()}, MARKS)
    if problems:
        return [f"{column.item} of {name}: {problem}" for column, problem in problems]
    held = reading.cells.setdefault(area, cells)
    if held != cells:
        return [f"{name} stands twice with different figures."]
    if held is not cells:
        reading.set_aside["the same row twice"] += 1
    return []
