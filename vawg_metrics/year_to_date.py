"""The financial year to date beside the same months a year before: sums first, division last, never from gaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from vawg_metrics.areas import UNPLACED, Area
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.figure import Figure
from vawg_metrics.periods import MONTHS_IN, Period, month_number, month_text, shifted
from vawg_metrics.progress import Change, change_between
from vawg_metrics.publication import grains_of
from vawg_metrics.release import Release, totals_of

GRAIN: Final = "year_to_date"
APRIL: Final = 3
Standing = Literal["", "not_summed", "unplaced", "unknown", "gap", "break", "unsettled", "not_tested"]


@dataclass(frozen=True, slots=True)
class YearToDate:
    """April to the newest month held, and the same months a year before; `change` is the test of the two.

    Numerators are sums of the months, denominators sums too, or of people the estimate of the last month. A rate is
    of the months counted and not of a year. `obstacle` says why there is no figure or no test, `lacking` which period
    stands in the way.
    """

    after: Figure | None
    before: Figure | None
    change: Change | None
    obstacle: Standing = ""
    lacking: Figure | None = None


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
    for one in (earlier, period):
        if lacking := _lacking(held, grain, one):
            return YearToDate(None, None, None, "gap", lacking if lacking.period else None)
    after, before = _sum(indicator, held, period), _sum(indicator, held, earlier)
    if any(earlier.start < month <= last for month in release.catalogue.breaks_for(indicator)):
        return YearToDate(after, before, None, "break")
    if indicator.mature_after_months and after.marker == "provisional":
        return YearToDate(after, before, None, "unsettled")
    change = change_between(indicator, before, after)
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


def _within(held: Sequence[Figure], period: Period) -> list[Figure]:
    return [one for one in held if one.period and period.start <= one.period.start and one.period.end <= period.end]


def _lacking(held: Sequence[Figure], grain: str, period: Period) -> Figure | None:
    """The first period in a span that is unknown or incomplete; a figure without a period where one is not held."""
    inside = _within(held, period)
    broken = next((one for one in inside if not one.settled), None)
    if broken is None and len(inside) * MONTHS_IN[grain] != period.months:
        return Figure("", UNPLACED, grain, None, "", "", None, None, None, "missing", "", "")
    return broken


def _sum(indicator: Indicator, held: Sequence[Figure], period: Period) -> Figure:
    """The months of a span as one figure."""
    inside = _within(held, period)
    numerator = sum(one.numerator or 0 for one in inside)
    denominator = None
    if indicator.denominator:
        parts = [one.denominator or 0 for one in inside]
        denominator = parts[-1] if indicator.denominator.over_time == "carried" else sum(parts)
    value = (
        float(numerator) if denominator is None else indicator.per * numerator / denominator if denominator else None
    )
    marker = "provisional" if any(one.marker == "provisional" for one in inside) else ""
    first = inside[0]
    return Figure(
        indicator.id, first.area, GRAIN, period, "", "", numerator, denominator, value, marker, "",
        inside[-1].denominator_period,
    )  # fmt: skip
