"""A return's file as plain cells, and the bounds that no return ever reaches."""

from dataclasses import dataclass, field
from typing import Final

from vawg_metrics.returns.faults import FileRefused, ReturnFault

MEBIBYTE: Final = 1024 * 1024
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 2_000, 100, 20_000
MOST_TEXT: Final = 400_000  # characters in all cells; the largest template has a sixth of it
TEMPLATE_AGAIN: Final = "Copy your numbers into a new template and send that."
Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell, and what kind of thing it is: the cached number of a formula is its value."""

    value: Value
    date: bool = False
    error: bool = False
    formula: bool = False
    linked: bool = False  # a formula that asks another file


@dataclass(frozen=True)
class SheetCells:
    """One sheet: its name (for comparison only, never to be shown), its cells by row and column, what is hidden."""

    name: str
    cells: dict[tuple[int, int], Cell]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Sheets:
    """A file that could be read: its sheets, and the faults found on the way. `text` is for CSV: all cells are text."""

    sheets: tuple[SheetCells, ...]
    text: bool
    faults: tuple[ReturnFault, ...] = field(default=())


def bounded_text(spent: int, value: object) -> int:
    """The characters of all cells so far and of this one; raises FileRefused past the bound."""
    spent += len(value) if isinstance(value, str) else 0
    if spent > MOST_TEXT:
        raise FileRefused(
            "The file holds far more words than a return ever does.",
            f"{TEMPLATE_AGAIN} If it holds anything about persons, delete it.",
            "too large",
        )
    return spent


def too_many_cells() -> FileRefused:
    """The refusal of a file with far more cells than any return has."""
    return FileRefused(
        f"The file has more than {MOST_ROWS:,} rows, {MOST_COLUMNS} columns or {MOST_CELLS:,} cells, and a return is "
        "never that large.",
        TEMPLATE_AGAIN,
        "too large",
    )
