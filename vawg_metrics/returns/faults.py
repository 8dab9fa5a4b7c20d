"""What is wrong with a return: one fault for each place, never with the words or numbers that stand there."""

from dataclasses import dataclass
from typing import Final, Literal

from vawg_metrics.returns.sheet import SHEETS

Kind = Literal[
    "file", "too large", "macros", "links", "hidden", "merged", "comments", "extra sheet", "missing sheet",
    "missing column", "unknown column", "repeated column", "partner", "quarter", "measure", "line", "split", "area",
    "text number", "not exact", "not a number", "negative", "decimal", "too large a number", "formula", "error value",
    "blank", "two answers", "choice", "reason", "part over whole", "duplicate", "row missing", "not asked for", "total",
    "change", "same as last quarter", "person", "more",
]  # fmt: skip
FILE: Final = "File"  # where a fault is of the file as a whole
MOST_FAULTS: Final = 500


@dataclass(frozen=True, slots=True)
class ReturnFault:
    """One thing that is wrong: which sheet, row (0 for the whole sheet) and column, what, and how to mend it.

    `sheet` is one of SHEETS, `File`, or a sheet by its place (`Sheet 3`); `column` is a letter, with our name for it
    where it has one (`E (Value)`). Neither these nor the sentences ever repeat what stands in the file.
    """

    sheet: str
    row: int
    column: str
    problem: str
    repair: str
    kind: Kind

    def __str__(self) -> str:
        return f"{self.place}: {self.problem} {self.repair}".strip()

    @property
    def place(self) -> str:
        """Where it is, in words."""
        parts = [self.sheet, f"row {self.row}" if self.row else "", f"column {self.column}" if self.column else ""]
        return ", ".join(part for part in parts if part)

    @property
    def column_number(self) -> int:
        """The column as a number from 1; 0 for a whole row."""
        number = 0
        for sign in self.column.split(" ")[0]:
            number = 26 * number + ord(sign) - 64
        return number


class FileRefused(Exception):
    """A file that cannot or may not be read: carries the fault, and no word of the file. Caught inside `returns`."""

    def __init__(self, problem: str, repair: str, kind: Kind = "file") -> None:
        self.fault = ReturnFault(FILE, 0, "", problem, repair, kind)
        super().__init__(kind)


def letters(column: int) -> str:
    """A column by its letters: 1 is A, 27 is AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def in_place_order(faults: list[ReturnFault]) -> tuple[ReturnFault, ...]:
    """Faults by sheet, row and column, each once; past MOST_FAULTS one line says how many more there are."""
    unique = sorted(dict.fromkeys(faults), key=_place)
    if len(unique) <= MOST_FAULTS:
        return tuple(unique)
    more = len(unique) - MOST_FAULTS
    last = ReturnFault(FILE, 0, "", f"There are {more:,} faults more.", "Mend those above, then check again.", "more")
    return (*unique[:MOST_FAULTS], last)


def _place(fault: ReturnFault) -> tuple[int, str, int, int, str, str]:
    known = (FILE, *SHEETS)
    sheet = known.index(fault.sheet) if fault.sheet in known else len(known)
    return sheet, fault.sheet.rjust(12), fault.row, fault.column_number, fault.kind, fault.problem
