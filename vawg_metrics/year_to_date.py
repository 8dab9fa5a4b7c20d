"""The financial year to date beside the same months a year before: sums first, division last, never from gaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

from vawg_metrics.areas import UNPLACED, Area
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.figure import Figure
from vawg_metrics.methods.intervals import wilson
from vawg_metrics.methods.rates import rate
from vawg_metrics.periods import MONTHS_IN, Period, month_number, month_text, shifted
from vawg_metrics.progress import Change, change_between
from vawg_metrics.publication import grains_of
from vawg_metrics.release import Release, totals_of

GRAIN: Final = "year_to_date"
APRIL: Final = 3
Standing = Literal["", "not_summed", "unplaced", "unknown", "gap", "change", "join", "unsettled", "not_tested"]


@dataclass(frozen=True, slots=True)
class YearToDate:
    """April to the newest month held, and the same months a year before; `change` is the test of the two.

    Numerators are sums of the months, denominators sums too, or of people the estimate of the last month. A rate is
    of the months counted and not of a year; limits are at 95 %, by the formula of the measure. `obstacle` says why
    there is no figure or no test, `lacking` which months or quarters stand in the way. Across a break nothing is
    tested, and a span that a break lies in has no figure.
    """

    after: Figure | None
    before: Figure | None
    change: Change | None
    obstacle: Standing = ""
    lacking: tuple[Figure, ...] = ()


def year_to_date(release: Release, indicator: Indicator, area: Area, end: str = "") -> YearToDate:
    """The year to date of a place, to the newest whole month or quarter that is known, or to the last before `end`."""
    grain = next((one for one in ("month", "quarter") if indicator.collected and one in grains_of(indicator)), "")
    if not grain or not _summed(indicator):
        return YearToDate(None, None, None, "not_summed")
    if area == UNPLACED:
        return YearToDate(None, None, None, "unplaced")
    held = totals_of(release, indicator.id, area.code).get(grain, ())
    known = [one for one in held if one.settled and one.period and (not end or one.period.end <= end)]
    if not known or known[-1].period is None:
        return YearToDate(None, None, None, "unknown")
    last = known[-1].period.end
    period = Period(financial_start(last), last)
    earlier = Period(shifted(period.start, -12), shifted(period.end, -12))
    parts = {one: _parts(held, grain, one) for one in (earlier, period)}
    if lacking := tuple(one for own in parts.values() for one in own if not one.settled):
        return YearToDate(None, None, None, "gap", lacking)
    parting = partial(release.catalogue.parts_between, indicator)
    before, after = (None if parting(one.start, one.end) else _sum(indicator, own, one) for one, own in parts.items())
    parted = parting(earlier.start, last)
    if parted or before is None or after is None:
        return YearToDate(after, before, None, parted)
    if indicator.mature_after_months and after.marker == "provisional":
        return YearToDate(after, before, None, "unsettled")
    valued = before.value is not None and after.value is not None
    change = change_between(indicator, before, after) if valued else None
    return YearToDate(after, before, change, "" if change else "not_tested")


def financial_start(month: str) -> str:
    """The April in which the financial year of a month begins."""
    number = month_number(month)
    return month_text(number - (number % 12 - APRIL) % 12)


def _summed(indicator: Indicator) -> bool:
    """Whether the months of a measure may be added up in the open: flows that their publisher gives by month."""
    numerator, denominator = indicator.numerator, indicator.denominator
    if numerator is None or numerator.over_time != "sum" or indicator.disclosure != "published":
        return False
    return denominator is None or denominator.over_time in ("sum", "carried")


def _parts(held: Sequence[Figure], grain: str, span: Period) -> tuple[Figure, ...]:
    """The months or quarters of a span, one after the other; one that is not held is a figure without a number."""
    at, step = {one.period: one for one in held}, MONTHS_IN[grain]
    periods = [Period.ending(shifted(span.start, end - 1), step) for end in range(step, span.months + 1, step)]
    area = held[0].area
    return tuple(
        at.get(one) or Figure("", area, grain, one, "", "", None, None, None, "missing", "not held here", "")
        for one in periods
    )


def _sum(indicator: Indicator, parts: Sequence[Figure], period: Period) -> Figure:
    """The months of a span as one figure, with its limits."""
    numerator = sum(one.numerator or 0 for one in parts)
    denominator = None
    if indicator.denominator:
        below = [one.denominator or 0 for one in parts]
        denominator = below[-1] if indicator.denominator.over_time == "carried" else sum(below)
    value = (
        float(numerator) if denominator is None else indicator.per * numerator / denominator if denominator else None
    )
    marker = "provisional" if any(one.marker == "provisional" for one in parts) else ""
    return Figure(
        indicator.id, parts[0].area, GRAIN, period, "", "", numerator, denominator, value, marker, "",
        parts[-1].denominator_period, *_limits(indicator, numerator, denominator, value),
    )  # fmt: skip


def _limits(
    indicator: Indicator, numerator: int, denominator: int | None, value: float | None
) -> tuple[float | None, float | None, str]:
    """The 95 % limits of a figure and their formula, as publication gives them to any other."""
    per = indicator.per if indicator.denominator else 1
    by, whole = indicator.limits_by, denominator or 1
    if value is None or numerator < 0 or by == "none" or (by == "wilson" and numerator > whole):
        return None, None, ""
    found = wilson(numerator, whole) if by == "wilson" else rate(numerator, whole, per=1.0)
    return min(float(found.lower) * per, value), max(float(found.upper) * per, value), str(found.method)
