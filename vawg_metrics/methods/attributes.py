"""Charts of counts, rates and proportions: c, u, p, and Laney's u' and p' for large denominators."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from vawg_metrics.methods.chart import Baseline, Chart, Spread, drawn
from vawg_metrics.methods.control import D2, mean_moving_range
from vawg_metrics.methods.inputs import Flags, Floats, MethodError, same_length, series, single

WHOLE_SERIES: Final = Baseline()


def c_chart(counts: ArrayLike, baseline: Baseline = WHOLE_SERIES) -> Chart:
    """A c chart: counts with the same chance each period; limits mean -/+ 3 sqrt(mean), never below 0.

    Arguments: `counts`, events by period, shape (points,), 0 or more; `baseline`, which points set the limits.
    Raises MethodError for negative or missing numbers. Source: Montgomery, section 7.3.
    """
    x = series("counts", counts, least=0)

    def spread(part: slice, base: Flags) -> Spread:
        size, mean = x[part].size, x[part][base].mean()
        return Spread(np.full(size, mean), np.full(size, np.sqrt(mean)))

    return drawn("c", x, baseline, spread, floor=0)


def u_chart(
    counts: ArrayLike,
    sizes: ArrayLike,
    baseline: Baseline = WHOLE_SERIES,
    *,
    per: float = 1.0,
    laney: bool = False,
    screen: bool = True,
) -> Chart:
    """A u chart: events over a varying exposure; with `laney`, u', whose limits follow the variation seen.

    Arguments: `counts`, events, 0 or more, and `sizes`, exposure above 0, shape (points,); `per`, the rate's unit;
    `screen`, for u', leave out large moving ranges once. Limits are never below 0.
    Raises MethodError for negative or missing numbers, sizes of 0, rows of different lengths.
    Source: Montgomery, section 7.3.2: rate -/+ 3 sqrt(rate / size); Laney 2002, Quality Engineering 14:531.
    """
    x, n = _counted(counts, sizes)
    scale = single("per", per, above=0)

    def spread(part: slice, base: Flags) -> Spread:
        size = n[part]
        centre = x[part][base].sum() / size[base].sum()
        sigma = np.sqrt(centre / size)
        wider = _laney(x[part] / size, centre, sigma, base, screen) if laney else 1.0
        return Spread(np.full(size.size, centre * scale), sigma * wider * scale)

    return drawn("u'" if laney else "u", x / n * scale, baseline, spread, floor=0)


def p_chart(
    numerators: ArrayLike,
    denominators: ArrayLike,
    baseline: Baseline = WHOLE_SERIES,
    *,
    laney: bool = False,
    screen: bool = True,
) -> Chart:
    """A p chart: proportions of a varying denominator; with `laney`, p', whose limits follow the variation seen.

    Arguments: `numerators`, cases, 0 or more, and `denominators`, above 0 and not below them, shape (points,).
    Returns fractions; limits are kept within 0 to 1.
    Raises MethodError for negative or missing numbers, zero denominators, numerators above them, different lengths.
    Source: Montgomery, section 7.2: p -/+ 3 sqrt(p (1 - p) / n); Laney 2002, Quality Engineering 14:531.
    """
    x = series("numerators", numerators, least=0)
    n = series("denominators", denominators, above=0)
    same_length(numerators=x, denominators=n)
    if (x > n).any():
        raise MethodError("numerators must not be above denominators.")

    def spread(part: slice, base: Flags) -> Spread:
        size = n[part]
        centre = x[part][base].sum() / size[base].sum()
        sigma = np.sqrt(centre * (1 - centre) / size)
        wider = _laney(x[part] / size, centre, sigma, base, screen) if laney else 1.0
        return Spread(np.full(size.size, centre), sigma * wider)

    return drawn("p'" if laney else "p", x / n, baseline, spread, floor=0, ceiling=1)


def _counted(counts: ArrayLike, sizes: ArrayLike) -> tuple[Floats, Floats]:
    x, n = series("counts", counts, least=0), series("sizes", sizes, above=0)
    same_length(counts=x, sizes=n)
    return x, n


def _laney(values: Floats, centre: float, sigma: Floats, base: Flags, screen: bool) -> float:
    """How much wider than its formula the chart's points really spread: sigma z, from moving ranges of z scores."""
    if values.size < 2 or (sigma == 0).any():
        raise MethodError("counts must vary over at least 2 points in each stretch for a Laney chart.")
    z = (values - centre) / sigma
    return float(mean_moving_range(np.abs(np.diff(z)), base[1:] & base[:-1], screen=screen)) / D2
