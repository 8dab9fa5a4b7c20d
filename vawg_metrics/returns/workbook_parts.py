"""A first look over the XML of a workbook's part: bounded, without entities, and what openpyxl does not tell."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final
from xml.sax.handler import ContentHandler

from defusedxml.sax import make_parser

from vawg_metrics.returns.cells import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, too_many_cells

MOST_ELEMENTS: Final = 150_000  # of all parts
MOST_BESIDE: Final = 40_000  # of one part without cells: styles, texts, relations
MOST_DEPTH: Final = 40
MOST_MERGED: Final = 1_000
_ADDRESS: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_PROGRAM: Final = re.compile(r"[a-z]'?\|")  # a program is asked for a value (dynamic data exchange)
_NUMBERED: Final = re.compile(r"\[[0-9]{1,4}\]")  # another workbook, by its number in the list of links
_ELSEWHERE: Final = ("http:", "https:", "ftp:", "file:", "\\\\", "webservice")
_HIDDEN: Final = ("1", "true")
_LOOKED_AT: Final = frozenset({"row", "c", "v", "is", "f", "sheetData", "col", "mergeCell"})


@dataclass
class Tally:
    """What was counted in all parts so far."""

    elements: int = 0
    cells: int = 0


@dataclass
class SheetPart:
    """What is known of a sheet before its cells are read: places count from 1."""

    last_row: int = 0
    last_column: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int]] = field(default_factory=list)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    linked: set[tuple[int, int]] = field(default_factory=set)


def scan_parts(parts: Mapping[str, bytes]) -> dict[str, SheetPart]:
    """Look over all parts, and tell of the sheets: raises FileRefused past the bounds, and what expat raises."""
    found: dict[str, SheetPart] = {}
    tally = Tally()
    for name, data in parts.items():
        part = SheetPart() if name.lower().startswith("xl/worksheets/") else None
        parser = make_parser()
        parser.forbid_dtd = True
        parser.setContentHandler(_Handler(part, tally))
        parser.parse(BytesIO(data))
        if part is not None:
            found[name] = part
    return found


def is_linked(formula: str) -> bool:
    """Whether a formula asks another file, a web address, a shared folder or a program."""
    lower = formula.lower()
    other = "[" in lower and (".xl" in lower or bool(_NUMBERED.search(lower)))
    return other or any(sign in lower for sign in _ELSEWHERE) or bool(_PROGRAM.search(lower))


class _Handler(ContentHandler):
    """Counts, and notes what stands where. It keeps no text but that of a formula, and drops it at its end."""

    def __init__(self, part: SheetPart | None, tally: Tally) -> None:
        super().__init__()
        self.part, self.tally = part, tally
        self.depth = self.own = 0
        self.row = self.column = 0
        self.inside = False  # the data of the sheet: elements of the same name stand in its rules too
        self.formula: list[str] | None = None
        self.shared = ""
        self.linked: set[str] = set()  # the numbers of shared formulas that are linked

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: ANN401
        self.depth += 1
        self.own += 1
        self.tally.elements += 1
        beside = self.part is None and self.own > MOST_BESIDE
        if beside or self.depth > MOST_DEPTH or self.tally.elements > MOST_ELEMENTS:
            raise too_many_cells()
        plain = name.split(":")[-1]
        if self.part is not None and plain in _LOOKED_AT:
            getattr(self, f"_{plain}")(self.part, attrs)

    def endElement(self, name: str) -> None:
        self.depth -= 1
        plain = name.split(":")[-1]
        if plain == "sheetData":
            self.inside = False
        elif plain == "f" and self.part is not None and self.formula is not None:
            if is_linked("".join(self.formula)) or self.shared in self.linked:
                self.part.linked.add((self.row, self.column))
                self.linked |= {self.shared} - {""}
            self.formula = None

    def characters(self, content: str) -> None:
        if self.formula is not None:
            self.formula.append(content)

    def _row(self, part: SheetPart, attrs: Any) -> None:  # noqa: ANN401
        self.row = _whole(attrs.get("r"), self.row + 1)
        self.column = 0
        self.tally.cells += 1
        if self.tally.cells > MOST_CELLS:
            raise too_many_cells()
        if attrs.get("hidden") in _HIDDEN or attrs.get("ht") == "0":
            part.hidden_rows.add(self.row)

    def _c(self, part: SheetPart, attrs: Any) -> None:  # noqa: ANN401
        found = _ADDRESS.fullmatch(attrs.get("r", ""))
        if found:
            self.row, self.column = int(found[2]), _number(found[1])
        else:
            self.column += 1
        self.tally.cells += 1
        if self.tally.cells > MOST_CELLS:
            raise too_many_cells()

    def _content(self, part: SheetPart) -> None:
        """Something stands in this cell: it must be within bounds. Formats alone may reach further."""
        if self.row > MOST_ROWS or self.column > MOST_COLUMNS:
            raise too_many_cells()
        part.last_row, part.last_column = max(part.last_row, self.row), max(part.last_column, self.column)

    def _v(self, part: SheetPart, attrs: Any) -> None:  # noqa: ANN401
        self._content(part)

    def _is(self, part: SheetPart, attrs: Any) -> None:  # noqa: ANN401
        self._content(part)

    def _f(self, part: SheetPart, attrs: Any) -> None:  # noqa: ANN401
        if self.inside:
            self._content(part)
            part.formulas.add((self.row, self.column))
            self.formula, self.shared = [], attrs.get("si", "")

    def _sheetData(self, part: SheetPart, attrs: Any) -> None:  # noqa: ANN401
        self.inside = True

    def _col(self, part: SheetPart, attrs: Any) -> None:  # noqa: ANN401
        if attrs.get("hidden") in _HIDDEN or attrs.get("width") == "0":
            first, last = _whole(attrs.get("min"), 1), _whole(attrs.get("max"), 1)
            part.hidden_columns.update(range(first, min(last, MOST_COLUMNS) + 1))

    def _mergeCell(self, part: SheetPart, attrs: Any) -> None:  # noqa: ANN401
        found = _ADDRESS.match(attrs.get("ref", ""))
        if found and len(part.merged) < MOST_MERGED:
            part.merged.append((int(found[2]), _number(found[1])))


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else otherwise


def _number(text: str) -> int:
    number = 0
    for sign in text:
        number = 26 * number + ord(sign) - 64
    return number
