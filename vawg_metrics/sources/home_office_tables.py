"""What the Home Office's crime tables share: one table or a sheet a year, forces by name, offences by code."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from vawg_metrics.areas import ENGLAND_AND_WALES, LLR, NEIGHBOURING_FORCES
from vawg_metrics.errors import Fault
from vawg_metrics.sources.cells import Cell
from vawg_metrics.sources.incoming import Incoming, column_faults, whole_number
from vawg_metrics.sources.incoming import likeness as likeness_of
from vawg_metrics.sources.ons_tables import cell_text

# The 43 territorial forces of England and Wales. British Transport Police, Action Fraud, CIFAS and UK Finance stand in
# the same files, are no places, and are left out of England and Wales as it is summed here.
FORCES: Final = frozenset(
    """avon and somerset; bedfordshire; cambridgeshire; cheshire; city of london; cleveland; cumbria; derbyshire;
    devon and cornwall; dorset; durham; dyfed-powys; essex; gloucestershire; greater manchester; gwent; hampshire;
    hertfordshire; humberside; kent; lancashire; leicestershire; lincolnshire; merseyside; metropolitan police;
    norfolk; north wales; north yorkshire; northamptonshire; northumbria; nottinghamshire; south wales;
    south yorkshire; staffordshire; suffolk; surrey; sussex; thames valley; warwickshire; west mercia; west midlands;
    west yorkshire; wiltshire""".replace("\n    ", " ").split("; ")
)
KEPT_FORCES: Final[Mapping[str, str]] = {"leicestershire": LLR.code} | {
    area.name.casefold(): area.code for area in NEIGHBOURING_FORCES
}
WHOLE: Final = ENGLAND_AND_WALES.code
LLR_FORCE: Final = "leicestershire"
_OTHER_NAMES: Final[Mapping[str, str]] = {"london, city of": "city of london", "metropolitan": "metropolitan police"}

MISSING: Final = frozenset(("na", "n/a", "..", "[x]", "x", "[z]", "z"))
UNCHANGED: Final = "Use the publisher's own file, unchanged."

_DATA_SHEET: Final = re.compile(r"20\d\d ?[_/-] ?\d\d|open.?data|outcomes|recorded|csp|arrests", re.IGNORECASE)
_SHEETS_LOOKED_AT: Final = 2
_ROWS_BEFORE_DATA: Final = 15


@dataclass(frozen=True, slots=True)
class DataTable:
    """One table of a file: its sheet ('' for a csv), its header's row, its canonical names, and the rows below it."""

    sheet: str
    top: int
    names: tuple[str, ...]
    rows: Iterable[Sequence[Any]]

    def place(self, number: int) -> str:
        """How a person finds a row."""
        return f"sheet {self.sheet}, row {number}" if self.sheet else f"row {number}"

    def numbered(self) -> Iterator[tuple[int, list[str]]]:
        """The rows that are not empty, as trimmed text, with their numbers."""
        for number, cells in enumerate(self.rows, self.top + 1):
            texts = [cell.strip() if isinstance(cell, str) else cell_text(cell) for cell in cells]
            if any(texts):
                yield number, texts


def force_of(name: str) -> str:
    """A force's name in one form, lower case: `London, City of` and `City of London` are one force."""
    plain = " ".join(name.replace("&", "and").split()).casefold()
    return _OTHER_NAMES.get(plain, plain)


def cell_of(text: str) -> Cell:
    """A count as the Home Office writes it: padded, with commas, -00 for none, negative where a force corrected.

    NA is missing; ValueError, with a sentence, for other text.
    """
    if text.casefold() in MISSING:
        return None, "missing"
    try:
        return whole_number(text), ""
    except (ValueError, OverflowError):
        raise ValueError(f"'{text}' is not a whole number.") from None


def named(header: Sequence[Any], columns: Sequence[str]) -> tuple[str, ...]:
    """A header's names, in the form of `columns` where only case, underscores and line breaks differ."""
    known = {_plain(name): name for name in columns}
    return tuple(known.get(_plain(cell_text(cell)), " ".join(cell_text(cell).split())) for cell in header)


def likeness_to(incoming: Incoming, columns: Sequence[str]) -> float:
    """How much the first table of a file has these columns, by its header."""
    headers: Iterable[Sequence[Any]]
    if incoming.kind == "table":
        headers = [incoming.header]
    elif incoming.kind == "workbook":
        sheets = [name for name in incoming.sheet_names if _DATA_SHEET.search(name)][:_SHEETS_LOOKED_AT]
        headers = [row for name in sheets for row in _rows(incoming, name, _ROWS_BEFORE_DATA)]
    else:
        return 0.0
    return max((likeness_of([name for name in named(row, columns) if name], columns) for row in headers), default=0.0)


def tables_of(incoming: Incoming, columns: Sequence[str], faults: list[Fault]) -> list[DataTable]:
    """The tables of a file that have these columns; what is wrong with a header is added to `faults`.

    A csv has one; of a workbook every sheet that is like it, the others (cover, notes) are passed over.
    """
    if incoming.kind == "table":
        rows = incoming.rows()
        names = named(next(rows, []), columns)
        faults += column_faults(incoming.name, names, columns)
        return [] if faults else [DataTable("", 1, names, rows)]
    found = []
    for sheet in incoming.sheet_names:
        sheet_rows = incoming.sheet(sheet)
        top, names = _header(sheet_rows, columns)
        if names:
            wrong = column_faults(incoming.name, names, columns, f"sheet {sheet.strip()}, row {top}")
            faults += wrong
            if not wrong:
                found.append(DataTable(sheet.strip(), top, names, sheet_rows[top:]))
    return found


def _header(rows: Sequence[Sequence[Any]], columns: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """The number of the row most like the columns, and its names; no names when none is."""
    best, place = 0.5, (0, tuple[str, ...]())
    for number, row in enumerate(rows[:_ROWS_BEFORE_DATA], 1):
        names = named(row, columns)
        score = likeness_of([name for name in names if name], columns)
        if score > best:
            best, place = score, (number, names)
    return place


def _rows(incoming: Incoming, sheet: str, most: int) -> list[list[Any]]:
    return incoming.workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False, nrows=most)


def _plain(name: str) -> str:
    return " ".join(name.replace("_", " ").split()).casefold()
