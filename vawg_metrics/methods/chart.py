"""A control chart as numbers: the points, their centre and limits, and which points set them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from vawg_metrics.methods.inputs import Flags, Floats, MethodError, Whole, frozen

# Limits lie three standard deviations out; the lines at two thirds of the way are the "near" ones.
SIGMAS: Final = 3.0
NEAR: Final = 2.0


@dataclass(frozen=True, slots=True)
class Baseline:
    """Which points set the centre and the limits: by default all of them, as one stretch.

    `breaks`: positions (0 = first point) at which a registered change starts a new stretch with limits of its own.
    `freeze`: only the first so many points of each stretch set its limits, which then hold for the rest of it.
    `exclude`: positions shown but left out of limits and of run rules, for a cause that is known.
    """

    breaks: tuple[int, ...] = ()
    freeze: int | None = None
    exclude: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A control chart: arrays of shape (points,), in the unit of the measure, read-only.

    `near_lower` and `near_upper` lie at two thirds of the way from the centre to the limits. `stretch` numbers the
    stretches between registered changes from 0; `sets_limits` marks the points that set them; `included` is False
    for points left out. A moving-range chart and a run chart hold NaN where they have no number.
    """

    kind: str
    values: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    stretch: Whole
    sets_limits: Flags
    included: Flags

    @property
    def has_width(self) -> bool:
        """Whether the limits lie apart everywhere: a chart without width must not be shown or judged."""
        return bool((self.upper > self.lower).all())

    def stretches(self) -> Iterator[slice]:
        """The stretches between registered changes, in order."""
        starts = np.flatnonzero(np.diff(self.stretch, prepend=-1)).tolist()
        yield from (slice(start, end) for start, end in zip(starts, [*starts[1:], self.stretch.size], strict=True))


@dataclass(frozen=True, slots=True)
class Spread:
    """Centre and standard deviation of one stretch, shape (points of the stretch,)."""

    centre: Floats
    sigma: Floats


# Of a stretch: which points it has, and which of them (within the stretch) set the limits.
SpreadOf = Callable[[slice, Flags], Spread]


def drawn(
    kind: str,
    values: Floats,
    baseline: Baseline,
    spread_of: SpreadOf,
    *,
    floor: float | None = None,
    ceiling: float | None = None,
) -> Chart:
    """The chart of `values` with limits three standard deviations either side, kept within floor and ceiling."""
    stretch, sets_limits, included = _stretches(values.size, baseline)
    centre, sigma = np.empty(values.size), np.empty(values.size)
    for part in _parts(stretch):
        found = spread_of(part, sets_limits[part])
        centre[part], sigma[part] = found.centre, found.sigma

    def line(sigmas: float) -> Floats:
        return frozen(np.clip(centre + sigmas * sigma, floor, ceiling))

    return Chart(
        kind,
        frozen(values),
        frozen(centre),
        line(-SIGMAS),
        line(SIGMAS),
        line(-NEAR),
        line(NEAR),
        frozen(stretch),
        frozen(sets_limits),
        frozen(included),
    )


def _stretches(points: int, baseline: Baseline) -> tuple[Whole, Flags, Flags]:
    breaks = sorted(set(baseline.breaks))
    if any(not 0 < position < points for position in breaks):
        raise MethodError(f"breaks must lie between 1 and {points - 1}: each is the first point after a change.")
    if any(not 0 <= position < points for position in baseline.exclude):
        raise MethodError(f"exclude must name points from 0 to {points - 1}.")
    if baseline.freeze is not None and baseline.freeze < 2:
        raise MethodError("freeze must be at least 2: one point sets no limits.")
    stretch = np.searchsorted(np.asarray(breaks, dtype=np.int64), np.arange(points), side="right").astype(np.int64)
    included = np.ones(points, dtype=np.bool_)
    included[list(baseline.exclude)] = False
    sets_limits = included.copy()
    for part in _parts(stretch):
        if baseline.freeze is not None:
            sets_limits[part][baseline.freeze :] = False
        if not sets_limits[part].any():
            raise MethodError("exclude leaves a stretch without a point to set its limits.")
    return stretch, sets_limits, included


def _parts(stretch: Whole) -> Iterator[slice]:
    for number in range(int(stretch[-1]) + 1):
        where = np.flatnonzero(stretch == number)
        yield slice(int(where[0]), int(where[-1]) + 1)
