"""The numbers that a plan draws, as a table: for the native charts of spreadsheets, and for tests."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Final, Literal

from vawg_metrics.charts.plan import Bar, BarsPlan, Line, MapPlan, Plan, StacksPlan, TrendPlan
from vawg_metrics.charts.plan_places import ChangesPlan, MultiplesPlan
from vawg_metrics.periods import month_text

Cell = str | float | None
LOWER, UPPER = "95 % lower", "95 % upper"


@dataclass(frozen=True, slots=True)
class Plotted:
    """A header and rows: the first cell of a row is its name, the others are numbers, None where there is none."""

    kind: Literal["line", "bar", "stack", "none"]
    header: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


NOTHING: Final = Plotted("none")


def plotted(plan: Plan) -> Plotted:
    """The table of what a plan draws; nothing where it is empty."""
    if isinstance(plan, TrendPlan):
        names = dict.fromkeys(line.name for line in plan.lines)
        return _over_time([(name, [line for line in plan.lines if line.name == name]) for name in names])
    if isinstance(plan, MultiplesPlan):
        return _over_time(plan.panels)
    if isinstance(plan, BarsPlan):
        return _bars(plan.scale.words, [bar for block in plan.blocks for bar in block])
    if isinstance(plan, MapPlan):
        return Plotted("bar", ("Place", plan.words), tuple((shade.name, shade.value) for shade in plan.shades))
    if isinstance(plan, StacksPlan):
        return Plotted("stack", ("Period", *plan.groups), tuple((one.name, *one.shares) for one in plan.stacks))
    if isinstance(plan, ChangesPlan):
        rows = tuple((one.name, *(_finite(end) for end in (one.estimate, one.low, one.high))) for one in plan.rows)
        return Plotted("bar", ("Place", plan.scale.words, LOWER, UPPER), rows)
    return NOTHING


def _over_time(series: Sequence[tuple[str, Sequence[Line]]]) -> Plotted:
    """A row for each month that any line has a point at, a column for each name; breaks are no points."""
    found = [_values(lines) for _, lines in series]
    places = sorted({place for values in found for place in values})
    rows = tuple((month_text(int(place)), *(values.get(place) for values in found)) for place in places)
    return Plotted("line", ("Period ends", *(name for name, _ in series)), rows)


def _values(lines: Iterable[Line]) -> dict[float, float | None]:
    """The values of the lines of one place by where they stand in time."""
    found: dict[float, float | None] = {}
    for point in (point for line in lines for point in line.points if point.value is not None or point.text):
        if found.get(point.place) is None:
            found[point.place] = point.value
    return found


def _bars(words: str, bars: Sequence[Bar]) -> Plotted:
    if not any(bar.whisker for bar in bars):
        return Plotted("bar", ("Place", words), tuple((bar.name, bar.value) for bar in bars))
    rows = tuple((bar.name, bar.value, *(bar.whisker or (None, None))) for bar in bars)
    return Plotted("bar", ("Place", words, LOWER, UPPER), rows)


def _finite(value: float | None) -> float | None:
    """A number, or none for a limit without an end."""
    return value if value is not None and isfinite(value) else None
