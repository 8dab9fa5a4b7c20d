"""A return's file as plain cells: known by its content, bounded before it is parsed, in memory only."""

import csv
import io
import re
from typing import Final

from vawg_metrics.returns.cells import (
    MEBIBYTE,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    TEMPLATE_AGAIN,
    Cell,
    SheetCells,
    Sheets,
    bounded_text,
    too_many_cells,
)
from vawg_metrics.returns.faults import FileRefused
from vawg_metrics.returns.workbook_cells import read_workbook

MOST_BYTES: Final = 5 * MEBIBYTE
MOST_EMPTY_ROWS: Final = 100_000  # of a CSV, which some programs fill with commas
_SAVE_AS: Final = "Open it in your spreadsheet program, save it as an Excel workbook (.xlsx) and check that."
_STARTS: Final = (
    (b"%PDF", "This is a PDF."),
    (b"{\\rtf", "This is a text document."),
    (b"\x89PNG", "This is a picture."),
    (b"\xff\xd8\xff", "This is a picture."),
    (b"GIF8", "This is a picture."),
    (b"\x1f\x8b", "This is a compressed file."),
    (b"7z\xbc\xaf", "This is a compressed file."),
    (b"Rar!", "This is a compressed file."),
)


def read_sheets(content: bytes) -> Sheets:
    """The cells of an XLSX or CSV file; raises FileRefused, which holds no word of it, for every other."""
    if not content.strip(b"\x00 \t\r\n"):
        raise FileRefused("The file is empty.", "Save the filled template again and check that.")
    if len(content) > MOST_BYTES:
        raise FileRefused(
            f"The file is larger than {MOST_BYTES // MEBIBYTE} MB, and a return is never that large.",
            TEMPLATE_AGAIN,
            "too large",
        )
    if content.startswith(b"PK"):
        return read_workbook(content)
    _refuse_other_kinds(content)
    return Sheets((SheetCells("", _csv_cells(_text_of(content))),), text=True)


def _refuse_other_kinds(content: bytes) -> None:
    """Say what a file is that is neither a zip nor a table of text."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise FileRefused(
                "The workbook is locked with a password.", "Save it without a password and send it the secure way."
            )
        raise FileRefused("This is an old Office file (.xls or .doc).", _SAVE_AS)
    for start, words in _STARTS:
        if content.startswith(start):
            raise FileRefused(words, "Fill in the template in a spreadsheet program and check that file.")
    head = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<?xml", b"<html", b"<!doctype", b"<table", b"<workbook")):
        raise FileRefused("This is a web page or XML under another name.", _SAVE_AS)


def _text_of(content: bytes) -> str:
    """The text of a table in UTF-8, UTF-16 or Windows' own letters."""
    try:
        if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            text = content.decode("utf-16")
        elif content[1:4:2] == b"\x00\x00":
            text = content.decode("utf-16-le")
        elif content[:3:2] == b"\x00\x00":
            text = content.decode("utf-16-be")
        else:
            text = _eight_bits(content)
    except UnicodeError:
        text = "\x00"
    if re.search("[\x00-\x08\x0e-\x1f]", text):
        raise FileRefused(
            "The file is neither an Excel workbook (.xlsx) nor a table of text (.csv).",
            "Fill in the template in a spreadsheet program and save it as .xlsx.",
        )
    return text


def _eight_bits(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _csv_cells(text: str) -> dict[tuple[int, int], Cell]:
    """The cells of a table, parted by whichever sign most often parts its lines."""
    lines = text.split("\n", 50)[:50]
    signs = {sign: sum(line.count(sign) for line in lines) for sign in (",", ";", "\t")}
    sign = _sign_of_header(lines) or max(signs, key=lambda one: signs[one])
    cells: dict[tuple[int, int], Cell] = {}
    spent = 0
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=sign), 1):
            if number > MOST_EMPTY_ROWS:
                raise too_many_cells()
            for place, value in enumerate(row, 1):
                if value.strip():
                    _bounded(number, place, len(cells))
                    spent = bounded_text(spent, value)
                    cells[number, place] = Cell(value)
    except csv.Error:
        raise FileRefused(
            "The table cannot be read: a quotation mark is not closed, or a cell is far too long.", TEMPLATE_AGAIN
        ) from None
    return cells


def _sign_of_header(lines: list[str]) -> str:
    """The sign that follows the first column name in the header row, where one is found."""
    for line in lines:
        found = re.match(r'\s*"?measure"?\s*([,;\t])', line, re.IGNORECASE)
        if found:
            return found[1]
    return ""


def _bounded(row: int, column: int, count: int) -> None:
    if row > MOST_ROWS or column > MOST_COLUMNS or count >= MOST_CELLS:
        raise too_many_cells()
