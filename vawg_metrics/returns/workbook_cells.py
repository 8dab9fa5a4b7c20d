"""An Excel workbook as plain cells: only the parts that hold cells are opened, and each is bounded before it is."""

import io
import re
import warnings
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Any, Final

from openpyxl import load_workbook

from vawg_metrics.returns.cells import (
    MEBIBYTE,
    MOST_COLUMNS,
    MOST_ROWS,
    TEMPLATE_AGAIN,
    Cell,
    SheetCells,
    Sheets,
    bounded_text,
)
from vawg_metrics.returns.faults import FILE, FileRefused, Kind, ReturnFault
from vawg_metrics.returns.workbook_parts import SheetPart, scan_parts

MOST_UNPACKED: Final = 30 * MEBIBYTE
MOST_MEMBERS: Final = 200
MOST_SQUEEZED: Final = 200  # times; sheets squeeze ten- to fiftyfold, a zip bomb a thousandfold
MOST_SHEETS: Final = 30
READ: Final = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/(workbook|styles|sharedstrings)\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/worksheets/[^/]+\.xml",
    re.IGNORECASE,
)
_DRAWING: Final = re.compile(r"xl/drawings/drawing[^/]*\.xml", re.IGNORECASE)  # Google's are there and empty
_DAMAGED: Final = ("The workbook is damaged, cut short or unusual, and cannot be read.", TEMPLATE_AGAIN)
_OTHERS: Final = (  # parts that mean that a zip is something else
    ("content.xml", "This is an OpenDocument file (.ods or .odt)."),
    ("word/document.xml", "This is a Word document."),
    ("ppt/presentation.xml", "This is a presentation."),
    ("xl/workbook.bin", "This is a binary Excel workbook (.xlsb)."),
    ("index/document.iwa", "This is a Numbers or Pages file."),
)
_FAULTY: Final[tuple[tuple[str, Kind, str, str], ...]] = (
    (
        r"xl/externallinks/|xl/connections|xl/querytables/",
        "links",
        "The workbook is linked to another file or to a database.",
        "Break the links (Data, Edit links, Break link), or paste the numbers as values.",
    ),
    (
        r"xl/(threaded)?comments",
        "comments",
        "The workbook has comments or notes in its cells. They may say something about a person, and are not read.",
        "Delete all comments and notes, save the file and check it again.",
    ),
    (
        r"xl/(media/|charts/|embeddings/|activex/|ctrlprops/|pivot|chartsheets/|dialogsheets/)",
        "extra sheet",
        "The workbook has pictures, text boxes, charts, buttons or pivot tables. They are not read.",
        "Delete them, save the file and check it again.",
    ),
)


def read_workbook(content: bytes) -> Sheets:
    """The cells of an XLSX file; raises FileRefused, which holds no word of the file."""
    try:
        members = _members(content)
        parts = {name: data for name, data in members.items() if READ.fullmatch(name)}
        found = _sheets(parts, scan_parts(parts))
    except FileRefused:
        raise
    except Exception:  # of zipfile, zlib, expat and openpyxl, whose words may repeat the file's: none is passed on
        raise FileRefused(*_DAMAGED) from None
    return Sheets(found, text=False, faults=tuple(_part_faults(members)))


def _members(content: bytes) -> dict[str, bytes]:
    """The parts of the zip, checked against bombs and for what they are; only those that are read are unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = archive.infolist()
        _refuse_others([info.filename for info in infos])
        unpacked = sum(info.file_size for info in infos)
        if len(infos) > MOST_MEMBERS or unpacked > MOST_UNPACKED or unpacked > MOST_SQUEEZED * len(content):
            raise FileRefused("The file unpacks to far more than a return ever holds.", TEMPLATE_AGAIN, "too large")
        if any(info.flag_bits & 1 for info in infos):
            raise FileRefused("The workbook is locked with a password.", "Save it without a password.")
        try:
            return {info.filename: archive.read(info) if _opened(info.filename) else b"" for info in infos}
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
            raise FileRefused(*_DAMAGED) from None


def _opened(name: str) -> bool:
    return bool(READ.fullmatch(name) or _DRAWING.fullmatch(name))


def _refuse_others(names: list[str]) -> None:
    lower = [name.lower() for name in names]
    if any("vbaproject" in name or "xl/macrosheets/" in name for name in lower):
        raise _macros()
    for part, words in _OTHERS:
        if part in lower:
            raise FileRefused(words, "Save it as an Excel workbook (.xlsx) and check that.")
    if "[content_types].xml" not in lower:
        raise FileRefused("This is a zip file, not a workbook.", "Unpack it and check the workbook inside.")
    if len(set(lower)) < len(lower) or any(_climbs(name) for name in names):
        raise FileRefused("The workbook is built in a way that no spreadsheet program builds it.", TEMPLATE_AGAIN)


def _macros() -> FileRefused:
    return FileRefused(
        "The workbook holds macros (.xlsm). They are never opened.",
        "Save it as an Excel workbook without macros (.xlsx) and check that.",
        "macros",
    )


def _climbs(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name


def _part_faults(members: dict[str, bytes]) -> list[ReturnFault]:
    """What a workbook may not hold beside cells, known from the names of its parts."""
    faults = []
    for pattern, kind, problem, repair in _FAULTY:
        drawn = kind == "extra sheet" and any(
            _DRAWING.fullmatch(name) and b"Anchor" in members[name] for name in members
        )
        if drawn or any(re.match(pattern, name, re.IGNORECASE) for name in members):
            faults.append(ReturnFault(FILE, 0, "", problem, repair, kind))
    return faults


def _sheets(parts: dict[str, bytes], scanned: dict[str, SheetPart]) -> tuple[SheetCells, ...]:
    """Every sheet's cells, read by openpyxl from a copy that holds nothing but the parts that were looked over."""
    if any(b"macroenabled" in data.lower() for name, data in parts.items() if name.lower() == "[content_types].xml"):
        raise _macros()
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's remarks on what it leaves out
        book = load_workbook(copy, read_only=True, data_only=True, keep_links=False)
        if not book.worksheets or len(book.worksheets) > MOST_SHEETS:
            raise FileRefused(f"The workbook has no sheet, or more than {MOST_SHEETS}.", TEMPLATE_AGAIN)
        spent, found = 0, []
        for sheet in book.worksheets:
            one, spent = _sheet(sheet, scanned[sheet._worksheet_path], spent)
            found.append(one)
        return tuple(found)


def _sheet(sheet: Any, part: SheetPart, spent: int) -> tuple[SheetCells, int]:  # noqa: ANN401
    cells: dict[tuple[int, int], Cell] = {}
    last_row, last_column = min(MOST_ROWS, part.last_row), min(MOST_COLUMNS, part.last_column)
    if last_row and last_column:
        for number, row in enumerate(sheet.iter_rows(1, last_row, 1, last_column), 1):
            for place, one in enumerate(row, 1):
                cell = _cell(one, (number, place), part)
                if cell is not None:
                    spent = bounded_text(spent, cell.value)
                    cells[number, place] = cell
    whole = SheetCells(
        sheet.title,
        cells,
        hidden=sheet.sheet_state != "visible",
        hidden_rows=frozenset(part.hidden_rows),
        hidden_columns=frozenset(part.hidden_columns),
        merged=tuple(part.merged),
    )
    return whole, spent


def _cell(one: Any, place: tuple[int, int], part: SheetPart) -> Cell | None:  # noqa: ANN401
    formula = place in part.formulas
    value = one.value if one.value != "" else None
    if value is None and not formula:
        return None
    plain = value is None or isinstance(value, str | int | float | bool)
    if isinstance(value, str) and not value.strip() and not formula:
        return None
    return Cell(
        value if plain else None,
        date=not plain,
        error=getattr(one, "data_type", "") == "e",
        formula=formula,
        linked=place in part.linked,
    )
