"""data.police.uk: street-level crime and its outcomes, month by month, from a custom download or one of its tables."""

import csv
import io
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from vawg_metrics.errors import Fault, FaultsFound
from vawg_metrics.sources.contract import Intake, Reader
from vawg_metrics.sources.incoming import Incoming, header_of, likeness
from vawg_metrics.sources.police_uk_intake import intake_of
from vawg_metrics.sources.police_uk_layouts import LAYOUTS, STOP_AND_SEARCH_COLUMNS, STREET, likest_layout
from vawg_metrics.sources.police_uk_table import MonthTable, read_month

LIKE_ENOUGH: Final = 0.6
MEMBERS_LOOKED_AT: Final = 12
WORKERS: Final = 2  # unpacking and parsing run outside the interpreter's lock


def likeness_of(incoming: Incoming) -> float:
    """How much a table, or any of the first tables of a zip, has the columns of data.police.uk."""
    if incoming.kind == "table":
        return likest_layout(incoming.header)[0]
    if incoming.kind != "archive":
        return 0.0
    best, damaged = 0.0, []
    for name in _table_names(incoming)[:MEMBERS_LOOKED_AT]:
        try:
            best = max(best, likest_layout(header_of(incoming.member(name)))[0])
        except FaultsFound as fault:
            damaged.append(fault)
        if best >= LIKE_ENOUGH:
            return best
    if damaged:  # nothing else in the zip says what it is: its damage is what there is to say
        raise damaged[0]
    return best


def read(incoming: Incoming) -> tuple[Intake, ...]:
    """Read one table, or a zip of them, into one Intake for each layout that it holds.

    Street facts: area x month, item = crime type, part = last outcome category, both as published. Outcomes facts:
    area x month, item "Outcomes", part = outcome type. Counts are crimes (or outcomes), whole numbers. For
    Leicestershire Police the areas are the nine districts and UNPLACED (no location, or one outside LLR), for the
    four neighbouring forces the force. Every area of a month has every item, with a zero under part "" where none
    was counted. Rows are never de-duplicated: identical rows of anti-social behaviour are real.

    Faults, those of damaged tables inside a zip included, are returned in the Intake.
    """
    if incoming.kind == "table":
        layout = likest_layout(incoming.header)[1]
        return (intake_of(incoming.name, layout, [read_month(incoming.data, incoming.name, layout)]),)
    with ThreadPoolExecutor(WORKERS) as workers:
        members = list(workers.map(lambda name: _read_member(incoming, name), _table_names(incoming)))
    tables = [member.table for member in members if member.table]
    aside: Counter[str] = Counter()
    for member in members:
        aside.update(member.aside)
    faults = [fault for member in members for fault in member.faults]
    intakes = []
    for layout in [layout for layout in LAYOUTS if any(table.layout is layout for table in tables)] or [STREET]:
        own = [table for table in tables if table.layout is layout]
        intakes.append(intake_of(incoming.name, layout, own, aside, faults))
        aside, faults = Counter(), []  # what belongs to no layout is told once, with the first
    return tuple(intakes)


def _table_names(incoming: Incoming) -> list[str]:
    """The tables inside a zip, without the hidden files that some systems pack beside them."""
    names = [member.filename for member in incoming.members]
    return [name for name in names if not any(part.startswith((".", "__")) for part in PurePosixPath(name).parts)]


@dataclass(frozen=True, slots=True)
class _Member:
    """What one file inside a zip gave: a table counted, or rows set aside, or the faults of a damaged file."""

    table: MonthTable | None = None
    aside: Mapping[str, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def _read_member(incoming: Incoming, name: str) -> _Member:
    """Read one file inside a zip."""
    try:
        data = incoming.member(name)
    except FaultsFound as error:
        return _Member(faults=error.faults)
    header = header_of(data)
    score, layout = likest_layout(header)
    if score >= LIKE_ENOUGH:
        return _Member(read_month(data, f"{incoming.name} > {name}", layout))
    searched = likeness(header, STOP_AND_SEARCH_COLUMNS) >= LIKE_ENOUGH
    reason = "stop and search, not used" if searched else "another kind of table, not used"
    return _Member(aside={reason: _rows_below(data)})


def _rows_below(data: bytes) -> int:
    """The number of rows below the header."""
    rows = sum(1 for row in csv.reader(io.StringIO(data.decode("utf-8"), newline="")) if row)
    return max(rows - 1, 0)


READERS: Final[tuple[Reader, ...]] = (Reader("data.police.uk", likeness_of, read),)
