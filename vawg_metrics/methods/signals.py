"""The four rules of NHS Making Data Count: which points are unlikely to be the usual variation, and why.

Every rule works along the last axis, so that thousands of simulated series are judged by the very code that judges
the real ones. Arrays of -1, 0 and 1 say below, neither and above (or falling, neither and rising).
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from vawg_metrics.methods.chart import Chart
from vawg_metrics.methods.inputs import Floats, MethodError, frozen, numbers, single

Sides = NDArray[np.int8]
Better = Literal["higher", "lower", "neither"]
SEVEN: Final = 7
OUTSIDE: Final = "beyond a limit"
TREND: Final = "seven rising or falling"
TWO_OF_THREE: Final = "two of three beyond two thirds"
SHIFT: Final = "seven on one side"
NO_SIGNAL: Final = ""
# The first rule that holds gives a point its name.
RULES: Final = (OUTSIDE, TREND, TWO_OF_THREE, SHIFT)
_MEANING: Final = {
    ("higher", 1): "improvement", ("higher", -1): "concern",
    ("lower", 1): "concern", ("lower", -1): "improvement",
    ("neither", 1): "changed", ("neither", -1): "changed",
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Signals:
    """What each rule says of each point, arrays of -1, 0, 1 of shape (points,), and the first rule that holds.

    `rule` holds one of RULES or an empty text; `side` is the side of that rule.
    """

    outside: Sides
    trend: Sides
    two_of_three: Sides
    shift: Sides
    rule: NDArray[np.str_]
    side: Sides

    def __bool__(self) -> bool:
        """Whether any point signals."""
        return bool(self.side.any())


def side_of(values: Floats, centre: Floats) -> Sides:
    """-1, 0 or 1: below, on or above the centre; unchecked, shapes broadcast.

    Raises nothing. Source: arithmetic.
    """
    return np.sign(values - centre).astype(np.int8)


def seven_in_a_row(steps: ArrayLike, run: int = SEVEN) -> Sides:
    """The side on which `run` neighbours ending here agree, else 0; along the last axis, shape kept.

    Argument: -1, 0 and 1 by point. Raises MethodError for other numbers. Source: NHS Making Data Count, "shift".
    """
    side = _sides("steps", steps)
    ends = np.zeros_like(side)
    if side.shape[-1] >= run:
        total = sliding_window_view(side, run, axis=-1).sum(axis=-1)
        ends[..., run - 1 :] = np.where(np.abs(total) == run, np.sign(total), 0)
    return ends


def seven_rising_or_falling(values: ArrayLike, run: int = SEVEN) -> Sides:
    """1 or -1 where `run` points ending here each lie above (below) the one before; along the last axis, shape kept.

    Raises MethodError for missing numbers. Source: NHS Making Data Count, "trend": equal neighbours break it.
    """
    x = numbers("values", values)
    ends = np.zeros(x.shape, dtype=np.int8)
    if x.shape[-1] >= run:
        ends[..., 1:] = seven_in_a_row(np.sign(np.diff(x, axis=-1)), run - 1)
    return ends


def whole_run(ends: ArrayLike, run: int = SEVEN) -> Sides:
    """Every point of a run whose last points are marked: the mark carried back over `run` points of the last axis.

    Argument: -1, 0 and 1 by point. Raises MethodError for other numbers.
    Source: NHS Making Data Count colours the whole run, not its last point alone.
    """
    last = _sides("ends", ends)
    marked = np.zeros_like(last)
    if not last.any():
        return marked
    for back in range(min(run, last.shape[-1])):
        marked = np.where(marked == 0, np.roll(_without_first(last, back), -back, axis=-1), marked)
    return marked


def two_of_three(close: ArrayLike, sides: ArrayLike) -> Sides:
    """The side of three neighbours on one side of which at least two are `close` to a limit; marks all three.

    Arguments: `close`, true where a point lies beyond two thirds of the way to a limit but not beyond the limit;
    `sides`, -1, 0, 1; one shape, along the last axis. Raises MethodError for different lengths.
    Source: NHS Making Data Count, "two out of three points near a process limit".
    """
    near, side = np.asarray(close, dtype=np.bool_), _sides("sides", sides)
    if near.shape != side.shape:
        raise MethodError("close must have as many values as sides.")
    marked = np.zeros_like(side)
    if side.shape[-1] < 3:
        return marked
    together = sliding_window_view(side, 3, axis=-1).sum(axis=-1)
    enough = sliding_window_view(near, 3, axis=-1).sum(axis=-1) >= 2
    found = np.where(enough & (np.abs(together) == 3), np.sign(together), 0).astype(np.int8)
    for shift in range(3):
        window = marked[..., shift : shift + found.shape[-1]]
        window[...] = np.where(window == 0, found, window)
    return marked


def judged(
    values: Floats, centre: Floats, limits: tuple[Floats, Floats], near: tuple[Floats, Floats]
) -> tuple[Sides, Sides, Sides, Sides]:
    """The four rules on points of one stretch: outside, trend, two of three, shift; along the last axis.

    Arguments: `values`, shape (..., points); `centre` and the lower and upper of `limits` and `near`, shapes that
    broadcast to it. A point signals "two of three" only when it is close to the limit itself.
    Raises nothing: `signals` and the simulations check their numbers.
    Source: NHS Making Data Count; NHSRplotthedots documentation.
    """
    side = side_of(values, centre)
    outside = ((values > limits[1]).astype(np.int8) - (values < limits[0])).astype(np.int8)
    close = ((values > near[1]) | (values < near[0])) & (outside == 0)
    return (
        outside,
        whole_run(seven_rising_or_falling(values)),
        np.where(close, two_of_three(close, side), 0).astype(np.int8),
        whole_run(seven_in_a_row(side)),
    )


def signals(chart: Chart) -> Signals:
    """The rules applied to a chart, stretch by stretch: no run crosses a registered change.

    Points left out of the chart are judged against the limits alone. Raises MethodError when the chart has no limits
    (a run chart) or holds a point without a number that is not left out.
    Source: NHS Making Data Count.
    """
    if not np.isfinite(chart.lower).all():
        raise MethodError("chart has no limits: use the runs rules.")
    found = [np.zeros(chart.values.size, dtype=np.int8) for _ in RULES]
    for part in chart.stretches():
        where = np.arange(part.start, part.stop)[chart.included[part]]
        lines = [line[where] for line in (chart.lower, chart.upper, chart.near_lower, chart.near_upper)]
        rules = judged(chart.values[where], chart.centre[where], (lines[0], lines[1]), (lines[2], lines[3]))
        for marks, said in zip(found, rules, strict=True):
            marks[where] = said
    left_out = ~chart.included
    found[0][left_out] = (chart.values > chart.upper)[left_out].astype(np.int8) - (chart.values < chart.lower)[left_out]
    rule = np.select([marks != 0 for marks in found], RULES, NO_SIGNAL)
    side = np.select([marks != 0 for marks in found], found, 0).astype(np.int8)
    outside, trend, close, shift = (frozen(marks) for marks in found)
    return Signals(outside, trend, close, shift, frozen(rule), frozen(side))


def meaning(side: int, better: Better) -> str:
    """`improvement`, `concern` or `changed` for a signal above (1) or below (-1); `usual` for none (0).

    Raises MethodError for another side or direction. Source: NHS Making Data Count, icons of variation.
    """
    if side == 0 and better in ("higher", "lower", "neither"):
        return "usual"
    if (better, side) not in _MEANING:
        raise MethodError(f"better must be higher, lower or neither and side -1, 0 or 1: not {better!r}, {side!r}.")
    return _MEANING[better, side]


def assurance(lower: float, upper: float, target: float, better: Literal["higher", "lower"]) -> str:
    """Whether usual variation alone reaches a target: `passes`, `fails` or, when it may do either, `inconsistent`.

    Raises MethodError for missing numbers, a lower limit above the upper, or another direction.
    Source: NHS Making Data Count, icons of assurance.
    """
    low, high, aim = single("lower", lower), single("upper", upper), single("target", target)
    if low > high:
        raise MethodError("lower must not be above upper.")
    if better not in ("higher", "lower"):
        raise MethodError(f"better must be higher or lower: not {better!r}.")
    if low <= aim <= high:
        return "inconsistent"
    return "passes" if (low > aim) == (better == "higher") else "fails"


def _sides(name: str, values: ArrayLike) -> Sides:
    found = np.asarray(values)
    if found.ndim == 0 or not ((found == 0) | (found == 1) | (found == -1)).all():
        raise MethodError(f"{name} must be -1, 0 or 1 for each point.")
    return found.astype(np.int8)


def _without_first(values: Sides, number: int) -> Sides:
    kept = values.copy()
    kept[..., :number] = 0
    return kept
