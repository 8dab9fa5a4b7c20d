"""What is wrong with a table of data.police.uk, and in which rows: read row by row, only when something is."""

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Final

from vawg_metrics.errors import Fault
from vawg_metrics.periods import month_number
from vawg_metrics.sources.police_uk_layouts import Layout

MOST_ROWS_NAMED: Final = 5
MOST_SHOWN: Final = 60
AS_DOWNLOADED: Final = "Use the file as it was downloaded."

# What tells of one crime or one spot must not reach a message, even from a row whose columns have slipped.
_PRIVATE: Final = re.compile(r"[0-9a-f]{20,}|-?\d+\.\d+|[ENSW]\d{8}|.+ \d{3}[A-Z]|.*on or near.*", re.IGNORECASE)

Verdict = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Located:
    """The faults of a table, the rows below its header, and how many of them are at fault."""

    faults: tuple[Fault, ...]
    rows: int
    rejected: int


def located_faults(data: bytes, file: str, layout: Layout, header: Sequence[str]) -> Located:
    """Every fault of a table in UTF-8, one for each wrong value with the rows it stands in; row 1 is the header."""
    found: dict[Verdict, list[int]] = defaultdict(list)
    rows = list(_numbered(data))
    unread = [number for number, row in rows if row is None]
    if unread:
        found["a quotation mark is never closed.", "Download it again."] = unread
    if not rows:
        found["there is a header and no data below it.", "Download it again from data.police.uk."] = [1]
    whole = []
    for number, row in rows:
        if row is not None and len(row) == len(header):
            whole.append((number, row))
        elif row is not None:
            found[f"the row has {len(row)} columns, the header {len(header)}.", AS_DOWNLOADED].append(number)
    for column, judge in _judges(layout).items():
        place = header.index(column)
        for value, numbers in _rows_of_values(whole, place, judge).items():
            found[value] += numbers
    bad = {number for numbers in found.values() for number in numbers if number > 1}
    faults = tuple(Fault(file, _rows_named(numbers), *verdict) for verdict, numbers in found.items())
    return Located(faults, len(rows), len(bad))


def month_problem(month: str) -> str:
    """What is wrong with a month, or nothing."""
    try:
        month_number(month)
    except ValueError:
        return f"the month {_shown(month)} is not a month written YYYY-MM."
    return f"the month {month} lies in the future." if month > f"{date.today():%Y-%m}" else ""


def _numbered(data: bytes) -> Iterator[tuple[int, list[str] | None]]:
    """The rows below the header with their numbers, blank ones left out; None for a row that cannot be read."""
    reader = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            if number > 1 and (len(row) > 1 or any(cell.strip() for cell in row)):
                yield number, [cell.strip() for cell in row]
    except csv.Error:  # an unclosed quotation mark swallows the rest of the table
        yield number + 1, None


def _judges(layout: Layout) -> dict[str, Callable[[str, str], Verdict | None]]:
    """For each column that is counted, what judges a value beside the value that most rows have."""
    judges = {
        "Month": _judge_month,
        "Reported by": _judge_force,
        layout.outcome_column: lambda value, _: _judge_word("outcome", value, layout.outcomes),
    }
    if layout.item_column:
        judges[layout.item_column] = lambda value, _: _judge_word("crime type", value, layout.items)
    return judges


def _rows_of_values(
    rows: Sequence[tuple[int, list[str]]], place: int, judge: Callable[[str, str], Verdict | None]
) -> dict[Verdict, list[int]]:
    """The rows of each wrong value in one column; a value is judged once, however often it stands there."""
    values = Counter(row[place] for _, row in rows)
    usual = values.most_common(1)[0][0] if values else ""
    verdicts = {value: judge(value, usual) for value in values}
    found: dict[Verdict, list[int]] = defaultdict(list)
    for number, row in rows:
        if verdict := verdicts[row[place]]:
            found[verdict].append(number)
    return found


def _judge_month(month: str, usual: str) -> Verdict | None:
    if problem := month_problem(month):
        return problem, AS_DOWNLOADED
    if month != usual and not month_problem(usual):
        return f"the month {month} stands in a table of {usual}.", "Keep one month in one table, as published."
    return None


def _judge_force(force: str, usual: str) -> Verdict | None:
    if not force:
        return "the column 'Reported by' is empty.", AS_DOWNLOADED
    if force != usual:
        return f"the force {_shown(force)} stands in a table of {_shown(usual)}.", "Keep one force in one table."
    return None


def _judge_word(what: str, value: str, known: Sequence[str]) -> Verdict | None:
    if value in known:
        return None
    problem = f"the {what} {_shown(value)} is not one that data.police.uk uses."
    near = [] if _private(value) else get_close_matches(value, [word for word in known if word], 1, 0.6)
    return problem, f"Did it read '{near[0]}'?" if near else AS_DOWNLOADED


def _private(value: str) -> bool:
    return len(value) > MOST_SHOWN or bool(_PRIVATE.fullmatch(value))


def _shown(value: str) -> str:
    """A value in quotation marks, unless it could tell of one crime or one spot."""
    return "(not shown here)" if _private(value) else f"'{value}'"


def _rows_named(numbers: Sequence[int]) -> str:
    """`row 12`, `rows 12, 15`, or the first few of many."""
    first = ", ".join(str(number) for number in numbers[:MOST_ROWS_NAMED])
    more = len(numbers) - MOST_ROWS_NAMED
    return ("row " if len(numbers) == 1 else "rows ") + first + (f" and {more:,} more" if more > 0 else "")
