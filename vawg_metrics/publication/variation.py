"""Control charts of the published series: which may have one, what is unusual, and what chance alone would flag."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import ArrayLike

from vawg_metrics.areas import DISTRICTS, HOME, LLR, UNPLACED
from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.disclosure.rules import LEAST_CHART_MEAN
from vawg_metrics.methods.chart import Chart
from vawg_metrics.methods.control import xmr
from vawg_metrics.methods.inputs import series
from vawg_metrics.methods.many import benjamini_hochberg, chance_of_flag, distance_p, newest_point_distance
from vawg_metrics.methods.signals import Signals, signals
from vawg_metrics.methods.which_chart import NO_VARIATION, Advice, which_chart
from vawg_metrics.periods import month_number
from vawg_metrics.warehouse.store import Warehouse

DRAWS: Final = 5_000  # simulated series for each length and mean, each with two newest points: p to 1 in 10,000
CHARTED_GRAINS: Final = ("month", "quarter")
TOO_RARE: Final = "fewer than 5 are counted a quarter on average, too few for a usual range"
TOO_FEW_ROUNDED: Final = f"fewer than {LEAST_CHART_MEAN} a quarter on average, and rounded: too few for a usual range"
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """A run of periods that nothing parts, judged: `chart` and `signals` only where `advice` allows limits."""

    advice: Advice
    chart: Chart | None = None
    signals: Signals | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """The newest point of one series: how unlikely it is in a stable one, and how often chance alone flags there.

    `p` is the share of stable series whose newest point lies as far out; `chance` that in which any rule flags it.
    """

    indicator: str
    area: str
    grain: str
    period_end: int
    points: int
    mean: float
    p: float
    chance: float
    rule: str
    side: int


@dataclass(frozen=True, slots=True)
class Board:
    """Many panels at once: how many chance alone would flag, which are flagged, and which of those to believe.

    `believed` come first to last by their p. `adjusted` are the p of all panels, allowing for their number.
    """

    panels: tuple[Panel, ...]
    expected: float
    flagged: tuple[Panel, ...]
    believed: tuple[Panel, ...]
    adjusted: tuple[float, ...]


def judge_stretch(counts: ArrayLike, values: ArrayLike | None, grain: Literal["month", "quarter"]) -> Stretch:
    """One unbroken run judged: counts by themselves, or shares (`values`, in per cent) with their numerators as counts.

    Arguments: `counts`, events by period in order, 0 or more, shape (points,); `values`, shares in per cent or None.
    An XmR chart of the counts or of the shares, limits never below 0 and, of shares, never above 100.
    Raises MethodError for negative or missing numbers and different lengths. Source: the rules of `which_chart`.
    """
    x = series("counts", counts, least=0)
    advice = which_chart(x, grain=grain)
    if values is None:
        judged = x
    else:
        judged = series("values", values)
        if advice.limits or advice.reason == NO_VARIATION:  # a share may vary where its numerator does not
            advice = which_chart(judged, grain=grain, counts=False)
    if not advice.limits:
        return Stretch(advice)
    chart = xmr(judged, floor=0.0) if values is None else xmr(judged, floor=0.0, ceiling=100.0)
    return Stretch(advice, chart, signals(chart))


def judge_newest(stretch: Stretch, mean: float) -> tuple[float, float]:
    """The p of a stretch's newest point, and the chance that any rule flags it in a stable series, both fractions.

    Arguments: a stretch with a chart; `mean`, the mean count behind it, 5 or more. Raises MethodError as
    `chance_of_flag` does. Source: as for `distance_p` and `chance_of_flag`.
    """
    assert stretch.chart is not None
    values = stretch.chart.values
    distance = abs(float(newest_point_distance(values)))
    return distance_p(distance, values.size, mean, DRAWS), chance_of_flag(values.size, mean, DRAWS).any_rule


def judge_board(panels: Iterable[Panel]) -> Board:
    """All panels of a board together, by Benjamini and Hochberg at 10 %; believed are those that a rule flags too."""
    held = tuple(panels)
    if not held:
        return Board((), 0.0, (), (), ())
    many = benjamini_hochberg([one.p for one in held])
    chosen = [one for one, told in zip(held, many.chosen, strict=True) if told and one.rule]
    return Board(
        held,
        sum(one.chance for one in held),
        tuple(one for one in held if one.rule),
        tuple(sorted(chosen, key=lambda one: (one.p, one.indicator, one.area))),
        tuple(many.adjusted.tolist()),
    )


def add_variation(warehouse: Warehouse, catalogue: Catalogue) -> None:
    """Give every point of a monthly or quarterly series of LLR its chart, or the reason for none; then the panels.

    Only measures that reach into the strategy's years are judged; the remainder without a district never is.
    """
    columns: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
    panels: dict[tuple[str, str], Panel] = {}
    for indicator in catalogue.indicators:
        if not _charted(warehouse, catalogue, indicator):
            continue
        parting = _breaks(catalogue, indicator)
        rows = warehouse.rows(_SERIES, [indicator.id, [one.code for one in HOME if one != UNPLACED]])
        for (area, grain), own in groupby(rows, itemgetter(0, 1)):
            points, newest = list(own), None
            for run in _runs(points, indicator, parting):
                newest = (run, _judge_run(indicator, run, grain))
                _collect(columns, *newest)
            if newest and _on_board(area, grain, rows, newest[0]) and newest[1].chart is not None:
                panels.setdefault((indicator.id, area), _panel(indicator, area, grain, *newest))
    if columns["row"]:
        warehouse.run_over(_SET_CHART, {name: np.array(values) for name, values in columns.items()})
    warehouse.insert("panel", [tuple(getattr(one, name) for name in Panel.__slots__) for one in panels.values()])


def _judge_run(indicator: Indicator, run: Rows, grain: Literal["month", "quarter"]) -> Stretch:
    """A run judged; of rounded counts only where a quarter's mean is large beside the rounding."""
    counts, values = _numbers(indicator, run)
    if indicator.rounded and np.mean(counts) < LEAST_CHART_MEAN:
        return Stretch(Advice("none", False, False, False, TOO_FEW_ROUNDED))
    return judge_stretch(counts, values, grain)


def _charted(warehouse: Warehouse, catalogue: Catalogue, indicator: Indicator) -> bool:
    """Whether a measure's series may have control charts: monthly or quarterly events that reach into the strategy."""
    counted = indicator.unit in ("rate", "count", "percent") and indicator.limits_by != "none"
    if not indicator.collected or indicator.retired or not counted or indicator.chart == "none":
        return False
    if indicator.native_period not in CHARTED_GRAINS:
        return False
    ((newest,),) = warehouse.rows(_NEWEST, [indicator.id, [one.code for one in HOME]])
    return newest is not None and newest >= month_number(catalogue.strategy.starts)


def _breaks(catalogue: Catalogue, indicator: Indicator) -> tuple[int, ...]:
    """The months, as numbers, from which the series is not the same series."""
    return tuple(month_number(month) for month in catalogue.breaks_for(indicator))


def _runs(rows: Rows, indicator: Indicator, parting: Sequence[int]) -> Iterator[Rows]:
    """The runs of usable periods that neither a gap nor a break parts."""
    run: Rows = []
    for row in rows:
        if not _usable(row, indicator):
            continue
        if run and not _joined(run[-1], row, parting):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _joined(before: tuple[Any, ...], after: tuple[Any, ...], parting: Sequence[int]) -> bool:
    return before[3] + 1 == after[2] and not any(before[2] < month <= after[3] for month in parting)


def _usable(row: tuple[Any, ...], indicator: Indicator) -> bool:
    """A whole count, or share of one, that will not change while its outcomes become known."""
    numerator, value, marker = row[4:7]
    if numerator is None or numerator < 0 or value is None or marker not in ("", "revised", "provisional"):
        return False
    whole = not indicator.share or value <= indicator.per  # outcomes of a month can exceed its offences
    return whole and not (indicator.mature_after_months and marker == "provisional")


def _numbers(indicator: Indicator, run: Rows) -> tuple[list[float], list[float] | None]:
    counts = [float(row[4]) for row in run]
    return counts, [row[5] for row in run] if indicator.share else None


def _collect(columns: dict[str, list[Any]], run: Rows, stretch: Stretch) -> None:
    """Add what each point of a run gets published with."""
    chart, found = stretch.chart, stretch.signals
    reason = TOO_RARE if stretch.advice.form == "rare" else stretch.advice.reason
    for at, row in enumerate(run):
        lines = (chart.centre[at], chart.lower[at], chart.upper[at]) if chart else (np.nan,) * 3
        rule, side = (str(found.rule[at]), int(found.side[at])) if found else ("", 0)
        told = (row[7], *lines, len(run), rule, side, reason)
        for name, value in zip(_COLUMNS, told, strict=True):
            columns[name].append(value)


def _on_board(area: str, grain: str, rows: Rows, run: Rows) -> bool:
    """Whether a run is one of the board's series: of LLR or a district, and up to the measure's newest such period."""
    newest = max(row[3] for row in rows if row[1] == grain and row[4] is not None)
    return area in _BOARD and run[-1][3] == newest


def _panel(indicator: Indicator, area: str, grain: str, run: Rows, stretch: Stretch) -> Panel:
    assert stretch.signals is not None
    mean = float(np.mean([row[4] for row in run]))
    p, chance = judge_newest(stretch, mean)
    rule, side = str(stretch.signals.rule[-1]), int(stretch.signals.side[-1])
    return Panel(indicator.id, area, grain, run[-1][3], len(run), mean, p, chance, rule, side)


_BOARD: Final = frozenset(area.code for area in (LLR, *DISTRICTS))
_COLUMNS: Final = ("row", "centre", "lower", "upper", "points", "rule", "side", "note")

_NEWEST: Final = """
select max(period_end) from figure
where indicator = $1 and numerator is not null and list_contains($2::varchar[], area)
"""

_SERIES: Final = """
select area, grain, period_start, period_end, numerator, value, marker, rowid from figure
where indicator = $1 and list_contains($2::varchar[], area) and grain in ('month', 'quarter') and breakdown = ''
order by area, grain, period_end
"""

_SET_CHART: Final = """
update figure set chart_centre = given.centre, chart_lower = given.lower, chart_upper = given.upper,
    chart_points = given.points, chart_rule = given.rule, chart_side = given.side, chart_note = given.note
from given where figure.rowid = given.row
"""
