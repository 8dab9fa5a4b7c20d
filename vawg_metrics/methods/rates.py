"""Rates: crude, directly standardised and indirectly standardised, each with its limits."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from vawg_metrics.methods.inputs import Floats, MethodError, numbers, plain, same_length, same_shape, series, single
from vawg_metrics.methods.intervals import Interval, byar, poisson_limits

LEAST_EVENTS: Final = 10
DOBSON: Final = "Dobson"
DOBSON_REPEATED: Final = "Dobson, adjusted for repeated events"


@dataclass(frozen=True, slots=True)
class StandardisedRate:
    """A directly standardised rate, or the reason in words why there is none (then value and limits are None)."""

    value: float | None
    lower: float | None
    upper: float | None
    events: float
    population: float
    per: float
    confidence: float
    method: str
    reason: str


@dataclass(frozen=True, slots=True)
class StandardisedRatio:
    """Observed over expected events, and the same times the reference rate: the indirectly standardised rate.

    `ratio` and `rate` are Intervals: the ratio a plain number (1 = as expected), the rate per `per` residents.
    """

    observed: float
    expected: float
    reference_rate: float
    ratio: Interval
    rate: Interval
    per: float


def rate(count: ArrayLike, population: ArrayLike, per: float = 1000, confidence: float = 0.95) -> Interval:
    """A crude rate x/n with Poisson limits: exact below 10 events, Byar from 10; the population has no error.

    Arguments: `count`, events, 0 or more; `population`, people (or people times years), above 0, of the same shape or
    a single number; `per`, what the rate is given per; `confidence`, two-sided, 0 to 1.
    Raises MethodError for negative or missing numbers, a zero population, or arrays of different lengths.
    Source: OHID technical guide "Confidence intervals", crude rates.
    """
    x, n = same_shape(count=numbers("count", count, least=0), population=numbers("population", population, above=0))
    scale = single("per", per, above=0) / n
    limits = poisson_limits(x, confidence)
    return Interval(
        plain(x * scale), plain(limits.lower * scale), plain(limits.upper * scale), confidence, limits.method
    )


def directly_standardised(
    counts: ArrayLike,
    populations: ArrayLike,
    standard: ArrayLike,
    *,
    people_by_events: ArrayLike | None = None,
    per: float = 100_000,
    confidence: float = 0.95,
) -> StandardisedRate:
    """A rate as it would be if the area had the standard population's ages, with Dobson's limits.

    Arguments, one number per age band, shape (bands,): `counts`, events; `populations`, people, above 0; `standard`,
    weights, 0 or more and not all 0. `people_by_events`, shape (bands, most), people who had 1, 2, ... events: given
    when one person can count more than once; the variance then allows for it. `per` and `confidence` as in `rate`.
    Below 10 events in all there is no rate: the result says so in `reason`.
    Raises MethodError for negative or missing numbers, zero populations, or rows of different lengths.
    Source: Dobson and others 1991, Statistics in Medicine 10:457 (with Byar's limits of the total count); OHID
    technical guide "Directly standardised rates", repeated events: the variance of a band is the sum of f^2 people.
    """
    x = series("counts", counts, least=0)
    n = series("populations", populations, above=0)
    w = series("standard", standard, least=0)
    same_length(counts=x, populations=n, standard=w)
    if w.sum() == 0:
        raise MethodError("standard must not be zero in every age band.")
    per = single("per", per, above=0)
    repeated = people_by_events is not None
    variances = x if people_by_events is None else _variance_of_repeated(people_by_events, x)
    method = DOBSON_REPEATED if repeated else DOBSON
    events, population = float(x.sum()), float(n.sum())
    if events < LEAST_EVENTS:
        reason = f"no standardised rate is given for fewer than {LEAST_EVENTS} events"
        return StandardisedRate(None, None, None, events, population, per, confidence, method, reason)
    value = (w * x / n).sum() / w.sum()
    stretch = np.sqrt((w**2 * variances / n**2).sum() / w.sum() ** 2 / events)
    total = byar(events, confidence)
    lower, upper = (float((value + stretch * (limit - events)) * per) for limit in (total.lower, total.upper))
    return StandardisedRate(float(value * per), lower, upper, events, population, per, confidence, method, "")


def _variance_of_repeated(people_by_events: ArrayLike, counts: Floats) -> Floats:
    people = numbers("people_by_events", people_by_events, least=0)
    if people.ndim != 2 or people.shape[0] != counts.size:
        raise MethodError("people_by_events must have one row for each age band of counts.")
    times = np.arange(1, people.shape[1] + 1, dtype=np.float64)
    return people @ times**2


def indirectly_standardised(
    counts: ArrayLike,
    populations: ArrayLike,
    reference_counts: ArrayLike,
    reference_populations: ArrayLike,
    *,
    per: float = 100_000,
    confidence: float = 0.95,
) -> StandardisedRatio:
    """Events observed against those expected at the reference's rates by age, as a ratio and as a rate.

    Arguments, one number per age band, shape (bands,): the area's events (only their sum is used) and people, the
    reference's events and people (above 0). `per` and `confidence` as in `rate`.
    Returns Poisson limits on the observed events (exact below 10, Byar from 10) over the expected ones.
    Raises MethodError for negative or missing numbers, zero reference populations, rows of different lengths, or when
    nothing is expected.
    Source: Breslow and Day 1987; OHID technical guide "Indirectly standardised ratios".
    """
    x = series("counts", counts, least=0)
    n = series("populations", populations, least=0)
    r = series("reference_counts", reference_counts, least=0)
    m = series("reference_populations", reference_populations, above=0)
    same_length(counts=x, populations=n, reference_counts=r, reference_populations=m)
    per = single("per", per, above=0)
    observed, expected = float(x.sum()), float((r / m * n).sum())
    if expected == 0:
        raise MethodError("reference_counts lead to no expected event: a ratio would divide by zero.")
    reference_rate = float(r.sum() / m.sum() * per)
    limits = poisson_limits(observed, confidence)
    return StandardisedRatio(
        observed,
        expected,
        reference_rate,
        _scaled(limits, 1 / expected),
        _scaled(limits, reference_rate / expected),
        per,
    )


def _scaled(interval: Interval, by: float) -> Interval:
    return Interval(
        interval.estimate * by, interval.lower * by, interval.upper * by, interval.confidence, interval.method
    )
