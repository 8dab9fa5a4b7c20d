"""Limits around a count and a proportion, and around the difference of two proportions."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vawg_metrics.methods.inputs import MethodError, Values, normal_deviate, numbers, plain, same_shape

EXACT_BELOW: Final = 10
EXACT_POISSON: Final = "exact Poisson (Garwood)"
BYAR: Final = "Byar"
WILSON: Final = "Wilson"
NEWCOMBE: Final = "Newcombe hybrid score"


@dataclass(frozen=True, slots=True, eq=False)
class Interval:
    """An estimate with its limits: floats for a single case, read-only arrays of one shape for many.

    `confidence` is a fraction (0.95). `method` is the name of the formula: one text, or an array of texts where the
    cases of one call needed different formulas.
    """

    estimate: Values
    lower: Values
    upper: Values
    confidence: float
    method: str | NDArray[np.str_]


def byar(count: ArrayLike, confidence: float = 0.95) -> Interval:
    """Limits for the mean of a Poisson count by Byar's approximation.

    Arguments: `count`, events observed, any shape, 0 or more, fractions allowed; `confidence`, two-sided, 0 to 1.
    Returns limits in events; the lower limit is never below 0, and is 0 for a count of 0.
    Raises MethodError for a negative, missing or infinite count and for a confidence outside 0 to 1.
    Source: Breslow and Day 1987, Statistical methods in cancer research II, page 69; OHID technical guide
    "Confidence intervals". Good from 10 events; use `poisson_limits` to have small counts exact.
    """
    x = numbers("count", count, least=0)
    z = normal_deviate(confidence)
    some = np.maximum(x, 1e-12)
    low = np.where(x > 0, x * (1 - 1 / (9 * some) - z / (3 * np.sqrt(some))) ** 3, 0.0)
    more = x + 1
    high = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    return Interval(plain(x), plain(np.maximum(low, 0)), plain(high), confidence, BYAR)


def exact_poisson(count: ArrayLike, confidence: float = 0.95) -> Interval:
    """Exact limits for the mean of a Poisson count, from chi-square quantiles.

    Arguments: `count`, events observed, any shape, 0 or more; `confidence`, two-sided, 0 to 1.
    Returns limits in events. Raises MethodError for a negative, missing or infinite count or a bad confidence.
    Source: Garwood 1936, Biometrika 28:437: lower = chi2(a/2; 2x)/2, upper = chi2(1-a/2; 2x+2)/2, written here as
    quantiles of the gamma distribution; OHID technical guide "Confidence intervals".
    """
    from scipy.special import gammainccinv, gammaincinv

    x = numbers("count", count, least=0)
    normal_deviate(confidence)
    tail = (1 - confidence) / 2
    low = np.where(x > 0, gammaincinv(np.where(x > 0, x, 1.0), tail), 0.0)
    return Interval(plain(x), plain(low), plain(gammainccinv(x + 1, tail)), confidence, EXACT_POISSON)


def poisson_limits(count: ArrayLike, confidence: float = 0.95, exact_below: float = EXACT_BELOW) -> Interval:
    """Limits for a Poisson count: exact below 10 events, Byar's approximation from 10.

    Arguments: `count`, events observed, any shape, 0 or more; `confidence`, two-sided, 0 to 1; `exact_below`, the
    count from which Byar is used. Returns limits in events and, case by case, the name of the formula.
    Raises MethodError for a negative, missing or infinite count or a bad confidence.
    Source: OHID technical guide "Confidence intervals", rates.
    """
    x = numbers("count", count, least=0)
    few = x < exact_below
    exact, approximate = exact_poisson(x, confidence), byar(x, confidence)
    low = np.where(few, exact.lower, approximate.lower)
    high = np.where(few, exact.upper, approximate.upper)
    names = np.where(few, EXACT_POISSON, BYAR)
    return Interval(plain(x), plain(low), plain(high), confidence, names if names.ndim else str(names))


def wilson(numerator: ArrayLike, denominator: ArrayLike, confidence: float = 0.95) -> Interval:
    """Wilson's score limits for a proportion, without correction for continuity.

    Arguments: `numerator`, cases, 0 or more; `denominator`, cases out of, above 0 and never below the numerator; both
    of one shape, or one of them a single number; `confidence`, two-sided, 0 to 1. Returns fractions from 0 to 1.
    Raises MethodError for a negative or missing number, a zero denominator, a numerator above its denominator, or
    arrays of different lengths.
    Source: Wilson 1927, JASA 22:209; Newcombe 1998, Statistics in Medicine 17:857, method 3; OHID technical guide.
    """
    x, n = same_shape(
        numerator=numbers("numerator", numerator, least=0), denominator=numbers("denominator", denominator, above=0)
    )
    if (x > n).any():
        raise MethodError("numerator must not be above denominator: a proportion ends at 1.")
    z = normal_deviate(confidence)
    middle = 2 * x + z**2
    spread = z * np.sqrt(z**2 + 4 * x * (1 - x / n))
    low = np.where(x > 0, (middle - spread) / (2 * (n + z**2)), 0.0)
    high = np.where(x < n, (middle + spread) / (2 * (n + z**2)), 1.0)
    return Interval(plain(x / n), plain(np.clip(low, 0, 1)), plain(np.clip(high, 0, 1)), confidence, WILSON)


def newcombe(
    numerator: ArrayLike,
    denominator: ArrayLike,
    other_numerator: ArrayLike,
    other_denominator: ArrayLike,
    confidence: float = 0.95,
) -> Interval:
    """Limits for the difference of two independent proportions, first less other, by the hybrid score method.

    Arguments: two numerators and denominators as for `wilson`, of one shape. Returns differences of fractions, from
    -1 to 1: multiply by 100 for percentage points.
    Raises MethodError as `wilson` does, naming the argument of that proportion.
    Source: Newcombe 1998, Statistics in Medicine 17:873, method 10 (square and add Wilson's limits).
    """
    first = wilson(numerator, denominator, confidence)
    others = numbers("other_numerator", other_numerator, least=0)
    out_of = numbers("other_denominator", other_denominator, above=0)
    if (np.subtract(*same_shape(other_numerator=others, other_denominator=out_of)) > 0).any():
        raise MethodError("other_numerator must not be above other_denominator: a proportion ends at 1.")
    other = wilson(others, out_of, confidence)
    p, low, high = (np.asarray(one) for one in (first.estimate, first.lower, first.upper))
    q, other_low, other_high = (np.asarray(one) for one in (other.estimate, other.lower, other.upper))
    p, q = same_shape(numerator=p, other_numerator=q)
    lower = p - q - np.hypot(p - low, other_high - q)
    upper = p - q + np.hypot(high - p, q - other_low)
    return Interval(plain(p - q), plain(np.clip(lower, -1, 1)), plain(np.clip(upper, -1, 1)), confidence, NEWCOMBE)
