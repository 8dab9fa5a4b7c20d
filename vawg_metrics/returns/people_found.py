"""Everything in a file that looks like a person: found before anything else is said about it, and never repeated."""

from typing import Final

from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.returns.cells import Cell, Sheets
from vawg_metrics.returns.expected import Expected
from vawg_metrics.returns.faults import MOST_FAULTS, ReturnFault, letters
from vawg_metrics.returns.likeness import folded
from vawg_metrics.returns.people import heads_people, is_free_text, number_kind, person_kind
from vawg_metrics.returns.sheet import AREA, COLUMNS, LAST, LINE, MEASURE, SHEETS, SPLIT, VALUE, WHAT
from vawg_metrics.returns.table import Place, Table, sheet_words
from vawg_metrics.returns.values import answers_in_words

LABELS: Final = frozenset((MEASURE, LINE, SPLIT, AREA, WHAT))
DELETE: Final = "Delete it: a return holds only counts. Check the whole file for more before you send it again."


def people_in(sheets: Sheets, table: Table | None, catalogue: Catalogue, expected: Expected) -> list[ReturnFault]:
    """A fault for each cell of the file that looks like a person, by place and kind."""
    found = []
    for number, sheet in enumerate(sheets.sheets):
        name = sheet_words(sheets, number)
        own = table if table is not None and table.cells is sheet.cells else None
        pounds = _rows_of_pounds(own, catalogue) if own else frozenset()
        for place, cell in sheet.cells.items():
            kind = _kind_in_table(own, place, cell, pounds, expected) if own else _kind_beside(name, cell, expected)
            if kind:
                found.append(_fault(name, own, place, kind))
            if len(found) > MOST_FAULTS:  # a file of persons: more places would say no more
                return found
    return found


def names_of_sheets(sheets: Sheets, expected: Expected) -> list[ReturnFault]:
    """A fault for each sheet whose own name looks like a person."""
    found = []
    for number, sheet in enumerate(sheets.sheets):
        kind = _kind_of_text(sheet.name, expected, label=False) if sheet.name else None
        if kind:
            problem = f"The name of this sheet looks like {kind}."
            found.append(
                ReturnFault(sheet_words(sheets, number), 0, "", problem, "Rename or delete the sheet.", "person")
            )
    return found


def _fault(name: str, table: Table | None, place: Place, kind: str) -> ReturnFault:
    row, column = place
    ours = next((one for one, at in table.columns.items() if at == column), "") if table else ""
    where = f"{letters(column)} ({ours})" if ours else letters(column)
    if kind == "heading":
        problem = "The heading of this column says that it is about single persons."
        return ReturnFault(name, row, where, problem, "Delete the whole column: a return holds only counts.", "person")
    return ReturnFault(name, row, where, f"This cell looks like {kind}.", DELETE, "person")


def _rows_of_pounds(table: Table, catalogue: Catalogue) -> frozenset[int]:
    """The rows in which a large number may be money."""
    labels = {folded(line.label) for line in catalogue.lines.values() if line.counts == "pounds"}
    column = table.columns.get(LINE)
    return frozenset(row for (row, at), cell in table.cells.items() if at == column and folded(cell.value) in labels)


def _kind_in_table(table: Table, place: Place, cell: Cell, pounds: frozenset[int], expected: Expected) -> str | None:
    """What a cell of the return's own sheet looks like, by what should stand there."""
    row, column = place
    ours = next((one for one, at in table.columns.items() if at == column), "")
    if row == table.header_row:
        return _kind_of_heading(cell, expected) if not ours or folded(cell.value) != folded(ours) else None
    if cell.date:
        return "a date"
    if not isinstance(cell.value, str):
        return _kind_of_number(cell, row in pounds and ours in (VALUE, LAST))
    text = cell.value.strip()
    if text.isdecimal():
        return number_kind(int(text[:20]), row in pounds and ours in (VALUE, LAST))
    if folded(text) in expected.texts:
        return None
    kind = person_kind(text, expected.known)
    if kind is None and ours == VALUE and row > table.header_row:
        return None if answers_in_words(text) else "free text"
    label = row < table.header_row or ours in LABELS
    return kind or ("free text" if is_free_text(text, expected.known, label) else None)


def _kind_of_heading(cell: Cell, expected: Expected) -> str | None:
    if cell.date:
        return "a date"
    if not isinstance(cell.value, str):
        return _kind_of_number(cell)
    if folded(cell.value) in {folded(one) for one in COLUMNS}:
        return None
    return "heading" if heads_people(cell.value) else _kind_of_text(cell.value, expected, label=False)


def _kind_beside(name: str, cell: Cell, expected: Expected) -> str | None:
    """What a cell of another sheet looks like: in the template's own sheets its sentences may be long."""
    if cell.date:
        return "a date"
    if not isinstance(cell.value, str):
        return _kind_of_number(cell)
    if cell.value.strip().isdecimal():
        return number_kind(int(cell.value.strip()[:20]))
    return _kind_of_text(cell.value, expected, label=name in SHEETS)


def _kind_of_number(cell: Cell, pounds: bool = False) -> str | None:
    value = cell.value
    return number_kind(value, pounds) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _kind_of_text(text: str, expected: Expected, label: bool) -> str | None:
    if folded(text) in expected.texts:
        return None
    kind = person_kind(text, expected.known)
    return kind or ("free text" if is_free_text(text, expected.known, label) else None)
