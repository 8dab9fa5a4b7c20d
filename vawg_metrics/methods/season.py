"""Season: a monthly series split into season, trend and what is left, with every setting stated."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from vawg_metrics.methods.inputs import Floats, MethodError, frozen, series

LEAST_YEARS: Final = 3


@dataclass(frozen=True, slots=True)
class SeasonSettings:
    """The settings of an STL decomposition; None lets the usual formula of Cleveland and others choose.

    `period`: points in a year. `seasonal`, `trend`, `low_pass`: odd lengths of the smoothers, in points. Degrees 0 or
    1 of the local lines. Jumps: every how many points a smoother is computed. `inner`: passes. `periodic`: the season
    is the same every year: `seasonal` is then 10 times the series plus 1, of degree 0, and averaged by month.
    Never robust: implementations of the robust variant differ by a tenth.
    """

    period: int = 12
    periodic: bool = True
    seasonal: int | None = None
    trend: int | None = None
    low_pass: int | None = None
    seasonal_degree: int = 0
    trend_degree: int = 1
    low_pass_degree: int = 1
    seasonal_jump: int | None = None
    trend_jump: int | None = None
    low_pass_jump: int | None = None
    inner: int = 2


@dataclass(frozen=True, slots=True, eq=False)
class Season:
    """A series as the sum of its season, its trend and the rest, shape (points,), and the settings that split it."""

    seasonal: Floats
    trend: Floats
    remainder: Floats
    settings: SeasonSettings

    @property
    def adjusted(self) -> Floats:
        """The series without its season."""
        return self.trend + self.remainder


def decompose(values: ArrayLike, settings: SeasonSettings | None = None) -> Season:
    """STL: season, trend and remainder by local regression, from at least three whole years.

    Arguments: `values` in order of time without a gap, shape (points,); `settings`, by default a season that is the
    same every year. Raises MethodError for missing numbers, for fewer than three years (compare with the same month
    of last year instead), and for lengths that STL does not take.
    Source: Cleveland, Cleveland, McRae and Terpenning 1990, J. Official Statistics 6:3; computed by statsmodels.
    """
    from statsmodels.tsa.seasonal import STL

    x = series("values", values)
    stated = _stated(SeasonSettings() if settings is None else settings, x.size)
    if x.size < LEAST_YEARS * stated.period:
        raise MethodError(
            f"values needs at least {LEAST_YEARS * stated.period} points for a season: compare with the same period "
            "of last year instead."
        )
    try:
        found = STL(
            x,
            period=stated.period,
            seasonal=stated.seasonal,
            trend=stated.trend,
            low_pass=stated.low_pass,
            seasonal_deg=stated.seasonal_degree,
            trend_deg=stated.trend_degree,
            low_pass_deg=stated.low_pass_degree,
            robust=False,
            seasonal_jump=stated.seasonal_jump,
            trend_jump=stated.trend_jump,
            low_pass_jump=stated.low_pass_jump,
        ).fit(inner_iter=stated.inner, outer_iter=0)
    except ValueError as problem:
        raise MethodError(f"settings cannot be used: {problem}.") from problem
    seasonal = _same_every_year(found.seasonal, stated.period) if stated.periodic else np.asarray(found.seasonal)
    trend = np.asarray(found.trend)
    return Season(frozen(seasonal), frozen(trend), frozen(x - seasonal - trend), stated)


def same_period_last_year(values: ArrayLike, period: int = 12) -> Floats:
    """For each point the value one year before, NaN in the first year: what to compare with before three years.

    Arguments: `values` without a gap, shape (points,); `period`, points in a year. Raises MethodError for missing
    numbers and a period below 1. Source: arithmetic.
    """
    x = series("values", values)
    if period < 1:
        raise MethodError("period must be at least 1.")
    before = np.full(x.size, np.nan)
    before[period:] = x[:-period]
    return frozen(before)


def _stated(settings: SeasonSettings, points: int) -> SeasonSettings:
    """Every setting as a number, by the formulas of Cleveland and others (as R's stl chooses them)."""
    if settings.period < 2:
        raise MethodError("settings.period must be at least 2.")
    seasonal = 10 * points + 1 if settings.periodic else settings.seasonal
    if seasonal is None:
        raise MethodError("settings.seasonal must be given unless the season is periodic.")
    trend = settings.trend or _next_odd(1.5 * settings.period / (1 - 1.5 / seasonal))
    low_pass = settings.low_pass or _next_odd(settings.period)
    return SeasonSettings(
        settings.period,
        settings.periodic,
        seasonal,
        trend,
        low_pass,
        0 if settings.periodic else settings.seasonal_degree,
        settings.trend_degree,
        settings.low_pass_degree,
        settings.seasonal_jump or -(-seasonal // 10),
        settings.trend_jump or -(-trend // 10),
        settings.low_pass_jump or -(-low_pass // 10),
        settings.inner,
    )


def _next_odd(length: float) -> int:
    whole = int(np.ceil(length))
    return whole + 1 - whole % 2


def _same_every_year(seasonal: Floats, period: int) -> Floats:
    place = np.arange(seasonal.size) % period
    means = np.bincount(place, weights=seasonal) / np.bincount(place)
    return means[place]
