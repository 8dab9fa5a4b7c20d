"""What can be wrong between the cells of a return: totals, parts, last quarter's values, rows missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from vawg_metrics.returns.adding_up import Key, changed, parts_of, totals_of
from vawg_metrics.returns.check_sheet import ENOUGH_TO_COMPARE
from vawg_metrics.returns.contract import CHANGE_REASONS, Asked, State
from vawg_metrics.returns.faults import ReturnFault
from vawg_metrics.returns.sheet import REASON, VALUE, measure_words
from vawg_metrics.returns.table import Table

_CHOOSE: Final = f"If it is right, choose a reason in the same row: {', '.join(CHANGE_REASONS)}."


@dataclass(frozen=True, slots=True)
class RowRead:
    """One row of a return, as far as it could be read: `count` is None where there is none or it is faulty."""

    row: int
    count: int | None
    state: State
    reason: str
    last: int | None


Read = Mapping[Key, RowRead]


def faults_across(table: Table, asked: tuple[Asked, ...], read: Read, factor: int) -> list[ReturnFault]:
    """Every fault between cells, each at the cell that is to be looked at first."""
    return [
        *_totals(table, asked, read),
        *_parts(table, asked, read),
        *_changes(table, read, factor),
        *_all_the_same(table, read),
    ]


def rows_missing(table: Table, missing: tuple[Asked, ...]) -> list[ReturnFault]:
    """A fault for each cell asked for that has no row."""
    return [
        ReturnFault(
            table.name,
            0,
            "",
            f"A row is missing: {measure_words(one.indicator)}; {one.line.label}; {one.group_words}; {one.area_words}.",
            "Copy the row from a new template and fill it in.",
            "row missing",
        )
        for one in missing
    ]


def _totals(table: Table, asked: tuple[Asked, ...], read: Read) -> list[ReturnFault]:
    found = []
    for total in totals_of(asked):
        whole = read.get(total.whole)
        groups = [read[key].count for key in total.groups if key in read]
        known = [count for count in groups if count is not None]
        if whole is None or whole.count is None or not known:
            continue
        complete = len(known) == len(total.groups)
        if sum(known) > whole.count or (complete and sum(known) != whole.count):
            words = (
                "is not the sum of its groups" if complete else "is less than the sum of those groups that are known"
            )
            repair = "Correct the total or the group that is wrong: the groups add up to “All”."
            found.append(table.fault(whole.row, VALUE, f"The total (“All”) {words}.", repair, "total"))
    return found


def _parts(table: Table, asked: tuple[Asked, ...], read: Read) -> list[ReturnFault]:
    found = []
    for one in parts_of(asked):
        part, wholes = read.get(one.part), [read[key] for key in one.wholes if key in read]
        counts = [whole.count for whole in wholes if whole.count is not None]
        if part is None or part.count is None or len(counts) < len(one.wholes) or part.count <= sum(counts):
            continue
        rows = ", ".join(str(whole.row) for whole in wholes)
        where = f"row {rows}" if len(wholes) == 1 else f"the sum of rows {rows}"
        repair = "Correct whichever is wrong: this line counts some of what the other counts."
        problem = f"The number is greater than the whole that it is part of ({where})."
        found.append(table.fault(part.row, VALUE, problem, repair, "part over whole"))
    return found


def _changes(table: Table, read: Read, factor: int) -> list[ReturnFault]:
    found = []
    for one in read.values():
        if one.count is None or one.last is None or one.reason or not changed(one.count, one.last, factor):
            continue
        problem = f"The number is more than {factor} times last quarter's, or less than one part in {factor} of it."
        found.append(table.fault(one.row, REASON, problem, f"Look at it again. {_CHOOSE}", "change"))
    return found


def _all_the_same(table: Table, read: Read) -> list[ReturnFault]:
    pairs = [(one.count, one.last) for one in read.values() if one.count is not None and one.last is not None]
    same = all(now == last for now, last in pairs) and any(now for now, _ in pairs)
    if len(pairs) < ENOUGH_TO_COMPARE or not same or any(one.reason for one in read.values()):
        return []
    problem = "Every number is the same as last quarter's."
    repair = (
        "Enter this quarter's numbers. If they are right, choose the reason that fits best beside any one of them: "
        f"{', '.join(CHANGE_REASONS)}."
    )
    return [ReturnFault(table.name, 0, table.column_words(VALUE), problem, repair, "same as last quarter")]
