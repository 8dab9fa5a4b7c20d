"""Funnels: is an area higher or lower than an average, and where would the limits of an area of any size lie?"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vawg_metrics.methods.inputs import (
    Floats,
    MethodError,
    Values,
    fraction,
    frozen,
    normal_deviate,
    numbers,
    plain,
    same_shape,
    single,
)
from vawg_metrics.methods.intervals import EXACT_POISSON, Interval, exact_poisson, poisson_limits, wilson
from vawg_metrics.methods.rates import LEAST_EVENTS

WARNING: Final = 0.95
ALARM: Final = 0.998
LOW_998: Final = "low 99.8 %"
LOW_95: Final = "low 95 %"
SIMILAR: Final = "similar"
HIGH_95: Final = "high 95 %"
HIGH_998: Final = "high 99.8 %"
NOT_JUDGED: Final = "not judged"
FUNNEL_LABELS: Final = (LOW_998, LOW_95, SIMILAR, HIGH_95, HIGH_998, NOT_JUDGED)


@dataclass(frozen=True, slots=True, eq=False)
class FunnelLimits:
    """Limit lines around an average: `lower` at `lower_size`, `upper` at `upper_size`.

    For proportions both sizes are the denominators asked for; for rates and ratios, where a limit is worked out from
    a number of events, each line has its own sizes (people, or expected events).
    """

    average: float
    lower_size: Floats
    lower: Floats
    upper_size: Floats
    upper: Floats
    confidence: float
    method: str


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Areas against an average: their own limits at 95 % and 99.8 % and, for each, one of FUNNEL_LABELS.

    `value`, `lower_95` to `upper_998` and `average` are in the unit of the measure (events per `per`, or fractions);
    arrays of shape (areas,). `average` is one number repeated, or each area's own "all the others".
    """

    value: Floats
    lower_95: Floats
    upper_95: Floats
    lower_998: Floats
    upper_998: Floats
    average: Floats
    label: NDArray[np.str_]
    method: str


def proportion_funnel(denominators: ArrayLike, average: float, confidence: float = WARNING) -> FunnelLimits:
    """Where an observed proportion must lie for its Wilson limits to just reach the average.

    Arguments: `denominators`, sizes at which to draw, above 0, shape (sizes,); `average`, a fraction between 0 and 1.
    Returns fractions kept within 0 to 1. Raises MethodError for sizes of 0 or less and an average outside 0 to 1.
    Source: Wilson's score equation solved for the observed proportion, average -/+ z sqrt(average (1 - average) / n);
    OHID technical guide "Funnel plots"; Spiegelhalter 2005, Statistics in Medicine 24:1185.
    """
    n = np.atleast_1d(numbers("denominators", denominators, above=0))
    centre = fraction("average", average)
    spread = normal_deviate(confidence) * np.sqrt(centre * (1 - centre) / n)
    low, high = np.maximum(centre - spread, 0), np.minimum(centre + spread, 1)
    return FunnelLimits(centre, frozen(n), frozen(low), frozen(n), frozen(high), confidence, "Wilson score")


def rate_funnel(
    events: ArrayLike, average: float, *, per: float = 1000, years: float = 1, confidence: float = WARNING
) -> FunnelLimits:
    """The funnel of a rate: for each number of events, the population at which that rate leaves the average.

    Arguments: `events`, numbers of events above 0, shape (points,); `average`, the average rate per `per`, above 0;
    `years` of data in the rate: the sizes returned are populations of one year.
    Returns limits per `per`. Raises MethodError for events or an average of 0 or less.
    Source: exact Poisson limits (Garwood 1936) set equal to the average; OHID technical guide "Funnel plots", rates.
    """
    x = np.atleast_1d(numbers("events", events, above=0))
    centre, per, years = (
        single("average", average, above=0),
        single("per", per, above=0),
        single("years", years, above=0),
    )
    exact = exact_poisson(x, confidence)
    low_size, high_size = (
        np.asarray(implied_population(limit, centre, per=per, years=years)) for limit in (exact.upper, exact.lower)
    )
    low, high = (x / size * per / years for size in (low_size, high_size))
    return FunnelLimits(
        centre, frozen(low_size), frozen(low), frozen(high_size), frozen(high), confidence, EXACT_POISSON
    )


def ratio_funnel(observed: ArrayLike, confidence: float = WARNING) -> FunnelLimits:
    """The funnel of observed over expected: for each observed number, the expected ones at which 1 is just excluded.

    Arguments: `observed`, numbers of events above 0, shape (points,). Returns sizes in expected events and limits as
    ratios (multiply by 100 where 100 is the average). Raises MethodError for events of 0 or less.
    Source: exact Poisson limits (Garwood 1936); OHID technical guide "Funnel plots", indirectly standardised ratios.
    """
    x = np.atleast_1d(numbers("observed", observed, above=0))
    exact = exact_poisson(x, confidence)
    low_size, high_size = np.asarray(exact.upper), np.asarray(exact.lower)
    sizes = frozen(low_size), frozen(high_size)
    return FunnelLimits(1.0, sizes[0], frozen(x / low_size), sizes[1], frozen(x / high_size), confidence, EXACT_POISSON)


def implied_population(events: ArrayLike, rate: ArrayLike, *, per: float = 100_000, years: float = 1) -> Values:
    """The people of one year that a number of events and a rate imply: events x per / rate / years.

    Arguments: `events`, 0 or more, and `rate` per `per`, above 0, of one shape or single numbers; `years` of data.
    Raises MethodError for negative or missing numbers, a rate of 0, arrays of different lengths.
    Source: OHID technical guide "Funnel plots", derived denominators of standardised rates.
    """
    x, r = same_shape(events=numbers("events", events, least=0), rate=numbers("rate", rate, above=0))
    return plain(x * single("per", per, above=0) / r / single("years", years, above=0))


def compare_proportions(numerators: ArrayLike, denominators: ArrayLike, average: ArrayLike | None = None) -> Comparison:
    """Each area's proportion against an average: high or low when its own Wilson limits exclude it.

    Arguments: as for `wilson`, shape (areas,); `average`, a fraction or one for each area; without it, that of all
    the areas together. Returns fractions.
    Raises MethodError as `wilson` does, and for an average outside 0 to 1.
    Source: OHID technical guide "Funnel plots" and "Comparing to a benchmark", proportions.
    """
    x, n = _rows(numerators, denominators, "numerators", "denominators")
    centre = numbers("average", x.sum() / n.sum() if average is None else average, least=0, most=1)
    return _compared(wilson(x, n, WARNING), wilson(x, n, ALARM), centre, "Wilson limits at 95 % and 99.8 %")


def compare_rates(
    counts: ArrayLike, populations: ArrayLike, average: ArrayLike | None = None, *, per: float = 1000
) -> Comparison:
    """Each area's rate against an average: high or low when its own Poisson limits exclude it.

    Arguments: as for `rate`, shape (areas,); `average`, a rate per `per` or one for each area; without it, that of
    all the areas together. Returns rates per `per`. For ratios give the expected events as `populations`, `per` 1 and
    an average of 1. Raises MethodError as `rate` does, and for an average below 0.
    Source: OHID technical guide "Funnel plots" and "Comparing to a benchmark", rates: exact below 10, Byar from 10.
    """
    x, n = _rows(counts, populations, "counts", "populations")
    scale = single("per", per, above=0) / n
    centre = numbers("average", x.sum() / n.sum() * per if average is None else average, least=0)
    narrow, wide = (
        Interval(x * scale, limits.lower * scale, limits.upper * scale, level, limits.method)
        for level in (WARNING, ALARM)
        for limits in (poisson_limits(x, level),)
    )
    return _compared(narrow, wide, centre, "Poisson limits at 95 % and 99.8 %, exact below 10 events, Byar from 10")


def compare_standardised(
    counts: ArrayLike, rates: ArrayLike, average: ArrayLike | None = None, *, per: float = 100_000
) -> Comparison:
    """Directly standardised rates against an average, through the population that each rate implies.

    Arguments: `counts`, events, and `rates`, standardised rates per `per`, above 0 where there are events, shape
    (areas,). An area with fewer than 10 events is labelled "not judged", and its rate is not read.
    Raises MethodError for negative numbers, a zero rate with 10 or more events, arrays of different lengths, or when
    no area has 10 events.
    Source: OHID technical guide "Funnel plots", directly standardised rates: denominator = events x per / rate.
    """
    x = np.atleast_1d(numbers("counts", counts, least=0))
    enough = x >= LEAST_EVENTS
    given = np.asarray(rates, dtype=np.float64)
    if given.shape != x.shape:
        raise MethodError("rates must have as many numbers as counts.")
    if not enough.any():
        raise MethodError(f"counts hold no area with {LEAST_EVENTS} events or more: nothing can be compared.")
    implied = implied_population(x[enough], numbers("rates", given[enough], above=0), per=per)
    each = np.ndim(average) if average is not None else 0
    judged = compare_rates(x[enough], implied, np.asarray(average)[enough] if each else average, per=per)

    def spread(values: Floats) -> Floats:
        whole = np.full(x.shape, np.nan)
        whole[enough] = values
        return frozen(whole)

    labels = np.full(x.shape, NOT_JUDGED, dtype="<U12")
    labels[enough] = judged.label
    return Comparison(
        spread(judged.value),
        spread(judged.lower_95),
        spread(judged.upper_95),
        spread(judged.lower_998),
        spread(judged.upper_998),
        spread(judged.average),
        frozen(labels),
        judged.method,
    )


def _rows(first: ArrayLike, second: ArrayLike, first_name: str, second_name: str) -> tuple[Floats, ...]:
    return same_shape(
        **{
            first_name: np.atleast_1d(numbers(first_name, first, least=0)),
            second_name: np.atleast_1d(numbers(second_name, second, above=0)),
        }
    )


def _compared(narrow: Interval, wide: Interval, average: Floats, method: str) -> Comparison:
    value, low, high, lowest, highest = (
        np.asarray(one) for one in (narrow.estimate, narrow.lower, narrow.upper, wide.lower, wide.upper)
    )
    if average.ndim and average.shape != value.shape:
        raise MethodError(f"average must be one number or one for each of the {value.size} areas.")
    centre = np.broadcast_to(average, value.shape)
    label = np.select(
        [lowest > centre, highest < centre, low > centre, high < centre], [HIGH_998, LOW_998, HIGH_95, LOW_95], SIMILAR
    )
    lines = (frozen(one) for one in (value, low, high, lowest, highest, centre))
    value, low, high, lowest, highest, centre = lines
    return Comparison(value, low, high, lowest, highest, centre, frozen(label), method)
