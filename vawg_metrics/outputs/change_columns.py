"""A change as columns: from which period, how large, with its limits and its test, or why there is none."""

from math import isfinite
from typing import Final

from vawg_metrics.figure import Figure
from vawg_metrics.outputs.table import Record
from vawg_metrics.progress import Obstacle, Progress

CHANGE_COLUMNS: Final = (
    "change_from_start", "change_from_end", "change_from_value", "change_as", "change", "change_lower", "change_upper",
    "change_p", "change_verdict", "change_method", "change_note",
)  # fmt: skip
WHY_NOT: Final[dict[Obstacle, str]] = {
    "": "",
    "edition": "counted for this edition only",
    "no_headline": "no figure is known",
    "history": "ends before the year before the strategy",
    "unknown": "the earlier figure is not known or not whole",
    "before_series": "no earlier figure is held",
    "change": "recording changed between the two",
    "overlap": "the two share months",
    "between": "a period between the two is not known",
    "join": "a new download began between the two",
    "not_tested": "no events are counted, so nothing is tested",
    "unplaced": "tells how places are recorded, not what happened",
    "is_baseline": "this is the baseline",
    "unsettled": "outcomes are not settled",
}


def change_record(progress: Progress) -> Record:
    """The columns of a change: of rates and counts a ratio, of shares percentage points; None where nothing is known.

    `change_verdict` is higher, lower, or untold where the test cannot tell the change from chance.
    """
    before, change = progress.before, progress.change
    record: Record = dict.fromkeys(CHANGE_COLUMNS)
    record |= {"change_note": WHY_NOT[progress.obstacle], "change_verdict": "", "change_as": "", "change_method": ""}
    record |= _before(before)
    if change is None:
        return record
    numbers = {"change": change.estimate, "change_lower": change.lower, "change_upper": change.upper}
    return record | {
        **{name: value if isfinite(value) else None for name, value in numbers.items()},
        "change_as": "percentage points" if change.p is None else "ratio",
        "change_p": change.p,
        "change_verdict": change.verdict,
        "change_method": change.method,
    }


def _before(before: Figure | None) -> Record:
    if before is None or before.period is None:
        return {"change_from_start": "", "change_from_end": ""}
    return {
        "change_from_start": before.period.start,
        "change_from_end": before.period.end,
        "change_from_value": before.value,
    }
