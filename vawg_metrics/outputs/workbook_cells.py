"""A sheet of a workbook that hostile text cannot turn into a formula, a link or broken XML."""

from collections.abc import Sequence
from math import ceil
from typing import Any, Final

from vawg_metrics.outputs.safe_text import bearable, harmless

MOST_CHARACTERS: Final = 32_767  # of a cell, by Excel
MOST_OF_A_HEADER: Final = 255
NARROWEST, WIDEST, WIDEST_HEADER = 10, 48, 18
LINE, MOST_LINES = 15.75, 25  # a row's height by line, in points, and the lines that Excel's highest row bears
OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
Rows = Sequence[Sequence[object]]


def cell_text(words: object, most: int = MOST_CHARACTERS) -> str:
    """Words as a cell can hold them, harmless and cut where Excel would refuse the file."""
    text = bearable(str(harmless(str(words))))
    return text if len(text) <= most else f"{text[: most - 1]}…"


def headers(names: Sequence[str]) -> list[str]:
    """Names as the header of an Excel table, which are never empty and differ by more than their case."""
    found: list[str] = []
    taken: set[str] = set()
    for number, name in enumerate(names, 1):
        text = cell_text(name, MOST_OF_A_HEADER - 6) or f"Column {number}"
        unique, times = text, 1
        while unique.casefold() in taken:
            times += 1
            unique = f"{text} ({times})"
        taken.add(unique.casefold())
        found.append(unique)
    return found


def put(sheet: Any, row: int, column: int, cell: object, style: Any = None) -> None:  # noqa: ANN401
    """Write a cell: a number as a number, nothing as nothing, all else as text."""
    if cell is None or cell == "":
        return
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        sheet.write_number(row, column, cell, style)
    else:
        sheet.write_string(row, column, cell_text(cell), style)


def put_table(book: Any, sheet: Any, name: str, names: Sequence[str], rows: Rows, **more: Any) -> list[str]:  # noqa: ANN401
    """One Excel table from A1 with a header that stays in view; gives back the header as it was written."""
    shown = rows or [["There is no figure.", *[None] * (len(names) - 1)]]
    header = headers(names)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    columns = [{"header": one, "header_format": bold} for one in header]
    options = {"name": name, "columns": columns, "style": "Table Style Light 1", **more}
    sheet.add_table(0, 0, len(shown), len(header) - 1, options)
    for number, row in enumerate(shown, 1):
        for place, cell in enumerate(row):
            put(sheet, number, place, cell)
    sheet.freeze_panes(1, 0)
    widths = [_width(one, [row[place] for row in shown]) for place, one in enumerate(header)]
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    sheet.set_row(0, max(height(one, width - 3) for one, width in zip(header, widths, strict=True)))
    return header


def _width(header: str, cells: Sequence[object]) -> float:
    """Wide enough for the longest text, and for a header in a few lines."""
    longest = max((len(cell) for cell in cells if isinstance(cell, str)), default=0)
    return min(WIDEST, max(NARROWEST, longest + 1, min(WIDEST_HEADER, len(header) + 4)))


def height(words: str, characters: float) -> float:
    """The height of a row whose text is wrapped: programs other than Excel do not find it by themselves."""
    lines = sum(max(1, ceil(len(line) / characters)) for line in words.split("\n"))
    return LINE * min(MOST_LINES, lines)


def on_paper(sheet: Any) -> None:  # noqa: ANN401
    """How a sheet is printed: lying A4, as wide as the page, its header on each."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
