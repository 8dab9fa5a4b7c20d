"""One month of one force: a data.police.uk table counted by place, crime type and outcome, or its faults."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.csv

from vawg_metrics.areas import DISTRICTS
from vawg_metrics.errors import Fault
from vawg_metrics.sources.incoming import column_faults, header_of
from vawg_metrics.sources.police_uk_faults import located_faults, month_problem
from vawg_metrics.sources.police_uk_layouts import HOME_FORCE, Layout

# Where a row of the home force may lie; a row of any other force counts in the first place alone.
NO_LOCATION: Final = len(DISTRICTS)
OUTSIDE: Final = NO_LOCATION + 1
PLACES: Final = OUTSIDE + 1

_PLACE_OF_DISTRICT: Final = {area.name: place for place, area in enumerate(DISTRICTS)}
_LSOA_NAME: Final = re.compile(r"(.+) \d{3}[A-Z]")


@dataclass(frozen=True, slots=True)
class MonthTable:
    """The rows of one table, counted: whole numbers by place, item and outcome, empty when it has faults."""

    layout: Layout
    file: str
    rows: int
    force: str = ""
    month: str = ""
    counts: np.ndarray = field(default_factory=lambda: np.zeros((0, 0, 0), dtype=np.int64))
    faults: tuple[Fault, ...] = ()
    rejected: int = 0


def read_month(data: bytes, file: str, layout: Layout) -> MonthTable:
    """Count the rows of one table in UTF-8, or find every fault in it.

    Distinct values are judged, not rows: a month of 9,000 crimes has some 700 of them. Only when one of them is
    wrong is the table read again, row by row, to say where. Crime ID, coordinates, street and LSOA never leave.
    """
    header = header_of(data)
    if misnamed := column_faults(file, header, layout.columns):
        return MonthTable(layout, file, 0, faults=tuple(misnamed))
    columns, whole = _needed_columns(data, header, layout)
    counted = _counted(columns, file, layout) if columns else None
    if counted and whole:
        return counted
    located = located_faults(data, file, layout, header)
    if counted and not located.faults:  # what was left out as a broken row was a line of blanks
        return counted
    faults = located.faults or (Fault(file, "", "this cannot be read as a table.", "Download it again."),)
    return MonthTable(layout, file, located.rows, faults=faults, rejected=located.rejected)


def _needed_columns(data: bytes, header: Sequence[str], layout: Layout) -> tuple[pa.Table | None, bool]:
    """The columns that are counted, with their distinct values apart; False when rows had to be left out."""
    names = ["Month", "Reported by", "LSOA name", layout.outcome_column]
    names += [layout.item_column] if layout.item_column else []
    left_out: list[bool] = []

    def leave_out(_row: pa.csv.InvalidRow) -> str:
        left_out.append(True)
        return "skip"

    try:
        table = pa.csv.read_csv(
            pa.BufferReader(data),
            pa.csv.ReadOptions(
                use_threads=False,  # the readers of members already share the processor
                block_size=len(data) + 1,  # one block, so that every column has one set of distinct values
                column_names=list(header),
                skip_rows_after_names=1,
            ),
            pa.csv.ParseOptions(invalid_row_handler=leave_out),
            pa.csv.ConvertOptions(
                include_columns=names, column_types=dict.fromkeys(names, pa.dictionary(pa.int32(), pa.string()))
            ),
        )
    except pa.ArrowInvalid:
        return None, False
    return table, not left_out


def _counted(table: pa.Table, file: str, layout: Layout) -> MonthTable | None:
    """The counts of a table; None when a value is not one that the publisher uses, or the table is empty."""
    if not table.num_rows:
        return None
    months, forces = _distinct(table, "Month"), _distinct(table, "Reported by")
    if len(months) != 1 or len(forces) != 1 or not forces[0] or month_problem(months[0]):
        return None
    items = np.zeros(table.num_rows, dtype=np.int64)
    if layout.item_column:
        items = _codes(table, layout.item_column, _position(layout.items))
    outcomes = _codes(table, layout.outcome_column, _position(layout.outcomes))
    if items.min() < 0 or outcomes.min() < 0:
        return None
    at_home = forces[0] == HOME_FORCE
    places = _codes(table, "LSOA name", place_of) if at_home else np.zeros(table.num_rows, dtype=np.int64)
    shape = (PLACES if at_home else 1, len(layout.items), len(layout.outcomes))
    cells = np.ravel_multi_index((places, items, outcomes), shape)
    counts = np.bincount(cells, minlength=int(np.prod(shape))).reshape(shape)
    return MonthTable(layout, file, table.num_rows, forces[0], months[0], counts)


def place_of(lsoa_name: str) -> int:
    """The place of a row of the home force: the district is the LSOA's name less its last four characters."""
    if not lsoa_name:
        return NO_LOCATION
    found = _LSOA_NAME.fullmatch(lsoa_name)
    return _PLACE_OF_DISTRICT.get(found[1], OUTSIDE) if found else OUTSIDE


def _distinct(table: pa.Table, name: str) -> tuple[str, ...]:
    """The distinct values of a column, trimmed."""
    return tuple({value.strip() for chunk in table[name].chunks for value in chunk.dictionary.to_pylist()})


def _codes(table: pa.Table, name: str, code_of: Callable[[str], int]) -> np.ndarray:
    """A number for each row of a column, found once for each distinct value."""
    chunks = []
    for chunk in table[name].chunks:
        codes = np.array([code_of(value.strip()) for value in chunk.dictionary.to_pylist()], dtype=np.int64)
        chunks.append(codes[chunk.indices.to_numpy()])
    return np.concatenate(chunks)


def _position(words: Sequence[str]) -> Callable[[str], int]:
    """A function that gives a word's place in a list, -1 when it is not there."""
    places = {word: place for place, word in enumerate(words)}
    return lambda word: places.get(word, -1)
