"""A workbook to mend by: a list of what is wrong, and the return laid out as it came with the faulty cells marked."""

import io
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

import xlsxwriter

from vawg_metrics.returns.adding_up import MOST_POUNDS
from vawg_metrics.returns.cells import Cell
from vawg_metrics.returns.checked import Checked
from vawg_metrics.returns.faults import FileRefused, ReturnFault
from vawg_metrics.returns.files import read_sheets
from vawg_metrics.returns.likeness import folded
from vawg_metrics.returns.paper import FONT, NO_CLOCK, OPTIONS, height
from vawg_metrics.returns.sheet import LAST, RETURN, VALUE, WHAT
from vawg_metrics.returns.table import Table, find_table

MEND: Final = "What to mend"
MARKED: Final = "Marked copy"
COLUMNS: Final = ("Sheet", "Row", "Column", "What is wrong", "How to mend it")
HEADER: Final = 4  # the rows above the list
WIDTHS: Final = (22, 8, 26, 60, 70)
COPY_WIDTHS: Final = (28, 36, 16, 18, 13, 15, 21, 13)
GUIDE: Final = (
    "The other sheet is a copy to read beside your own file: mend your own file, save it and check that.",
    "Cells to mend have a thick border, a fill and a note there. Words that are not the template's are left out.",
)


def marked_workbook(content: bytes, _file_name: str, checked: Checked) -> bytes:
    """The faults of a checked file as XLSX, and its layout with the faulty cells marked.

    It repeats numbers in the columns of numbers and the template's own words, nothing else; of a file that looks like
    people, or that could not be read, it holds the list alone.
    """
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, OPTIONS)
    book.set_properties({"title": MEND, "created": NO_CLOCK})
    _put_list(book, checked)
    table = None if checked.stopped or not checked.faults else _table_of(content)
    if table is not None:
        _put_copy(book, table, checked)
    book.close()
    return made.getvalue()


def _table_of(content: bytes) -> Table | None:
    try:
        sheets = read_sheets(content)
    except FileRefused:
        return None
    return find_table(sheets)[0]


def _put_list(book: Any, checked: Checked) -> None:  # noqa: ANN401
    sheet = book.add_worksheet(MEND)
    wrapped = {**FONT, "text_wrap": True, "valign": "top"}
    words, head = book.add_format({**wrapped, "align": "left"}), book.add_format({**wrapped, "bold": True, "bottom": 2})
    sheet.write_string(0, 0, MEND, book.add_format({**FONT, "bold": True, "font_size": 16}))
    sheet.write_string(1, 0, checked.advice, book.add_format(FONT))
    for row, text in enumerate(GUIDE, 2):
        sheet.write_string(row, 0, text, book.add_format(FONT))
    for place, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(HEADER, place, name, head)
    for number, one in enumerate(checked.faults, HEADER + 1):
        texts = (one.sheet, str(one.row or ""), one.column, one.problem, one.repair)
        for place, text in enumerate(texts):
            if place == 1 and one.row:
                sheet.write_number(number, place, one.row, words)
            else:
                sheet.write_string(number, place, text, words)
        sheet.set_row(number, max(height(text, width) for text, width in zip(texts, WIDTHS, strict=True)))
    sheet.freeze_panes(HEADER + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER)


def _put_copy(book: Any, table: Table, checked: Checked) -> None:  # noqa: ANN401
    """The cells that may be repeated, each where it stood, so that rows and columns are those of the list."""
    sheet = book.add_worksheet(MARKED if table.name != RETURN else RETURN)
    for column, width in enumerate(COPY_WIDTHS):
        sheet.set_column(column, column, width)
    wrapped = {**FONT, "text_wrap": True, "valign": "top"}
    head, plain = book.add_format({**FONT, "bold": True, "valign": "top"}), book.add_format(wrapped)
    marked = book.add_format({**wrapped, "bold": True, "border": 5, "bg_color": "#FFD966"})
    notes = _notes(table, checked.faults)
    heights: defaultdict[int, float] = defaultdict(float)
    for place in sorted({*table.cells, *notes}):
        row, at = place[0] - 1, place[1] - 1
        value = _repeated(table, place, table.cells.get(place), checked.allowed)
        style = marked if place in notes else plain if place[0] > table.header_row else head
        _put(sheet, row, at, value, style)
        if place[0] > table.header_row and at < len(COPY_WIDTHS):
            heights[row] = max(heights[row], height(str(value or ""), COPY_WIDTHS[at]))
        if place in notes:
            sheet.write_comment(row, at, _note(notes[place]), {"x_scale": 2.5, "y_scale": 2})
    for row, tall in heights.items():
        sheet.set_row(row, tall)
    sheet.freeze_panes(table.header_row, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_header("&L&11A copy to read beside your own file: mend that one, and send no copy")


def _put(sheet: Any, row: int, column: int, value: float | str | None, style: Any) -> None:  # noqa: ANN401
    if isinstance(value, str) and value:
        sheet.write_string(row, column, value, style)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_blank(row, column, None, style)


def _notes(table: Table, faults: Sequence[ReturnFault]) -> dict[tuple[int, int], list[ReturnFault]]:
    """The faults of the copied sheet by their cell; those of a whole row stand in its first cell."""
    notes: defaultdict[tuple[int, int], list[ReturnFault]] = defaultdict(list)
    for one in faults:
        if one.sheet == table.name and one.row:
            notes[one.row, one.column_number or 1].append(one)
    return dict(notes)


def _note(faults: Sequence[ReturnFault]) -> str:
    return "\n".join(f"{one.problem} {one.repair}" for one in faults)


def _repeated(
    table: Table, place: tuple[int, int], cell: Cell | None, allowed: frozenset[str]
) -> int | float | str | None:
    """What of a cell may be repeated: a number where numbers stand, the template's own words, else nothing."""
    if cell is None or cell.date or cell.value is None or isinstance(cell.value, bool):
        return None
    if place[1] == table.columns.get(WHAT):
        return None  # long, and in the partner's own file
    if isinstance(cell.value, str):
        return cell.value if folded(cell.value) in allowed else None
    numbers = {table.columns.get(VALUE), table.columns.get(LAST)}
    fits = place[1] in numbers and place[0] > table.header_row and abs(cell.value) <= MOST_POUNDS
    return cell.value if fits else None
