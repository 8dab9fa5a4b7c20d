"""How ONS crime tables write what they say: titles with a period, labels with footnotes glued on, counts as text."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from vawg_metrics.errors import Fault
from vawg_metrics.periods import MONTH_NAMES, Period, year_ending
from vawg_metrics.sources.contract import FactMarker

# The offences that the pages need, under one name for all tables. Violence against the person holds the three below
# it and homicide, and from the year ending June 2017 death or serious injury by illegal driving.
OFFENCES: Final = (
    "Total recorded crime (excluding fraud)",
    "Violence against the person",
    "Violence with injury",
    "Violence without injury",
    "Stalking and harassment",
    "Sexual offences",
)

# [x] and .. are unavailable, [z] not applicable, [c] suppressed; an empty cell says nothing and is never zero.
MARKS: Final[Mapping[str, FactMarker]] = {
    **dict.fromkeys(("[x]", "x", "..", ":", "[z]", "z", "na", "n/a", ""), "missing"),
    **dict.fromkeys(("[c]", "c"), "suppressed"),
}

_NOTE: Final = re.compile(r"\[note[^\]]*\]", re.IGNORECASE)
_FOOTNOTE: Final = re.compile(r"(?<=[A-Za-z])\s?\d[\d,]*(?=\)|$)")
_YEAR_ENDING: Final = re.compile(rf"year ending ({'|'.join(MONTH_NAMES)}) (20\d\d|\d\d)", re.IGNORECASE)
_ROWS_BEFORE_DATA: Final = 25
_LEAST_LIKENESS: Final = 0.4  # of the names expected; the tables have twice as many


def cell_text(cell: object) -> str:
    """A cell of a sheet as the text a reader of it sees: a whole number without its decimal point, trimmed."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def label(text: str) -> str:
    """A title, column name or place without line breaks, padding, `[note 1]` and footnote digits at its end."""
    return _FOOTNOTE.sub("", " ".join(_NOTE.sub("", text).split())).strip()


def year_in(title: str) -> Period | None:
    """The twelve months that a title names: `year ending June 2025`, and `June 181,2` with footnotes for June 2018."""
    found = _YEAR_ENDING.search(" ".join(title.split()))
    if not found:
        return None
    year = int(found[2]) % 100 + 2000
    return year_ending(f"{year}-{MONTH_NAMES.index(found[1].capitalize()) + 1:02d}")


def year_above(rows: Sequence[Sequence[str]], header: int) -> Period | None:
    """The period that the rows above a header name, the first that names one."""
    years = (year_in(cell) for row in rows[:header] for cell in row)
    return next((year for year in years if year), None)


def header_in(rows: Sequence[Sequence[str]], expected: Sequence[str]) -> tuple[int, tuple[str, ...]] | None:
    """Where a table's header stands and its names, footnotes removed; None when no row is like the expected one.

    A header may stand on two rows with merged cells: a name missing on the lower one is taken from above it. A name
    that differs from an expected one in capitals alone is given as expected.
    """
    best, place, wanted = _LEAST_LIKENESS, None, {name.casefold(): name for name in expected}
    for number, row in enumerate(rows[:_ROWS_BEFORE_DATA]):
        names = _names(row, rows[number - 1] if number else ())
        names = tuple(wanted.get(name.casefold(), name) for name in names)
        score = len({*wanted.values()} & {*names}) / len(wanted)
        if score > best:
            best, place = score, (number, names)
    return place


def _names(row: Sequence[str], above: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        label(cell) or (label(above[column]) if column < len(above) else "") for column, cell in enumerate(row)
    )


def header_fault(file: str, where: str, rows: Sequence[Sequence[str]], expected: str) -> Fault:
    """The fault of a table without a header that can be read."""
    if sum(";" in row[0] for row in rows if row) > len(rows) / 2:
        return Fault(file, where, "the columns are parted by semicolons.", "Save it with commas, as published.")
    return Fault(
        file, where, f"no row holds the column names, such as '{expected}'.", "Use the publisher's own file, unchanged."
    )
