"""Charts of individual values: XmR, I', the moving range itself, and the run chart."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from vawg_metrics.methods.chart import SIGMAS, Baseline, Chart, Spread, drawn
from vawg_metrics.methods.inputs import Flags, Floats, MethodError, frozen, numbers, same_length, series

# Limits lie this many mean moving ranges from the mean: 3 / 1.128 rounded, as NHS Making Data Count does.
MOVING_RANGES: Final = 2.66
# The mean moving range of normal values is 1.128 standard deviations (Montgomery, appendix VI, d2 for n = 2).
D2: Final = 1.128
# A moving range above this many mean moving ranges is beyond its own upper limit (D4 for n = 2).
D4: Final = 3.267
WHOLE_SERIES: Final = Baseline()


def moving_ranges(values: ArrayLike) -> Floats:
    """Absolute differences of neighbouring points along the last axis: shape (..., points) gives (..., points - 1).

    Raises MethodError for missing numbers and for fewer than two points. Source: Montgomery, section 6.4.
    """
    found = numbers("values", values)
    if found.ndim == 0 or found.shape[-1] < 2:
        raise MethodError("values needs at least 2 points for a moving range.")
    return np.abs(np.diff(found, axis=-1))


def mean_moving_range(ranges: Floats, counted: Flags | None = None, *, screen: bool = True) -> Floats:
    """The mean of moving ranges along the last axis, those at or above 3.267 times the mean left out once.

    Arguments: `ranges`, shape (..., ranges); `counted`, which of them count, same shape or (ranges,); `screen`,
    whether to leave out the large ones. Returns shape (...). It is 0 when every range left is 0: then there is no
    measure of usual variation and nothing may be judged.
    Raises MethodError when no range counts.
    Source: Nelson 1982, J. Quality Technology 14:172 (screening once); NHS Making Data Count.
    """
    use = np.ones(ranges.shape, dtype=np.bool_) if counted is None else np.broadcast_to(counted, ranges.shape)
    number = use.sum(axis=-1)
    if (number == 0).any():
        raise MethodError("values leave no two neighbouring points to measure usual variation with.")
    mean = np.where(use, ranges, 0.0).sum(axis=-1) / number
    if not screen:
        return mean
    kept = use & (ranges < D4 * mean[..., None])
    left = kept.sum(axis=-1)
    return np.where(left > 0, np.where(kept, ranges, 0.0).sum(axis=-1) / np.maximum(left, 1), 0.0)


def xmr(
    values: ArrayLike,
    baseline: Baseline = WHOLE_SERIES,
    *,
    screen: bool = True,
    floor: float | None = None,
    ceiling: float | None = None,
    moving_ranges_out: float = MOVING_RANGES,
) -> Chart:
    """An XmR chart (individual values): the mean, and limits 2.66 mean moving ranges either side.

    Arguments: `values` in order of time, shape (points,), in the unit of the measure; `baseline`, which points set
    the limits; `screen`, leave out moving ranges of 3.267 times their mean or more, once; `floor` and `ceiling`, the
    least and greatest value possible (0 for a count, 100 for per cent); `moving_ranges_out`, 2.66 (NHS) or 3 / 1.128
    (Montgomery).
    Moving ranges never cross a break, nor a point left out. Raises MethodError for missing numbers, fewer than two
    points in a stretch, or breaks outside the series.
    Source: Montgomery, Introduction to Statistical Quality Control, section 6.4; NHS Making Data Count.
    """
    x = series("values", values, shortest=2)

    def spread(part: slice, base: Flags) -> Spread:
        size = x[part].size
        usual = _usual_range(x[part], base, screen)
        return Spread(np.full(size, x[part][base].mean()), np.full(size, moving_ranges_out * usual / SIGMAS))

    return drawn("XmR", x, baseline, spread, floor=floor, ceiling=ceiling)


def i_prime(
    counts: ArrayLike, sizes: ArrayLike, baseline: Baseline = WHOLE_SERIES, *, per: float = 1.0, screen: bool = True
) -> Chart:
    """An I' chart: individual rates whose limits widen where the denominator is small.

    Arguments: `counts`, events or amounts, and `sizes`, denominators above 0, shape (points,); `per`, the rate's unit.
    Raises MethodError for missing numbers, sizes of 0 or less, rows of different lengths.
    Source: Taylor, Normalized individuals (I_N) chart: the standard deviation per unit of size is the mean of
    sqrt(pi / 2) |x_i - x_(i-1)| / sqrt(1 / n_i + 1 / n_(i-1)).
    """
    x, n = series("counts", counts, shortest=2), series("sizes", sizes, shortest=2, above=0)
    same_length(counts=x, sizes=n)
    y = x / n * per

    def spread(part: slice, base: Flags) -> Spread:
        size, value = n[part], y[part]
        scaled = np.sqrt(np.pi / 2) * np.abs(np.diff(value)) / np.sqrt(1 / size[1:] + 1 / size[:-1])
        sigma = mean_moving_range(scaled, base[1:] & base[:-1], screen=screen)
        centre = x[part][base].sum() / size[base].sum() * per
        return Spread(np.full(size.size, centre), sigma / np.sqrt(size))

    return drawn("I'", y, baseline, spread)


def moving_range_chart(values: ArrayLike, baseline: Baseline = WHOLE_SERIES) -> Chart:
    """The chart of the moving ranges themselves: their mean, and an upper limit of 3.267 means; lower limit 0.

    Arguments as for `xmr`. The first point of each stretch has no moving range (NaN) and is not included.
    Raises MethodError as `xmr` does. Source: Montgomery, section 6.4 (D4 for n = 2 is 3.267).
    """
    x = series("values", values, shortest=2)

    def spread(part: slice, base: Flags) -> Spread:
        size = x[part].size
        return Spread(np.full(size, _usual_range(x[part], base, screen=False)), np.zeros(size))

    frame = drawn("mR", x, baseline, spread)
    ranges = np.abs(np.diff(x, prepend=np.nan))
    ranges[[part.start for part in frame.stretches()]] = np.nan
    nothing = frozen(np.zeros(x.size))
    upper = D4 * frame.centre
    return Chart(
        "mR",
        frozen(ranges),
        frame.centre,
        nothing,
        frozen(upper),
        nothing,
        frozen(upper * 2 / 3),
        frame.stretch,
        frame.sets_limits,
        frozen(frame.included & ~np.isnan(ranges)),
    )


def run_chart(values: ArrayLike, baseline: Baseline = WHOLE_SERIES) -> Chart:
    """A run chart: points about their median, without limits (NaN); judged by the runs rules alone.

    Arguments as for `xmr`. Raises MethodError for missing numbers. Source: Anhøj and Olesen 2014, PLoS ONE 9:e113825.
    """
    x = series("values", values)

    def spread(part: slice, base: Flags) -> Spread:
        size = x[part].size
        return Spread(np.full(size, np.median(x[part][base])), np.full(size, np.nan))

    return drawn("run", x, baseline, spread)


def _usual_range(values: Floats, base: Flags, screen: bool) -> float:
    if values.size < 2:
        raise MethodError("a stretch between breaks needs at least 2 points to have limits.")
    return float(mean_moving_range(np.abs(np.diff(values)), base[1:] & base[:-1], screen=screen))
