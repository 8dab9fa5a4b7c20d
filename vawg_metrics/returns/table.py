"""Where things stand in a return as it came back: the sheet, the row of columns, each column, the head."""

from dataclasses import dataclass, field
from typing import Final

from vawg_metrics.returns.cells import Cell, SheetCells, Sheets
from vawg_metrics.returns.faults import FILE, Kind, ReturnFault, letters
from vawg_metrics.returns.likeness import folded, named, nearest, same
from vawg_metrics.returns.sheet import COLUMNS, NEEDED, PARTNER, QUARTER, RETURN, SHEETS

LOOKED_THROUGH: Final = 40  # rows in which the row of columns is looked for
LEAST_ALIKE: Final = 4  # columns that a sheet must name to be taken for the return: the check's own names three
_FROM_TEMPLATE: Final = "Use the template as it was given out, or copy this column from a new one."
Place = tuple[int, int]


@dataclass(frozen=True)
class Table:
    """The sheet that holds the return: what it is called in a fault, its cells, and where each column stands."""

    name: str
    cells: dict[Place, Cell]
    header_row: int
    columns: dict[str, int]
    head: dict[str, Place] = field(default_factory=dict)

    def cell(self, row: int, column: str) -> Cell | None:
        """The cell of a row in one of COLUMNS; None where it is empty."""
        return self.cells.get((row, self.columns[column])) if column in self.columns else None

    def rows(self) -> list[int]:
        """The rows below the columns in which anything stands that says or gives a number."""
        wanted = {self.columns[name] for name in NEEDED if name in self.columns}
        return sorted({row for row, column in self.cells if row > self.header_row and column in wanted})

    def column_words(self, column: str) -> str:
        """A column in a fault: its letter and its name."""
        return f"{letters(self.columns[column])} ({column})" if column in self.columns else ""

    def fault(self, row: int, column: str, problem: str, repair: str, kind: Kind) -> ReturnFault:
        """A fault in one cell of the table."""
        return ReturnFault(self.name, row, self.column_words(column), problem, repair, kind)


def sheet_words(sheets: Sheets, number: int) -> str:
    """What a sheet is called in a fault: its name where it is ours, else its place, as its name may be anyone's."""
    if sheets.text:
        return RETURN
    return named(sheets.sheets[number].name, SHEETS) or f"Sheet {number + 1}"


def find_table(sheets: Sheets) -> tuple[Table | None, list[ReturnFault]]:
    """The table of the return in a file, and what is wrong with its columns; None where there is none."""
    number = _sheet_number(sheets)
    if number is None:
        repair = "Fill in the sheet “Return” of the template and check that file."
        return None, [ReturnFault(FILE, 0, "", "No sheet has the columns of a return.", repair, "missing sheet")]
    sheet, name = sheets.sheets[number], sheet_words(sheets, number)
    faults = []
    if name != RETURN:
        hint = " Did you mean “Return”?" if nearest(sheet.name, (RETURN,)) else ""
        problem = f"The sheet with the numbers is not called “Return”.{hint}"
        faults.append(ReturnFault(name, 0, "", problem, "Rename it to “Return”.", "missing sheet"))
    row = _header_row(sheet)
    columns, wrong = _columns(sheet, name, row)
    head = {word: place for word in (PARTNER, QUARTER) if (place := _beside(sheet, word, row))}
    return Table(name, sheet.cells, row, columns, head), faults + wrong


def _sheet_number(sheets: Sheets) -> int | None:
    likely = [(_matches(sheet, _header_row(sheet)), same(sheet.name, RETURN)) for sheet in sheets.sheets]
    best = max(range(len(likely)), key=lambda one: likely[one], default=None)
    return best if best is not None and likely[best][0] >= LEAST_ALIKE else None


def _header_row(sheet: SheetCells) -> int:
    """The row that names most of the columns needed, among the first; 0 for an empty sheet."""
    named_in: dict[int, set[str]] = {}
    for (row, _), cell in sheet.cells.items():
        if row <= LOOKED_THROUGH:
            named_in.setdefault(row, set()).add(named(cell.value, NEEDED))
    return max(sorted(named_in), key=lambda row: len(named_in[row] - {""}), default=0)


def _matches(sheet: SheetCells, row: int) -> int:
    held = (sheet.cells[place].value for place in sheet.cells if place[0] == row)
    return len({named(value, NEEDED) for value in held} - {""})


def _columns(sheet: SheetCells, name: str, row: int) -> tuple[dict[str, int], list[ReturnFault]]:
    """Each of COLUMNS by its place; a heading nearly right is taken for the one that it is near."""
    columns: dict[str, int] = {}
    faults: list[ReturnFault] = []
    headings = sorted((column, cell.value) for (at, column), cell in sheet.cells.items() if at == row)
    strange = []
    for column, value in headings:
        known = named(value, COLUMNS)
        if known in columns:
            problem = f"The column “{known}” stands here a second time."
            faults.append(ReturnFault(name, row, letters(column), problem, "Delete one of the two.", "repeated column"))
        elif known:
            columns[known] = column
        else:
            strange.append((column, value))
    for column, value in strange:
        near = nearest(value, [one for one in COLUMNS if one not in columns])
        hint = f" Did you mean “{near}”?" if near else ""
        repair = f"Rename it to “{near}”." if near else "Delete this column: a return has only those of the template."
        problem = f"This heading is not one of the template's.{hint}"
        faults.append(ReturnFault(name, row, letters(column), problem, repair, "unknown column"))
        if near:
            columns[near] = column
    faults += [
        ReturnFault(name, row, "", f"The column “{one}” is missing.", _FROM_TEMPLATE, "missing column")
        for one in NEEDED
        if one not in columns
    ]
    return columns, faults + _without_heading(sheet, name, row, {column for column, _ in headings})


def _without_heading(sheet: SheetCells, name: str, row: int, headed: set[int]) -> list[ReturnFault]:
    """Columns in which something stands below no heading."""
    stray: dict[int, int] = {}
    for at, column in sorted(sheet.cells):
        if at > row and column not in headed:
            stray.setdefault(column, at)
    problem, repair = "Something stands here outside the columns of the template.", "Delete what is in this column."
    return [ReturnFault(name, at, letters(column), problem, repair, "unknown column") for column, at in stray.items()]


def _beside(sheet: SheetCells, word: str, below: int) -> Place | None:
    """The place to the right of a word above the columns."""
    for (row, column), cell in sorted(sheet.cells.items(), key=lambda one: one[0]):
        if row < below and folded(cell.value) == folded(word):
            return row, column + 1
    return None
