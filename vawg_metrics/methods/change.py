"""Change between two periods: the exact test of two counts, and the smallest change it could have seen."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from vawg_metrics.methods.inputs import Floats, Values, fraction, normal_deviate, numbers, plain, same_shape, single

RATE_RATIO: Final = "exact conditional (binomial) test of two Poisson counts"
# Two chances this close count as equal, so that rounding does not drop a tie (as R's binom.test).
TIE: Final = 1e-7
POWER: Final = 0.8
ALPHA: Final = 0.05
# In normal deviates: power is met to about three decimal places.
ACCURACY: Final = 0.001
MOST_STEPS: Final = 50


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
class DetectableChange:
    """The smallest rise and fall that a test would have seen with the stated power, as fractions (0.45 = 45 %).

    `rise` is positive, `fall` negative; None when not even a change to nothing would have been seen.
    """

    base: int
    rise: float
    fall: float | None
    power: float
    alpha: float


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


def two_sided_p(successes: ArrayLike, trials: ArrayLike, chance: ArrayLike) -> Values:
    """The exact two-sided binomial p: the chance of all outcomes no more likely than the one seen.

    Arguments: whole numbers, `successes` of `trials`; `chance` between 0 and 1; one shape or single numbers.
    Raises MethodError for negative, missing or fractional numbers and different lengths.
    Source: Blyth and Hutchinson 1960 (method of minimum likelihood), as in R's binom.test.
    """
    k, n, q = same_shape(
        successes=numbers("successes", successes, least=0, whole=True),
        trials=numbers("trials", trials, least=0, whole=True),
        chance=numbers("chance", chance, least=0, most=1),
    )
    above = k > n * q
    k, q = np.where(above, n - k, k), np.where(above, 1 - q, q)
    far = _first_as_unlikely(k, n, q)
    both_tails = at_most(k, n, q) + at_least(far, n, q)
    return plain(np.where(k == n * q, 1.0, np.minimum(both_tails, 1.0)))


def at_most(k: ArrayLike, n: ArrayLike, q: ArrayLike) -> Floats:
    """The chance of at most k successes in n trials: arrays that broadcast, unchecked; 0 below 0, 1 from n.

    Raises nothing. Source: the binomial distribution as an incomplete beta function (Abramowitz and Stegun 26.5.24).
    """
    from scipy.special import betainc

    inside = np.clip(k, 0, np.maximum(np.asarray(n) - 1, 0))
    chance = betainc(np.maximum(n - inside, 1), inside + 1, 1 - np.asarray(q))
    return np.where(np.asarray(k) < 0, 0.0, np.where(np.asarray(k) >= n, 1.0, chance))


def at_least(k: ArrayLike, n: ArrayLike, q: ArrayLike) -> Floats:
    """The chance of at least k successes in n trials: arrays that broadcast, unchecked; 1 from 0 down, 0 above n.

    Raises nothing. Source: as for `at_most`, without the loss of digits of 1 - at_most(k - 1).
    """
    return at_most(np.asarray(n) - k, n, 1 - np.asarray(q))


def _first_as_unlikely(k: Floats, n: Floats, q: Floats) -> Floats:
    """The smallest outcome above the mean no likelier than k (n + 1 when there is none), by halving the interval."""
    seen = _log_chance(k, n, q) + np.log1p(TIE)
    low, high = np.ceil(n * q), n + 1
    while (low < high).any():
        middle = np.floor((low + high) / 2)
        as_unlikely = _log_chance(np.minimum(middle, n), n, q) <= seen
        high = np.where(as_unlikely & (low < high), middle, high)
        low = np.where(~as_unlikely & (low < high), middle + 1, low)
    return high


def _log_chance(k: Floats, n: Floats, q: Floats) -> Floats:
    from scipy.special import gammaln, xlog1py, xlogy

    return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1) + xlogy(k, q) + xlog1py(n - k, -q)


@lru_cache(maxsize=4096)
def smallest_detectable_change(base: int, power: float = POWER, alpha: float = ALPHA) -> DetectableChange:
    """The smallest rise and fall from a count of `base` that the exact test would have seen with that power.

    Arguments: `base`, events in the earlier period, a whole number above 0; `power`, how often a real change of that
    size would be found; `alpha`, the two-sided level. Both periods have the same length and population.
    Returns fractions of the base: a rise of 45 % from 100, 19 % from 500, 13 % from 1,000.
    Raises MethodError for a base that is not a whole number above 0 and a power or alpha outside 0 to 1.
    Source: power of the conditional test of two Poisson counts (Przyborowski and Wilenski 1940), summed over their
    likely totals without simulation; the two means enter, not the counts that happened.
    """
    count = single("base", float(numbers("base", base, whole=True)), above=0)
    aim, level = fraction("power", power), fraction("alpha", alpha)
    rise = 1.0
    while _power(count, 1 + rise, level) < aim:
        rise *= 2
    rise = _ratio_with_power(count, aim, level, 1 + rise) - 1
    fall = None if _power(count, 0.0, level) < aim else _ratio_with_power(count, aim, level, 0.0) - 1
    return DetectableChange(int(count), rise, fall, power, alpha)


def _ratio_with_power(base: float, aim: float, alpha: float, strong: float) -> float:
    """The ratio between 1 (no power) and `strong` (enough) at which power reaches the aim.

    On the scale of normal deviates power is nearly a straight line in the root of the ratio: a few secants find it.
    """
    from scipy.special import ndtri

    def short(root: float) -> float:
        return float(ndtri(aim) - ndtri(np.clip(_power(base, root**2, alpha), 1e-12, 1 - 1e-12)))

    weak, enough = 1.0, float(np.sqrt(strong))
    short_weak, short_enough = short(weak), short(enough)
    root, found = enough, short_enough
    for _ in range(MOST_STEPS):
        if abs(found) <= ACCURACY:
            break
        root = enough + (weak - enough) * short_enough / (short_enough - short_weak)
        found = short(root)
        # The end that stays is given half its weight (Illinois), or the secant would creep up from one side.
        if found > 0:
            weak, short_weak, short_enough = root, found, short_enough / 2
        else:
            enough, short_enough, short_weak = root, found, short_weak / 2
    return root**2


def _power(base: float, ratio: float, alpha: float) -> float:
    """How often counts of means `base` and `base` x `ratio` are told apart: summed over all likely totals."""
    from scipy.special import gammaln

    mean = base * (1 + ratio)
    deviation = np.sqrt(mean)
    # With large means some totals stand for their neighbours; an odd step meets odd and even totals alike. It hangs
    # on the base alone and is counted from 0, so that power has no jumps along the ratio.
    step = 2 * np.floor(np.sqrt(2 * base) / 10) + 1
    first = step * np.floor(max(0.0, mean - 5 * deviation) / step)
    total = np.arange(first, mean + 5 * deviation + step + 4, step)
    chance = np.exp(total * np.log(mean) - mean - gammaln(total + 1))
    last = _last_rejected(total, alpha)
    share = ratio / (1 + ratio)
    found = at_most(last, total, share) + at_least(total - last, total, share)
    return float((chance * found).sum() / chance.sum())


def _last_rejected(total: Floats, alpha: float) -> Floats:
    """For each total the largest lower count whose two-sided p (chance 1/2) is alpha or less; -1 when there is none."""
    from scipy.special import ndtri

    guess = np.floor(total / 2 + ndtri(alpha / 2) * np.sqrt(total) / 2) + 1
    last = np.maximum(np.minimum(guess, np.floor(total / 2 - 0.5)), -1)
    open_ones = np.flatnonzero(last >= 0)
    while open_ones.size:
        too_many = 2 * at_most(last[open_ones], total[open_ones], 0.5) > alpha
        open_ones = open_ones[too_many]
        last[open_ones] -= 1
        open_ones = open_ones[last[open_ones] >= 0]
    return last
