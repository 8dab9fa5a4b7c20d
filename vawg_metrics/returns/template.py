"""The workbook that a partner fills in, and the same as CSV: only its measures and places, with a check built in."""

import csv
import io
from collections.abc import Sequence
from typing import Any, Final

import xlsxwriter

from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.catalogue.returned import Partner
from vawg_metrics.returns.adding_up import most_of
from vawg_metrics.returns.contract import STATES, Return, heading_words
from vawg_metrics.returns.paper import NO_CLOCK, OPTIONS, Formats, height, lay_out
from vawg_metrics.returns.sheet import (
    COLUMNS,
    FIRST_ROW,
    GUIDE_ROW,
    HEADER_ROW,
    PARTNER_ROW,
    REASONS,
    RETURN,
    Row,
    head_rows,
    rows_of,
    table_rows,
)
from vawg_metrics.returns.template_sheets import put_check, put_definitions, put_handling

WIDTHS: Final = (28, 36, 16, 18, 13, 15, 21, 13, 84)
PRINTED: Final = 8  # columns on paper: what to count has a sheet of its own
PROTECTED: Final = {"format_columns": True, "format_rows": True, "autofilter": False}
VALUE_COLUMN, STATE_COLUMN, REASON_COLUMN, AREA_COLUMN = 4, 5, 6, 3
TITLES: Final = {"people": "How many", "answers": "How many", "things": "How many", "pounds": "Pounds", "days": "Days"}
MESSAGES: Final = {
    "people": "A whole number, 0 or more. Exact, also when it is small: it is rounded before anyone but the steward "
    "sees it.",
    "answers": "A whole number, 0 or more. Exact, also when it is small: it is rounded before anyone but the steward "
    "sees it.",
    "things": "A whole number, 0 or more.",
    "pounds": "Whole pounds, digits only: no pence, no commas, no £.",
    "days": "Whole days, 0 or more.",
}


def template_workbook(catalogue: Catalogue, partner: Partner, quarter: str, previous: Return | None = None) -> bytes:
    """A partner's workbook for a quarter (`2026-27 Q2`) as XLSX: the same arguments, the same bytes.

    `previous` is its return of the quarter before. Raises ValueError when `quarter` is not one, NothingAsked (a
    ShownError) when the partner is asked for nothing then.
    """
    rows = rows_of(catalogue, partner, quarter, previous)
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, OPTIONS)
    title = heading_words(partner, quarter)
    book.set_properties({"title": title[:255], "created": NO_CLOCK})
    formats = Formats(book)
    _put_return(book, formats, rows, partner, quarter)
    put_definitions(book, formats, rows, catalogue, partner, quarter)
    put_check(book, formats, rows, catalogue.return_rules, partner, quarter)
    put_handling(book, formats, catalogue.return_rules, partner, quarter)
    book.close()
    return content.getvalue()


def template_csv(catalogue: Catalogue, partner: Partner, quarter: str, previous: Return | None = None) -> str:
    """The same cells as CSV. Write it as `utf-8-sig`, so that every spreadsheet reads its letters rightly."""
    content = io.StringIO(newline="")
    rows = rows_of(catalogue, partner, quarter, previous)
    csv.writer(content).writerows(table_rows(rows, partner, quarter))
    return content.getvalue()


def _put_return(book: Any, formats: Formats, rows: Sequence[Row], partner: Partner, quarter: str) -> None:  # noqa: ANN401
    sheet = book.add_worksheet(RETURN)
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    _put_head(sheet, formats, partner, quarter)
    for place, name in enumerate(COLUMNS):
        sheet.write_string(HEADER_ROW - 1, place, name, formats.head)
    sheet.set_row(HEADER_ROW - 1, 2 * height("", 1))
    before = ""
    for number, row in enumerate(rows):
        starts = row.words[0] != before
        _put_row(sheet, formats, FIRST_ROW - 1 + number, row, starts)
        before = row.words[0]
    _put_lists(sheet, rows)
    sheet.freeze_panes(FIRST_ROW - 1, 0)
    lay_out(sheet, partner, quarter)
    sheet.repeat_rows(HEADER_ROW - 1)
    sheet.print_area(0, 0, FIRST_ROW - 2 + len(rows), PRINTED - 1)
    sheet.protect("", PROTECTED)
    sheet.set_selection(FIRST_ROW - 1, VALUE_COLUMN, FIRST_ROW - 1, VALUE_COLUMN)


def _put_head(sheet: Any, formats: Formats, partner: Partner, quarter: str) -> None:  # noqa: ANN401
    (title,), who, when, *guides = head_rows(partner, quarter)
    sheet.write_string(0, 0, title, formats.title)
    sheet.set_row(0, 26)
    for row, (name, words) in enumerate((who, when), PARTNER_ROW - 1):
        sheet.write_string(row, 0, name, formats.strong)
        sheet.write_string(row, 1, words, formats.plain)
    # Not merged, as the checker refuses merged cells: the words run on over the empty cells to their right.
    for row, (words,) in enumerate(guides, GUIDE_ROW - 1):
        sheet.write_string(row, 0, words, formats.running)


def _put_row(sheet: Any, formats: Formats, number: int, row: Row, starts: bool) -> None:  # noqa: ANN401
    """One row: a line above it where a measure starts, empty boxes to fill, last quarter's value in grey."""
    words, grey, box = formats.of_row(starts)
    for place, text in enumerate(row.words):
        sheet.write_string(number, place, text, words)
    for place in (VALUE_COLUMN, STATE_COLUMN, REASON_COLUMN):
        sheet.write_blank(number, place, None, box)
    if isinstance(row.last, int):
        sheet.write_number(number, REASON_COLUMN + 1, row.last, grey)
    else:
        sheet.write_string(number, REASON_COLUMN + 1, row.last, grey)
    sheet.write_string(number, REASON_COLUMN + 2, row.what, words)
    lines = zip((*row.words, row.what), (*WIDTHS[:4], WIDTHS[-1]), strict=True)
    sheet.set_row(number, max(height(text, width) for text, width in lines))


def _put_lists(sheet: Any, rows: Sequence[Row]) -> None:  # noqa: ANN401
    """Where a cell takes a number, or a word from a list, the spreadsheet says so and takes nothing else."""
    first, last = FIRST_ROW - 1, FIRST_ROW - 2 + len(rows)
    for start, end, counts in _runs(rows):
        rule = {
            "validate": "integer",
            "criteria": "between",
            "minimum": 0,
            "maximum": most_of(counts),
            "input_title": TITLES[counts],
            "input_message": MESSAGES[counts],
            "error_title": "A whole number, please",
            "error_message": "Enter digits only, 0 or more. If there is no number, leave this empty and choose nil or "
            "cannot supply in the next column.",
        }
        sheet.data_validation(first + start, VALUE_COLUMN, first + end, VALUE_COLUMN, rule)
    areas = list(dict.fromkeys(row.words[3] for row in rows))
    for column, choices, message in (
        (AREA_COLUMN, areas, ""),
        (STATE_COLUMN, list(STATES), "Only where there is no number. nil: counted, and there was none."),
        (REASON_COLUMN, list(REASONS), "For cannot supply, or for a great change since last quarter."),
    ):
        rule = {
            "validate": "list",
            "source": choices,
            "error_title": "Choose from the list",
            "error_message": "Choose one of the words in the list of this cell, or leave it empty.",
        }
        told = {"input_title": COLUMNS[column], "input_message": message} if message else {}
        sheet.data_validation(first, column, last, column, rule | told)


def _runs(rows: Sequence[Row]) -> list[tuple[int, int, str]]:
    """Neighbouring rows that count the same kind of thing: first, last, and what."""
    runs: list[tuple[int, int, str]] = []
    for number, row in enumerate(rows):
        counts = row.asked.line.counts
        if runs and runs[-1][2] == counts:
            runs[-1] = (runs[-1][0], number, counts)
        else:
            runs.append((number, number, counts))
    return runs
