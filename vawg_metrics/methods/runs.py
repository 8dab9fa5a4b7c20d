"""Anhøj's runs rules: whether points cluster about their centre more than chance would have them."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from vawg_metrics.methods.binomial import at_most
from vawg_metrics.methods.chart import Chart
from vawg_metrics.methods.inputs import MethodError, same_length, series

# Below this many points off the centre the rules have no useful power (Anhøj and Olesen 2014).
LEAST_USEFUL: Final = 10
CROSSING_CHANCE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs about a centre: points off it, the longest run and its limit, crossings and their limit, and the verdict.

    `signal` is always False when there are fewer than 10 useful points; `enough` then is False too.
    """

    points: int
    useful: int
    longest: int
    longest_allowed: int
    crossings: int
    crossings_needed: int
    enough: bool
    signal: bool


def longest_allowed(useful: int) -> int:
    """The longest run that chance explains among `useful` points: log2 rounded, plus 3.

    Raises MethodError for fewer than one point. Source: Schilling 2012; Anhøj and Olesen 2014, PLoS ONE 9:e113825.
    """
    if useful < 1:
        raise MethodError("useful must be at least 1.")
    return round(float(np.log2(useful))) + 3


def crossings_needed(useful: int) -> int:
    """The fewest crossings of the centre that chance explains: the 5 % point of a binomial(useful - 1, 1/2).

    Raises MethodError for fewer than one point. Source: Chen 2010, Anhøj and Olesen 2014, PLoS ONE 9:e113825.
    """
    if useful < 1:
        raise MethodError("useful must be at least 1.")
    chances = at_most(np.arange(useful, dtype=np.float64), useful - 1.0, 0.5)
    return int(np.argmax(chances >= CROSSING_CHANCE))


def runs(values: ArrayLike, centre: ArrayLike) -> Runs:
    """Runs of points about a centre; points on the centre count in neither direction.

    Arguments: `values` in order of time, shape (points,); `centre`, one number or one for each point.
    Raises MethodError for missing numbers and different lengths.
    Source: Anhøj and Olesen 2014, PLoS ONE 9:e113825; Anhøj 2015, PLoS ONE 10:e0121349.
    """
    x = series("values", values)
    middle = np.asarray(centre, dtype=np.float64)
    middle = series("centre", np.broadcast_to(middle, x.shape) if middle.ndim == 0 else middle)
    same_length(values=x, centre=middle)
    side = np.sign(x - middle)
    side = side[side != 0]
    if side.size == 0:
        return Runs(x.size, 0, 0, 0, 0, 0, enough=False, signal=False)
    changes = np.flatnonzero(np.diff(side))
    edges = np.concatenate(([-1], changes, [side.size - 1]))
    longest, crossings = int(np.diff(edges).max()), int(changes.size)
    most, least = longest_allowed(side.size), crossings_needed(side.size)
    enough = side.size >= LEAST_USEFUL
    return Runs(
        x.size, side.size, longest, most, crossings, least, enough, enough and (longest > most or crossings < least)
    )


def runs_of(chart: Chart) -> tuple[Runs, ...]:
    """The runs of each stretch of a chart, in order; points left out are passed over.

    Raises MethodError as `runs` does. Source: as for `runs`.
    """
    parts = ((part, chart.included[part]) for part in chart.stretches())
    return tuple(runs(chart.values[part][counted], chart.centre[part][counted]) for part, counted in parts)
