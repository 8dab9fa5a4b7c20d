"""The trend of five periods: Fingertips' chi-square test, with a slope that no single period decides."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike

from vawg_metrics.methods.inputs import Flags, Floats, MethodError, same_length, series

PERIODS: Final = 5
# The chi-square point of 1 degree of freedom that chance passes 2 times in 1,000.
CRITICAL: Final = 9.54953570608324
# 95 % limits lie 1.96 standard errors either side.
WIDTH_IN_ERRORS: Final = 3.92

Marker = Literal["increasing", "decreasing", "no change", "cannot be calculated"]


@dataclass(frozen=True, slots=True)
class Trend:
    """The verdict on five periods.

    `chi_square` (1 degree of freedom) and `p`; `slope` in the unit of the measure per unit of time; `steady` is
    whether the slope keeps its sign when each period in turn is left out; `marker` needs both. `chi_square`, `p` and
    `slope` are None when the trend cannot be calculated, and `reason` says why.
    """

    marker: Marker
    chi_square: float | None
    p: float | None
    slope: float | None
    steady: bool
    method: str
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """A weighted straight line through points: its slope and the chi-square of the slope, 1 degree of freedom."""

    slope: float
    chi_square: float


def proportion_trend(numerators: ArrayLike, denominators: ArrayLike, times: ArrayLike | None = None) -> Trend:
    """The trend of five proportions by the Cochran-Armitage chi-square.

    Arguments: `numerators`, cases, 0 or more, and `denominators`, above 0 and not below them, shape (5,); `times`,
    equally spaced, by default 1 to 5. Periods must not overlap: never rolling sums.
    A period of 0 % or 100 % cannot be judged: the marker says so.
    Raises MethodError for other than five periods, negative or missing numbers, zero denominators, unequal spacing.
    Source: Armitage 1955, Biometrics 11:375; OHID Fingertips, "Recent trends" technical guidance.
    """
    x, n, t = _five(numerators, denominators, times, "numerators", "denominators")
    method = "chi-square test for trend in proportions (Cochran-Armitage), 5 periods"
    if (x > n).any():
        raise MethodError("numerators must not be above denominators.")
    if (x == n).any() or (x == 0).any():
        return _none(method, "a period stands at 0 % or 100 %, where the test does not hold")
    return _judged(t, method, lambda keep: _proportion_line(x[keep], n[keep], t[keep]))


def rate_trend(counts: ArrayLike, populations: ArrayLike, times: ArrayLike | None = None) -> Trend:
    """The trend of five rates of Poisson counts by the chi-square score test.

    Arguments: `counts`, events, 0 or more, and `populations`, above 0, shape (5,); `times` as for `proportion_trend`.
    Give populations of 1 for plain counts of periods of one length. With no event at all nothing can be judged.
    Raises MethodError for other than five periods, negative or missing numbers, zero populations, unequal spacing.
    Source: Breslow and Day 1987, volume II (score test for trend in rates); marker as Fingertips.
    """
    x, n, t = _five(counts, populations, times, "counts", "populations")
    method = "chi-square test for trend in rates, 5 periods"
    if x.sum() == 0:
        return _none(method, "nothing was counted in these periods")
    return _judged(t, method, lambda keep: _rate_line(x[keep], n[keep], t[keep]))


def value_trend(values: ArrayLike, lower: ArrayLike, upper: ArrayLike, times: ArrayLike | None = None) -> Trend:
    """The trend of five values that come with 95 % limits, by weighted regression.

    Arguments: `values` and their 95 % limits, shape (5,): the standard error is taken as (upper - lower) / 3.92;
    `times` as for `proportion_trend`.
    Raises MethodError for other than five periods, missing numbers, limits without width, unequal spacing.
    Source: OHID Fingertips, "Recent trends" technical guidance: weights 1 / error^2, chi-square = slope^2 / variance.
    """
    y, low, high = (series(name, row) for name, row in (("values", values), ("lower", lower), ("upper", upper)))
    same_length(values=y, lower=low, upper=high)
    if (high <= low).any():
        raise MethodError("upper must lie above lower in every period.")
    t = _times(y.size, times)
    weight = (WIDTH_IN_ERRORS / (high - low)) ** 2
    method = "chi-square test for trend by weighted regression, 5 periods"
    return _judged(t, method, lambda keep: _value_line(y[keep], weight[keep], t[keep]))


def proportion_chi_square(numerators: ArrayLike, denominators: ArrayLike, times: ArrayLike) -> float:
    """The Cochran-Armitage chi-square of any number of proportions, without a verdict (R: prop.trend.test).

    Arguments as for `proportion_trend`, shape (periods,), at least three. Raises MethodError as it does.
    Source: Armitage 1955, Biometrics 11:375.
    """
    x = series("numerators", numerators, shortest=3, least=0)
    n, t = series("denominators", denominators, above=0), series("times", times)
    same_length(numerators=x, denominators=n, times=t)
    if (x > n).any() or not 0 < x.sum() < n.sum():
        raise MethodError("numerators must lie between nothing and denominators.")
    return _proportion_line(x, n, t).chi_square


def _value_line(y: Floats, weight: Floats, t: Floats) -> Line:
    middle = (weight * t).sum() / weight.sum()
    across = (weight * (t - middle) ** 2).sum()
    along = (weight * (t - middle) * y).sum()
    return Line(float(along / across), float(along**2 / across))


def _proportion_line(x: Floats, n: Floats, t: Floats) -> Line:
    share = x.sum() / n.sum()
    variance = share * (1 - share)
    line = _value_line(x / n, n, t)
    return Line(line.slope, line.chi_square / variance if variance else 0.0)


def _rate_line(x: Floats, n: Floats, t: Floats) -> Line:
    rate = x.sum() / n.sum()
    line = _value_line(x / n, n, t)
    return Line(line.slope, line.chi_square / rate if rate else 0.0)


def _judged(t: Floats, method: str, line_of: Callable[[Flags], Line]) -> Trend:
    from scipy.special import chdtrc

    whole = line_of(np.ones(t.size, dtype=np.bool_))
    signs = {np.sign(line_of(np.arange(t.size) != left_out).slope) for left_out in range(t.size)}
    steady = signs == {np.sign(whole.slope)} and whole.slope != 0
    marker: Marker = "no change"
    if steady and whole.chi_square > CRITICAL:
        marker = "increasing" if whole.slope > 0 else "decreasing"
    return Trend(marker, whole.chi_square, float(chdtrc(1, whole.chi_square)), whole.slope, steady, method, "")


def _none(method: str, reason: str) -> Trend:
    return Trend("cannot be calculated", None, None, None, False, method, reason)


def _five(
    first: ArrayLike, second: ArrayLike, times: ArrayLike | None, name: str, size_name: str
) -> tuple[Floats, ...]:
    x, n = series(name, first, least=0), series(size_name, second, above=0)
    same_length(**{name: x, size_name: n})
    return x, n, _times(x.size, times)


def _times(periods: int, times: ArrayLike | None) -> Floats:
    if periods != PERIODS:
        raise MethodError(f"a trend is judged over {PERIODS} periods: {periods} were given.")
    if times is None:
        return np.arange(1.0, PERIODS + 1)
    t = series("times", times)
    steps = np.diff(t)
    if t.size != periods or (steps <= 0).any() or not np.allclose(steps, steps[0]):
        raise MethodError("times must be as many as the periods, rising and equally spaced.")
    return t
