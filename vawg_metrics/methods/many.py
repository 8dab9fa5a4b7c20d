"""Many panels at once: how many would flag by chance alone, and which flags to believe."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from vawg_metrics.methods.chart import NEAR, SIGMAS
from vawg_metrics.methods.control import MOVING_RANGES, mean_moving_range
from vawg_metrics.methods.inputs import Flags, Floats, MethodError, fraction, frozen, numbers, series, single
from vawg_metrics.methods.signals import SEVEN, Sides, judged

FALSE_DISCOVERIES: Final = 0.1
DRAWS: Final = 10_000
# The means at which stable series are simulated; from 100 a Poisson count is as good as normal.
MEANS: Final = (5.0, 6.0, 7.0, 8.0, 10.0, 12.0, 15.0, 20.0, 30.0, 45.0, 70.0, 100.0)
LEAST_MEAN: Final = 5.0
LEAST_POINTS: Final = 8
_SEED: Final = 20_240_401


@dataclass(frozen=True, slots=True, eq=False)
class Believed:
    """Which of many p values to believe: `chosen` marks them, `adjusted` are the p values allowing for their number."""

    chosen: Flags
    adjusted: Floats
    rate: float


@dataclass(frozen=True, slots=True)
class ChanceOfFlag:
    """How often each rule flags the newest point of a stable series, as fractions; `any_rule` counts a point once."""

    outside: float
    trend: float
    two_of_three: float
    shift: float
    any_rule: float
    length: int
    mean: float


@dataclass(frozen=True, slots=True, eq=False)
class _Stable:
    """Simulated stable series of one length and mean: how far out their end points lie, and what flags there."""

    distances: Floats
    chance: ChanceOfFlag


def benjamini_hochberg(p: ArrayLike, rate: float = FALSE_DISCOVERIES) -> Believed:
    """The p values that can be believed while, on average, at most `rate` of those believed are chance.

    Arguments: `p`, numbers from 0 to 1, shape (panels,); `rate`, 0 to 1. Equal p values are treated alike, and the
    order of the panels does not matter. Raises MethodError for p outside 0 to 1, missing numbers, a rate outside 0-1.
    Source: Benjamini and Hochberg 1995, JRSS B 57:289.
    """
    chance, aim = series("p", numbers("p", p, least=0, most=1)), fraction("rate", rate)
    order = np.argsort(chance, kind="stable")
    stepped = chance[order] * (chance.size / np.arange(1, chance.size + 1))
    adjusted = np.empty(chance.size)
    adjusted[order] = np.minimum(np.minimum.accumulate(stepped[::-1])[::-1], 1.0)
    return Believed(frozen(adjusted <= aim), frozen(adjusted), aim)


def newest_point_distance(values: ArrayLike) -> Floats:
    """How far the newest point lies from the mean of its series, in mean moving ranges, above positive.

    Arguments: `values`, shape (..., points), the newest last; moving ranges are screened once as in an XmR chart, so
    that a distance of 2.66 lies on its limit. Infinite, or not a number, where the mean moving range is 0.
    Raises MethodError for missing numbers and fewer than two points. Source: as for `xmr`.
    """
    x = numbers("values", values)
    if x.ndim == 0 or x.shape[-1] < 2:
        raise MethodError("values needs at least 2 points.")
    usual = mean_moving_range(np.abs(np.diff(x, axis=-1)))
    with np.errstate(divide="ignore", invalid="ignore"):
        return (x[..., -1] - x.mean(axis=-1)) / usual


def newest_point_p(values: ArrayLike, draws: int = DRAWS) -> float:
    """The share of stable series of this length and mean whose newest point lies as far out as this one, two-sided.

    Arguments: `values`, one stretch of counts, the newest last, at least 8, of mean 5 or more, shape (points,);
    `draws`, simulated series. Deterministic: series are simulated once for each length and rounded mean, from a fixed
    seed. At least 1 / (2 draws + 1); 1 when the mean moving range is 0, for then nothing can be said.
    Raises MethodError for negative or missing numbers, fewer than 8 points, a mean below 5.
    Source: Monte Carlo p value (Davison and Hinkley 1997, section 4.2) of the distance used by an XmR chart.
    """
    x = series("values", values, shortest=LEAST_POINTS, least=0)
    return distance_p(abs(float(newest_point_distance(x))), x.size, float(x.mean()), draws)


def distance_p(distance: float, length: int, mean: float, draws: int = DRAWS) -> float:
    """The share of stable series of this length and mean count whose newest point lies as far out or further.

    Arguments: `distance`, as of `newest_point_distance`, its sign left out; `length`, points, at least 8; `mean`, the
    mean count, at least 5 (of a share: of its numerator); `draws`, simulated series.
    Returns a fraction, at least 1 / (2 draws + 1); 1 for a distance that is infinite or not a number.
    Raises MethodError for shorter series and smaller means. Source: as for `newest_point_p`.
    """
    if length < LEAST_POINTS:
        raise MethodError(f"length must be at least {LEAST_POINTS}.")
    if not np.isfinite(distance):
        return 1.0
    stable = _stable(int(length), rounded_mean(mean), draws)
    as_far = stable.distances.size - np.searchsorted(stable.distances, distance - 1e-9)
    return float(1 + as_far) / (1 + stable.distances.size)


def chance_of_flag(length: int, mean: float, draws: int = DRAWS) -> ChanceOfFlag:
    """How often each rule would flag the newest point of a stable series of this length and mean.

    Arguments: `length`, points, at least 8; `mean` count, at least 5; `draws`, simulated series.
    The sum of `any_rule` over the panels shown is how many would flag by chance alone.
    Raises MethodError for shorter series and smaller means. Source: simulation by the rules themselves.
    """
    if length < LEAST_POINTS:
        raise MethodError(f"length must be at least {LEAST_POINTS}.")
    return _stable(int(length), rounded_mean(mean), draws).chance


def rounded_mean(mean: float) -> float:
    """The nearest of the means at which stable series are simulated, on a logarithmic scale; 100 for all above.

    Raises MethodError for a mean below 5, where no XmR chart is drawn. Source: none; a choice of grid.
    """
    found = single("mean", mean, least=LEAST_MEAN)
    return min(MEANS, key=lambda known: abs(np.log(known / found)))


@lru_cache(maxsize=256)
def _stable(length: int, mean: float, draws: int) -> _Stable:
    """Series of independent Poisson counts. Read backwards they are as stable, so each gives two newest points."""
    if draws < 100:
        raise MethodError("draws must be at least 100.")
    counts = np.random.default_rng([_SEED, length, int(mean)]).poisson(mean, size=(draws, length)).astype(np.float64)
    usual = np.tile(mean_moving_range(np.abs(np.diff(counts, axis=-1))), 2)
    ends = np.concatenate((counts[:, -SEVEN:], counts[:, SEVEN - 1 :: -1]))
    centre = np.tile(counts.mean(axis=-1), 2)
    varies = usual > 0
    flags = [(said[:, -1] != 0) & varies for said in _judged_ends(ends, centre, usual)]
    outside, trend, close, shift, any_rule = (float(flag.mean()) for flag in (*flags, np.any(flags, axis=0)))
    chance = ChanceOfFlag(outside, trend, close, shift, any_rule, length, mean)
    distances = np.abs(ends[varies, -1] - centre[varies]) / usual[varies]
    return _Stable(frozen(np.sort(distances)), chance)


def _judged_ends(ends: Floats, centre: Floats, usual: Floats) -> tuple[Sides, ...]:
    """The rules on the last seven points of many series: no rule asks for more to judge the newest one."""
    middle, sigma = centre[:, None], MOVING_RANGES * usual[:, None] / SIGMAS
    limits = (middle - SIGMAS * sigma, middle + SIGMAS * sigma)
    return judged(ends, middle, limits, (middle - NEAR * sigma, middle + NEAR * sigma))
