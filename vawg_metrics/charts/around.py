"""Scales of small and of two-sided charts: few ticks from zero, and a scale that runs both ways from zero."""

from collections.abc import Iterable
from math import ceil, floor, log10
from typing import Final

from vawg_metrics.charts.plan import Scale
from vawg_metrics.wording import signed

ROUND: Final = (1.0, 2.0, 2.5, 5.0)
MOST: Final = 6  # steps over both sides
LEAST_STEP: Final = 0.1  # what is written to one decimal has no finer step


def few_ticks(scale: Scale) -> tuple[tuple[float, str], ...]:
    """At most three ticks of a scale: its ends, and zero or the middle where one stands there."""
    ticks = scale.ticks
    if len(ticks) <= 3:
        return ticks
    middle = [one for one in ticks[1:-1] if one[0] == 0] if scale.low < 0 else []
    if not middle and len(ticks) % 2:
        middle = [ticks[len(ticks) // 2]]
    return (ticks[0], *middle, ticks[-1])


def scale_around(words: str, values: Iterable[float | None], most: float, suffix: str = "") -> Scale:
    """A scale with zero on it that holds every value up to `most` either way, in round steps, at least one each way."""
    known = [max(-most, min(most, value)) for value in values if value is not None]
    lowest, highest = min([0.0, *known]), max([0.0, *known])
    step = _step(lowest, highest)
    first, last = min(-1, _out(lowest, step)), max(1, _out(highest, step))
    ticks = tuple((round(number * step, 9), _tick(number * step, step, suffix)) for number in range(first, last + 1))
    return Scale(words, ticks[0][0], ticks[-1][0], ticks)


def _out(value: float, step: float) -> int:
    """The number of the step at or beyond a value, away from zero."""
    steps = round(value / step, 9)
    return floor(steps) if steps < 0 else ceil(steps)


def _step(lowest: float, highest: float) -> float:
    """The smallest round step that needs no more than six on both sides together."""
    reach = highest - lowest
    if reach <= 0:
        return 1.0
    power = floor(log10(reach / MOST))
    sizes = [size * 10.0**raised for raised in (power - 1, power, power + 1) for size in ROUND]
    fitting = [size for size in sizes if _out(highest, size) - _out(lowest, size) <= MOST]
    return max(LEAST_STEP, min(fitting, default=10.0 ** (power + 2)))


def _tick(value: float, step: float, suffix: str) -> str:
    decimals = 0 if round(step, 9) == int(round(step, 9)) else 1 if round(step * 10, 9) == int(step * 10) else 2
    return "0" if round(value, 9) == 0 else f"{signed(value, decimals)}{suffix}"
