"""Chances of a binomial count, and the exact two-sided test that rests on them."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from vawg_metrics.methods.inputs import Floats, Values, numbers, plain, same_shape

# Two chances this close count as equal, so that rounding does not drop a tie (as R's binom.test).
TIE: Final = 1e-7


def two_sided_p(successes: ArrayLike, trials: ArrayLike, chance: ArrayLike) -> Values:
    """The exact two-sided binomial p: the chance of all outcomes no more likely than the one seen.

    Arguments: whole numbers, `successes` of `trials`; `chance` between 0 and 1; one shape or single numbers.
    Raises MethodError for negative, missing or fractional numbers and different lengths.
    Source: Sterne 1954, Biometrika 41:275 (outcomes no more likely than the one seen), as in R's binom.test.
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
