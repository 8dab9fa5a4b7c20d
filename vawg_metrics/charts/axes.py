"""The axes of a chart: values from zero in round steps, and time from the strategy's baseline to its end."""

from collections.abc import Iterable
from math import ceil, floor, log10
from typing import Final

from vawg_metrics.charts.drawable import counted
from vawg_metrics.charts.lettering import CHARACTER, WIDTH
from vawg_metrics.charts.plan import Scale, Span
from vawg_metrics.periods import Period, month_number
from vawg_metrics.reading import Figure, Reading
from vawg_metrics.selection import ALL_YEARS, THREE_YEARS
from vawg_metrics.wording import unit_name

ROUND: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
FINE: Final = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
FEWEST, MOST = 3, 6  # steps of an axis
EACH: Final = {"month": " a month", "quarter": " a quarter"}  # a rate of less than a year is not a year's rate
YEAR_MARGIN: Final = 3  # months left free beside the first and last of yearly points


def unit_of(reading: Reading) -> str:
    """The unit that is drawn: the measure's own, or `count`."""
    return "count" if counted(reading) else reading.indicator.unit


def unit_words(reading: Reading, grain: str = "") -> str:
    """The unit above the axis: `per 1,000 residents`, `per 1,000 residents a month`, `% of all offences`, `number`.

    `grain` is that of the figures drawn, where it is not the reading's own.
    """
    words = unit_name(reading.indicator, unit_of(reading))
    return f"{words}{EACH.get(grain or reading.grain, '')}" if unit_of(reading) == "rate" else words


def scale_of(reading: Reading, values: Iterable[float | None], grain: str = "") -> Scale:
    """A scale that begins at zero, or below where a correction is negative, and ends on a round number."""
    known = [value for value in values if value is not None]
    unit = unit_of(reading)
    highest, lowest = max([*known, 0.0]), min([*known, 0.0])
    step = _axis_step(max(highest, -lowest), unit == "count")
    last, first = max(1, ceil(round(highest / step, 9))), floor(round(lowest / step, 9))
    ticks = tuple((number * step, tick_text(unit, number * step, step)) for number in range(first, last + 1))
    return Scale(unit_words(reading, grain), first * step, last * step, ticks)


def _axis_step(highest: float, whole: bool) -> float:
    """Of the round steps that give three to six, the one that leaves least empty above; of equals the largest.

    Counts have whole steps.
    """
    if highest <= 0:
        return 1.0
    power = 10.0 ** floor(log10(highest / FEWEST))
    sizes = [size * scale for scale in (power / 10, power, power * 10) for size in ROUND[:-1]]
    usable = [size for size in sizes if not whole or size == int(size)]
    fitting = [size for size in usable if FEWEST <= _steps(highest, size) <= MOST]
    return min(fitting, key=lambda size: (round(_steps(highest, size) * size, 9), -size), default=1.0)


def _steps(highest: float, step: float) -> int:
    return ceil(round(highest / step, 9))


def round_step(least: float) -> float:
    """The next round number at or over `least`, by fine degrees."""
    if least <= 0:
        return 1.0
    power = 10.0 ** floor(log10(least))
    return next(size * power for size in FINE if size * power >= least * 0.999999)


def tick_text(unit: str, value: float, step: float) -> str:
    """A tick's number with as many decimals as its step has."""
    decimals = next((places for places in range(15) if abs(round(step, places) - step) < step * 1e-6), 15)
    number = f"{value:,.{decimals}f}"
    return f"{number} %" if unit == "percent" else f"£{number}" if unit == "pounds" else number


def place_of(figure: Figure) -> float:
    """Where a figure stands in time: the middle of the last month of its period."""
    assert figure.period is not None
    return month_number(figure.period.end) + 0.5


def baseline_start(strategy: Period) -> int:
    """The month number of January of the last whole year before the strategy."""
    return (month_number(strategy.start) // 12 - 1) * 12


def history(reading: Reading) -> bool:
    """Whether everything held ends before the baseline year begins."""
    return bool(reading.newest) and month_number(reading.newest) < baseline_start(reading.strategy)


def span_of(reading: Reading, all_years: bool = False) -> Span:
    """The axis of time: January before the strategy to its end, unless other months or all years are asked for."""
    ends = [month_number(one.period.end) for one in reading.figures if one.period]
    margin = YEAR_MARGIN if reading.grain == "year" else 0
    asked = reading.selection.start
    if asked == THREE_YEARS:
        first = max(ends) - 35
    elif asked and asked != ALL_YEARS:
        first = month_number(asked)
    elif history(reading) or asked == ALL_YEARS or all_years:
        first = min(ends) - margin
    else:
        first = baseline_start(reading.strategy)
    newest = max(ends) + margin + 1
    last = newest if history(reading) else max(newest - margin, month_number(reading.strategy.end) + 1)
    if reading.selection.end:
        last = max(min(last, month_number(reading.selection.end) + 1), max(ends) + 1)
    ticks = _period_ticks(reading, last - first) if reading.grain == "year" else _year_ticks(first, last)
    lines = tuple(float(month) for month in range(-(-first // 12) * 12, last + 1, 12))
    return Span(float(first), float(last), ticks, lines)


def _year_ticks(first: int, last: int) -> tuple[tuple[float, str], ...]:
    """The name of each calendar year in the middle of what is seen of it."""
    seen = []
    for year in range(first // 12, (last - 1) // 12 + 1):
        start, end = max(first, year * 12), min(last, year * 12 + 12)
        if end - start >= min(5, last - first):
            seen.append(((start + end) / 2, f"{year}"))
    return _thinned(seen, last - first)


def _period_ticks(reading: Reading, months: int) -> tuple[tuple[float, str], ...]:
    """The name of each year at its point: a financial year is not the calendar year in which it ends."""
    found = {place_of(one): _short(one.period) for one in reading.figures if one.period}
    return _thinned(sorted(found.items()), months)


def _short(period: Period) -> str:
    """`2024/25`, `2024`, or for any other twelve months `to Jun` and `2025` below it."""
    words = period.words()
    return f"to {words[8:11]}\n{words[-4:]}" if words.startswith("year to ") else words


def _thinned(ticks: list[tuple[float, str]], months: int) -> tuple[tuple[float, str], ...]:
    """Every tick, or every second or third, so that their texts have room; the newest is always kept."""
    if len(ticks) < 2:
        return tuple(ticks)
    room = WIDTH / max(months, 1) * (ticks[-1][0] - ticks[0][0]) / (len(ticks) - 1)
    needed = max(len(line) for _, text in ticks for line in text.split("\n")) * CHARACTER + 6
    step = max(1, ceil(needed / room))
    return tuple(ticks[::-1][::step][::-1])
