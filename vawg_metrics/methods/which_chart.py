"""Which chart a series may have, if any, and how far it may be believed: the rules, with their reason in words."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike

from vawg_metrics.methods.chart import Chart
from vawg_metrics.methods.control import mean_moving_range
from vawg_metrics.methods.inputs import MethodError, series

LEAST_MEAN: Final = 5
LEAST_POINTS: Final = 8
FIRM_POINTS: Final = 13
NO_VARIATION: Final = "the points hardly differ from one to the next, so usual variation cannot be measured"

Form = Literal["as declared", "quarters", "rare", "none"]
Grain = Literal["month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class Advice:
    """What may be drawn and said.

    `form`: the chart the measure declares (XmR unless it says otherwise); the same events by quarter; a G or T chart
    of the gaps between events; or no control chart. `limits`: whether limits may be shown. `verdict`: whether points
    may be judged. `provisional`: whether limits rest on few points. `reason`: one sentence without an end stop, empty
    when nothing needs saying.
    """

    form: Form
    limits: bool
    verdict: bool
    provisional: bool
    reason: str


def which_chart(values: ArrayLike, *, grain: Grain = "month", counts: bool = True, rolling: bool = False) -> Advice:
    """The chart that a series may have.

    Arguments: `values`, the stretch since the last registered change or gap, in order, shape (points,); `grain` of
    the points; `counts`, whether they are counts of events (then they are 0 or more and their mean must be 5);
    `rolling`, whether points are sums that share months.
    Raises MethodError for missing numbers, negative counts, and an unknown grain.
    Source: NHS Making Data Count (points needed); Montgomery, section 7.3 (small counts); the rules of this project.
    """
    x = series("values", values, least=0 if counts else None)
    if grain not in ("month", "quarter", "year"):
        raise MethodError(f"grain must be month, quarter or year: not {grain!r}.")
    if rolling:
        return _no("none", "rolling sums share months, so a control chart of them would flag what is not there")
    if counts and x.mean() < LEAST_MEAN:
        few = f"fewer than {LEAST_MEAN} a {grain} on average"
        if grain == "month":
            return _no("quarters", f"{few}, so quarterly counts are judged instead")
        return _no("rare", f"{few}, so the time between events is judged instead")
    if x.size < LEAST_POINTS:
        return _no("as declared", f"usual variation needs at least {LEAST_POINTS} points and there {_are(x.size)}")
    if float(mean_moving_range(np.abs(np.diff(x)))) == 0:
        return _no("as declared", NO_VARIATION)
    return _firm(x.size)


def chart_advice(chart: Chart) -> Advice:
    """What may be shown and said of a chart already computed, whatever its kind: its newest stretch decides.

    Raises nothing. Source: NHS Making Data Count (points needed); the rules of this project.
    """
    newest = chart.stretch == chart.stretch[-1]
    points = int((chart.sets_limits & newest & np.isfinite(chart.values)).sum())
    if not np.isfinite(chart.lower[newest]).all():
        return _no("none", "a run chart has no limits: it is judged by its runs")
    if points < LEAST_POINTS:
        return _no("as declared", f"usual variation needs at least {LEAST_POINTS} points and there {_are(points)}")
    if not (chart.upper > chart.lower)[newest].all():
        return _no("as declared", NO_VARIATION)
    return _firm(points)


def floor_of(counts: bool) -> float | None:
    """The least value a limit may have: 0 for counts and rates, none for what can be negative.

    Raises nothing. Source: a count cannot be below 0.
    """
    return 0.0 if counts else None


def _firm(points: int) -> Advice:
    if points < FIRM_POINTS:
        return Advice("as declared", True, True, True, f"the range rests on {points} points and is provisional")
    return Advice("as declared", True, True, False, "")


def _no(form: Form, reason: str) -> Advice:
    return Advice(form, False, False, False, reason)


def _are(points: int) -> str:
    return "is 1" if points == 1 else f"are {points}"
