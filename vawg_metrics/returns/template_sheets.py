"""The three sheets beside the one to fill in: definitions, the check before sending, what happens to the return."""

from collections.abc import Sequence
from dataclasses import astuple
from typing import Any, Final

from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.catalogue.returned import Partner, ReturnRules
from vawg_metrics.periods import quarter_named, quarter_words
from vawg_metrics.returns.check_sheet import (
    FLAGS,
    LOOK,
    OK,
    ROW_COLUMNS,
    ROWS_FROM,
    TABLE_ROW,
    VERDICT_ROW,
    row_formulas,
    summary_formulas,
    verdict_formula,
)
from vawg_metrics.returns.contract import heading_words
from vawg_metrics.returns.handling import handling_of
from vawg_metrics.returns.paper import LINE, Formats, height, lay_out
from vawg_metrics.returns.sheet import CHECK, DEFINITIONS, FIRST_ROW, HANDLING, Row, definitions_of

DEFINITION_COLUMNS: Final = ("Measure", "Line", "For", "Counted as", "Includes", "Excludes", "How it is worked out")
DEFINITION_WIDTHS: Final = (24, 32, 17, 26, 36, 36, 36)
CHECK_COLUMNS: Final = ("Check", "Found", "OK or LOOK", "What to do")
CHECK_WIDTHS: Final = (50, 18, 20, 60, *(12 for _ in range(len(FLAGS) + 1)))
CHECK_GUIDE: Final = "These lines follow what you type in the sheet Return. OK: nothing to do. LOOK: read what to do."
ROWS_TITLE: Final = "Row by row: LOOK stands where a row of the sheet Return needs you"
PAGE_WIDTH: Final = 76


def put_definitions(
    book: Any,  # noqa: ANN401
    formats: Formats,
    rows: Sequence[Row],
    catalogue: Catalogue,
    partner: Partner,
    quarter: str,
) -> None:
    """What each line counts, in full."""
    sheet = book.add_worksheet(DEFINITIONS)
    _put_title(sheet, formats, "Definitions", partner, quarter)
    for place, (name, width) in enumerate(zip(DEFINITION_COLUMNS, DEFINITION_WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(2, place, name, formats.head)
    for number, one in enumerate(definitions_of(tuple(rows), catalogue), 3):
        texts = astuple(one)
        for place, text in enumerate(texts):
            sheet.write_string(number, place, text, formats.words)
        pairs = zip(texts, DEFINITION_WIDTHS, strict=True)
        sheet.set_row(number, max(height(text, width) for text, width in pairs) + LINE / 2)
    sheet.freeze_panes(3, 0)
    lay_out(sheet, partner, quarter)
    sheet.repeat_rows(2)
    sheet.set_row(2, 1.3 * LINE)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def put_check(
    book: Any,  # noqa: ANN401
    formats: Formats,
    rows: Sequence[Row],
    rules: ReturnRules,
    partner: Partner,
    quarter: str,
) -> None:
    """The formulas that look over the return while it is filled in: a verdict, a summary, and row by row."""
    sheet = book.add_worksheet(CHECK)
    _put_title(sheet, formats, CHECK, partner, quarter)
    for place, width in enumerate(CHECK_WIDTHS):
        sheet.set_column(place, place, width)
    _put_summary(sheet, formats, len(rows), rules.change_factor)
    sheet.write_string(ROWS_FROM - 3, 0, ROWS_TITLE, formats.strong)
    for place, name in enumerate(ROW_COLUMNS):
        sheet.write_string(ROWS_FROM - 2, place, name, formats.head)
    formulas = row_formulas(rows, rules.change_factor)
    for number, (row, texts) in enumerate(zip(rows, formulas, strict=True)):
        _put_flags(sheet, formats, number, row, texts)
    sheet.set_row(ROWS_FROM - 2, 2.2 * LINE)
    sheet.freeze_panes(VERDICT_ROW, 0)
    lay_out(sheet, partner, quarter)
    sheet.repeat_rows(VERDICT_ROW - 1)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def put_handling(book: Any, formats: Formats, rules: ReturnRules, partner: Partner, quarter: str) -> None:  # noqa: ANN401
    """One page: who sees the return, how it is protected, when it is deleted."""
    sheet = book.add_worksheet(HANDLING)
    _put_title(sheet, formats, HANDLING, partner, quarter)
    sheet.set_column(0, 0, PAGE_WIDTH)
    number = 3
    for head, words in handling_of(partner, rules):
        sheet.write_string(number, 0, head, formats.section)
        sheet.set_row(number, 1.6 * LINE)
        sheet.write_string(number + 1, 0, words, formats.words)
        sheet.set_row(number + 1, height(words, PAGE_WIDTH))
        number += 2
    lay_out(sheet, partner, quarter, upright=True)
    sheet.fit_to_pages(1, 1)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _put_title(sheet: Any, formats: Formats, name: str, partner: Partner, quarter: str) -> None:  # noqa: ANN401
    words = quarter_words(quarter_named(quarter))
    title = f"{name}: {words}" if name != DEFINITIONS else f"Definitions, {heading_words(partner, quarter)}"
    sheet.write_string(0, 0, title, formats.title)
    sheet.set_row(0, 26)


def _put_summary(sheet: Any, formats: Formats, count: int, factor: int) -> None:  # noqa: ANN401
    sheet.write_string(1, 0, CHECK_GUIDE, formats.plain)
    # The values beside the formulas are those of the empty template, for programs that show a file uncalculated.
    waits = "LOOK: 2 checks need you before you send. See the lines marked LOOK."
    start = waits.replace("2 checks", f"2 of {len(FLAGS) + 2} checks")
    sheet.write_formula(VERDICT_ROW - 1, 0, verdict_formula(), formats.title, start)
    sheet.set_row(VERDICT_ROW - 1, 26)
    for place, name in enumerate(CHECK_COLUMNS):
        sheet.write_string(TABLE_ROW - 1, place, name, formats.head)
    starts = (f"0 of {count}", count, *(0 for _ in FLAGS[1:]), "0 the same")
    for number, (line, begin) in enumerate(zip(summary_formulas(count), starts, strict=True), TABLE_ROW):
        words, found, verdict, repair = line
        sheet.write_string(number, 0, words.format(factor=factor), formats.words)
        sheet.write_formula(number, 1, found, formats.centred, begin)
        sheet.write_formula(number, 2, verdict, formats.centred, LOOK if number < TABLE_ROW + 2 else OK)
        sheet.write_string(number, 3, repair, formats.words)
        sheet.set_row(number, max(height(words, CHECK_WIDTHS[0]), height(repair, CHECK_WIDTHS[3])))


def _put_flags(sheet: Any, formats: Formats, number: int, row: Row, formulas: Sequence[str]) -> None:  # noqa: ANN401
    at = ROWS_FROM - 1 + number
    texts = (f"Row {FIRST_ROW + number}: {row.words[0]}", *row.words[1:])
    # The columns are those of the summary above: line, split and area stand together in the wide one.
    sheet.write_string(at, 0, texts[0], formats.words)
    sheet.write_string(at, 1, texts[2], formats.words)
    sheet.write_string(at, 2, texts[3], formats.words)
    sheet.write_string(at, 3, texts[1], formats.words)
    for place, formula in enumerate(formulas, 4):
        if not formula:  # nothing to add up here
            sheet.write_blank(at, place, None, formats.centred)
        else:
            sheet.write_formula(at, place, formula, formats.centred, LOOK if place == 4 else "")
    widths = zip(texts, (CHECK_WIDTHS[0], CHECK_WIDTHS[3], *CHECK_WIDTHS[1:3]), strict=True)
    sheet.set_row(at, max(height(text, width) for text, width in widths))
