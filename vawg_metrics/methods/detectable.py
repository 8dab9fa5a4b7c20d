"""The smallest change between two periods that the exact test could have seen."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from vawg_metrics.methods.binomial import at_least, at_most
from vawg_metrics.methods.inputs import Floats, fraction, numbers, single

POWER: Final = 0.8
ALPHA: Final = 0.05
# In normal deviates: power is met to about three decimal places.
ACCURACY: Final = 0.001
MOST_STEPS: Final = 50


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
