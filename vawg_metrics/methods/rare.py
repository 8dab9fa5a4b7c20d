"""Charts for rare events: G for how many went well between two events, T for the time between them."""

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from vawg_metrics.methods.chart import Baseline, Chart, Spread, drawn
from vawg_metrics.methods.control import D2, xmr
from vawg_metrics.methods.inputs import Flags, frozen, series

WHOLE_SERIES: Final = Baseline()
# Times between events of a Poisson process are nearly normal at this root (Nelson 1994).
ROOT: Final = 3.6
LINES: Final = ("centre", "lower", "upper", "near_lower", "near_upper")


def g_chart(gaps: ArrayLike, baseline: Baseline = WHOLE_SERIES) -> Chart:
    """A G chart: the number of cases between two rare events; a high point is a long time without one.

    Arguments: `gaps`, whole numbers of 0 or more, in order, shape (points,). The centre is the median, so that run
    rules have their chances; limits are mean -/+ 3 sqrt(mean (mean + 1)), never below 0.
    Raises MethodError for negative, missing or fractional numbers.
    Source: Benneyan 2001, Health Care Management Science 4:305; Provost and Murray, The Health Care Data Guide.
    """
    x = series("gaps", gaps, least=0, whole=True)

    def spread(part: slice, base: Flags) -> Spread:
        size, mean = x[part].size, x[part][base].mean()
        return Spread(np.full(size, mean), np.full(size, np.sqrt(mean * (mean + 1))))

    frame = drawn("G", x, baseline, spread, floor=0)
    centre = np.empty(x.size)
    for part in frame.stretches():
        centre[part] = np.median(x[part][frame.sets_limits[part]])
    return replace(frame, centre=frozen(centre))


def t_chart(times: ArrayLike, baseline: Baseline = WHOLE_SERIES, *, screen: bool = True) -> Chart:
    """A T chart: the time between two rare events; a low point means they come closer together.

    Arguments: `times` above 0, in any unit, in order, shape (points,): XmR limits of times to the power 1/3.6, turned
    back; the lower limit is never below 0. `screen` as for `xmr`.
    Raises MethodError for times of 0 or less, missing numbers, fewer than two points in a stretch.
    Source: Nelson 1994, J. Quality Technology 26:239; Montgomery, section 7.3.5.
    """
    x = series("times", times, shortest=2, above=0)
    root = xmr(x ** (1 / ROOT), baseline, screen=screen, floor=0, moving_ranges_out=3 / D2)
    lines = {name: frozen(getattr(root, name) ** ROOT) for name in LINES}
    return replace(root, kind="T", values=frozen(x), **lines)
