"""Change between two periods: the exact test of two counts, and the percentage where one may be given."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from vawg_metrics.methods.binomial import two_sided_p
from vawg_metrics.methods.inputs import Values, normal_deviate, numbers, plain, same_shape, single

RATE_RATIO: Final = "exact conditional (binomial) test of two Poisson counts"
LEAST_BASE: Final = 20


@dataclass(frozen=True, slots=True, eq=False)
class RateRatio:
    """The rate after over the rate before with its limits, and the chance of so great a difference if none is real.

    Floats for one pair, arrays for many. Infinite when the count before is 0; not a number, with limits 0 to infinity
    and p = 1, when both are: nothing can then be said.
    """

    ratio: Values
    lower: Values
    upper: Values
    p: Values
    confidence: float
    method: str


@dataclass(frozen=True, slots=True)
class PercentageChange:
    """A change in per cent of its base, or the reason in words why there is none (`percent` is then None)."""

    percent: float | None
    base: float
    reason: str


def rate_ratio(
    before: ArrayLike,
    after: ArrayLike,
    exposure_before: ArrayLike = 1.0,
    exposure_after: ArrayLike = 1.0,
    confidence: float = 0.95,
) -> RateRatio:
    """Two Poisson counts compared exactly, given their sum.

    Arguments: `before` and `after`, whole numbers of events, 0 or more; the exposures (people, months, or their
    product), above 0; one shape, or single numbers; `confidence`, two-sided.
    Returns the rate ratio after / before, limits by Clopper and Pearson, and the two-sided p that adds up all
    outcomes no more likely than the one seen.
    Raises MethodError for negative, missing or fractional counts, exposures of 0, different lengths.
    Source: Przyborowski and Wilenski 1940, Biometrika 31:313; Clopper and Pearson 1934, Biometrika 26:404.
    """
    from scipy.special import betaincinv

    x, y, s, t = same_shape(
        before=numbers("before", before, least=0, whole=True),
        after=numbers("after", after, least=0, whole=True),
        exposure_before=numbers("exposure_before", exposure_before, above=0),
        exposure_after=numbers("exposure_after", exposure_after, above=0),
    )
    normal_deviate(confidence)
    tail, total = (1 - confidence) / 2, x + y
    low = np.where(y > 0, betaincinv(np.maximum(y, 1), x + 1, tail), 0.0)
    high = np.where(x > 0, betaincinv(y + 1, np.maximum(x, 1), 1 - tail), 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        lower, upper, ratio = low / (1 - low) * s / t, high / (1 - high) * s / t, (y / t) / (x / s)
    p = two_sided_p(y, total, t / (s + t))
    return RateRatio(plain(ratio), plain(lower), plain(upper), plain(p), confidence, RATE_RATIO)


def percentage_change(before: float, after: float) -> PercentageChange:
    """The change from one count to another in per cent of the first; none where the first is under 20.

    Arguments: two counts of periods of one length, 0 or more. Shares change in percentage points instead.
    Raises MethodError for negative or missing numbers. Source: arithmetic; the least base is a rule of this project.
    """
    base, now = single("before", before, least=0), single("after", after, least=0)
    if base < LEAST_BASE:
        return PercentageChange(None, base, f"no percentage is given on a base under {LEAST_BASE}")
    return PercentageChange((now / base - 1) * 100, base, "")
