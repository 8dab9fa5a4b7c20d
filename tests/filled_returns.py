"""Returns filled in as a person would fill them, in a spreadsheet or as CSV, for the tests of templates and checks."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping
from functools import cache

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.returns.checking import Checked, check_return
from vawg_metrics.returns.contract import Asked, Return, asked_of
from vawg_metrics.returns.sheet import FIRST_ROW, Row, rows_of
from vawg_metrics.returns.template import template_csv, template_workbook

QUARTERS = ("2026-27 Q2", "2026-27 Q4")
LETTERS = "ABCDEFGHIJKL"


@cache
def catalogue() -> Catalogue:
    return load_catalogue()


def everyone() -> list[tuple[str, str]]:
    """Each partner with each of two quarters in which it is asked for anything."""
    one = catalogue()
    return [(p.id, q) for p in one.partners for q in QUARTERS if asked_of(one, p, q)]


@cache
def rows(partner: str, quarter: str) -> tuple[Row, ...]:
    return rows_of(catalogue(), catalogue().partner(partner), quarter)


def sensible(one: Asked) -> int:
    """A number that fits with all others: groups add up, a part is less than its whole."""
    depth, whole = 0, one.line
    while whole.part_of:
        depth, whole = depth + 1, catalogue().lines[whole.part_of]
    each = 900 // 6**depth
    return each * (len(one.line.groups) if one.line.groups and not one.group else 1)


def row_of(partner: str, quarter: str, line: str, group: str = "", area: str = "") -> int:
    """The row, as a spreadsheet counts, of the first cell of a line, group and area by name."""
    for number, row in enumerate(rows(partner, quarter), FIRST_ROW):
        one = row.asked
        if one.line.id == line and one.group == group and area in ("", one.area_words):
            return number
    raise AssertionError(f"{partner} is not asked for {line} {group} {area}")


@cache
def template(partner: str, quarter: str = QUARTERS[0], previous: Return | None = None) -> bytes:
    """A partner's template as it is given out."""
    return template_workbook(catalogue(), catalogue().partner(partner), quarter, previous)


def filled(
    partner: str,
    quarter: str = QUARTERS[0],
    edits: Mapping[str, object] | None = None,
    change: Callable[[openpyxl.Workbook], None] | None = None,
    previous: Return | None = None,
    start: Callable[[Asked], object] = sensible,
) -> bytes:
    """A template filled in with sensible numbers, then some cells of the sheet Return edited (`{"E7": None}`)."""
    book = openpyxl.load_workbook(io.BytesIO(template(partner, quarter, previous)))
    sheet: Worksheet = book["Return"]
    for number, row in enumerate(rows(partner, quarter), FIRST_ROW):
        sheet.cell(number, 5).value = start(row.asked)
    for place, value in (edits or {}).items():
        sheet[place] = value
    if change:
        change(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def filled_csv(
    partner: str, quarter: str = QUARTERS[0], edits: Mapping[str, object] | None = None, sign: str = ","
) -> str:
    """The CSV form filled in with sensible numbers, then some cells edited (`{"E7": ""}`)."""
    text = template_csv(catalogue(), catalogue().partner(partner), quarter)
    cells = list(csv.reader(io.StringIO(text, newline="")))
    for number, row in enumerate(rows(partner, quarter), FIRST_ROW - 1):
        cells[number][4] = str(sensible(row.asked))
    for place, value in (edits or {}).items():
        row, column = int(place[1:]) - 1, LETTERS.index(place[0])
        cells.extend([] for _ in range(row + 1 - len(cells)))
        cells[row].extend("" for _ in range(column + 1 - len(cells[row])))
        cells[row][column] = str(value)
    content = io.StringIO(newline="")
    csv.writer(content, delimiter=sign).writerows(cells)
    return content.getvalue()


def check(content: bytes, name: str = "return.xlsx", previous: Return | None = None, known: str = "") -> Checked:
    return check_return(content, name, catalogue(), previous, known)


def with_parts(content: bytes, changes: Mapping[str, bytes | Callable[[bytes], bytes] | None]) -> bytes:
    """A zip with parts replaced, changed, added or (None) taken out."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        left = dict(changes)
        for name in old.namelist():
            change = left.pop(name, old.read(name))
            if change is not None:
                new.writestr(name, change if isinstance(change, bytes) else change(old.read(name)))
        for name, change in left.items():
            assert isinstance(change, bytes)
            new.writestr(name, change)
    return made.getvalue()
