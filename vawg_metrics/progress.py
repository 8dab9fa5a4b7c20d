"""Change since the baseline and the trend of five years, each with its test, or with what stands in the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from vawg_metrics.areas import UNPLACED
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.catalogue.registers import RecordingChange
from vawg_metrics.figure import Figure
from vawg_metrics.methods.change import LEAST_BASE, rate_ratio
from vawg_metrics.methods.detectable import DetectableChange, smallest_detectable_change
from vawg_metrics.methods.intervals import newcombe
from vawg_metrics.methods.trend import PERIODS, Trend, proportion_trend, rate_trend
from vawg_metrics.periods import Period, month_number
from vawg_metrics.release import Release, totals_of

LEVEL: Final = 0.05
Verdict = Literal["higher", "lower", "untold"]
Obstacle = Literal[
    "",
    "edition",
    "no_headline",
    "history",
    "unknown",
    "before_series",
    "change",
    "overlap",
    "between",
    "join",
    "not_tested",
    "unplaced",
    "is_baseline",
    "unsettled",
]


@dataclass(frozen=True, slots=True)
class Change:
    """One period after another, tested: a rate ratio, or a difference of shares in percentage points.

    `percent` is the change of the rate in per cent of its base, None under a base of 20; `seen` the smallest rise and
    fall that the test would have seen with a power of 80 %, None for shares and after nothing.
    """

    verdict: Verdict
    estimate: float
    lower: float
    upper: float
    p: float | None
    percent: float | None
    seen: DetectableChange | None
    method: str


@dataclass(frozen=True, slots=True)
class Progress:
    """The headline against the baseline, or against the first full year after a recording change.

    `before` is the earlier figure and `change` its test; `obstacle` says why there is no test, `blocking` which figure
    stands in the way. `parted` is the recording change that cuts the baseline off.
    """

    before: Figure | None = None
    change: Change | None = None
    parted: RecordingChange | None = None
    obstacle: Obstacle = ""
    blocking: Figure | None = None


@dataclass(frozen=True, slots=True)
class FiveYears:
    """The trend of five years one after the other, of the figures it is taken from."""

    trend: Trend
    figures: tuple[Figure, ...]


def progress_of(release: Release, indicator: Indicator, headline: Figure | None) -> Progress:
    """The headline's change since the baseline, or since the first full year that nothing parts from it."""
    if headline is None:
        return Progress(obstacle="no_headline")
    if headline.period is None:
        return Progress(obstacle="edition")
    if headline.area == UNPLACED:
        return Progress(obstacle="unplaced")  # its size is the failure of other places' recording
    baseline = release.catalogue.strategy.baseline
    if headline.period.end < baseline.start:
        return Progress(obstacle="history")
    held = totals_of(release, indicator.id, headline.area.code)[headline.grain]
    parted = _parting(release, indicator, baseline, headline.period)
    whole = [one for one in held if one.known and one.marker in ("", "revised")]
    if parted:
        after = [one for one in whole if one.period and one.period.start > parted.month]
        after = [one for one in after if one.period and one.period.end < headline.period.end]
        if not after and not any(one.known and one.period and one.period.end < headline.period.end for one in held):
            return Progress(obstacle="before_series")  # nothing earlier is held at all
        if not after:
            return Progress(parted=parted, obstacle="change")
        return _tested(release, indicator, after[0], headline, held, parted)
    before = _baseline_figure(held, headline, baseline)
    if before is None:
        return Progress(obstacle="before_series")
    if before.period and before.period.end >= headline.period.end:
        return Progress(obstacle="is_baseline")
    if before not in whole:
        return Progress(obstacle="unknown", blocking=before)
    return _tested(release, indicator, before, headline, held, None)


def change_since(release: Release, indicator: Indicator, headline: Figure | None, since: Period) -> Progress:
    """The headline against an earlier period of its own kind, chosen by the reader: tested like the baseline's."""
    if headline is None or headline.period is None or not headline.known:
        return Progress(obstacle="no_headline")
    if headline.area == UNPLACED:
        return Progress(obstacle="unplaced")
    held = totals_of(release, indicator.id, headline.area.code).get(headline.grain, ())
    before = next((one for one in held if one.period == since), None)
    if before is None:
        return Progress(obstacle="before_series")
    if not before.known or before.marker not in ("", "revised"):
        return Progress(obstacle="unknown", blocking=before)
    return _tested(release, indicator, before, headline, held, None)


def _baseline_figure(held: Sequence[Figure], headline: Figure, baseline: Period) -> Figure | None:
    """The baseline year itself where twelve months of any kind are held; else the like year that ends in it."""
    if headline.grain == "rolling12":
        return next((one for one in held if one.period == baseline), None)
    month = headline.period.end[5:] if headline.period else ""
    like = [one for one in held if one.period and baseline.start <= one.period.end <= baseline.end]
    return next((one for one in reversed(like) if one.period and one.period.end[5:] == month), None)


def five_years(release: Release, indicator: Indicator, headline: Figure | None) -> FiveYears | None:
    """The trend of the five years up to the newest whole one; None where five do not stand unbroken in a row."""
    if headline is None or headline.period is None or indicator.limits_by == "none" or headline.area == UNPLACED:
        return None
    held = totals_of(release, indicator.id, headline.area.code).get("year", ())
    years = [one for one in held if _mature(indicator, one) and one.period and one.period.end <= headline.period.end]
    if not years or years[-1].period is None:
        return None
    month = years[-1].period.end[5:]
    row = [one for one in years if one.period and one.period.end[5:] == month][-PERIODS:]
    if len(row) < PERIODS or not _unbroken(release, indicator, row):
        return None
    if any((one.numerator or 0) < 0 or (indicator.share and (one.value or 0) > indicator.per) for one in row):
        return None
    counts = [one.numerator or 0 for one in row]
    sizes = [one.denominator or 1 for one in row]
    trend = proportion_trend(counts, sizes) if indicator.share else rate_trend(counts, sizes)
    return FiveYears(trend, tuple(row))


def change_between(indicator: Indicator, before: Figure, after: Figure) -> Change | None:
    """Two whole figures of one place compared by the test of their measure; None where it has none.

    Rates and counts by the exact conditional test at 5 % and its limits, shares by Newcombe's limits at 95 %: the
    verdict is `untold` where chance explains the difference.
    """
    if indicator.limits_by == "none" or before.numerator is None or after.numerator is None:
        return None
    if before.numerator < 0 or after.numerator < 0:
        return None
    if indicator.limits_by == "wilson":
        return _shares(before, after)
    exposures = (float(before.denominator or 1), float(after.denominator or 1))
    found = rate_ratio(before.numerator, after.numerator, *exposures)
    ratio, lower, upper, p = (float(one) for one in (found.ratio, found.lower, found.upper, found.p))
    told = p < LEVEL and not lower <= 1 <= upper  # the two are different exact methods, and a claim needs both
    verdict: Verdict = "untold" if not told else "higher" if ratio > 1 else "lower"
    percent = (ratio - 1) * 100 if before.numerator >= LEAST_BASE else None
    seen = smallest_detectable_change(before.numerator) if before.numerator else None
    return Change(verdict, ratio, lower, upper, p, percent, seen, found.method)


def _shares(before: Figure, after: Figure) -> Change | None:
    if not before.denominator or not after.denominator:
        return None
    if before.numerator is None or after.numerator is None:
        return None
    if before.numerator > before.denominator or after.numerator > after.denominator:
        return None
    found = newcombe(after.numerator, after.denominator, before.numerator, before.denominator)
    points, lower, upper = (float(one) * 100 for one in (found.estimate, found.lower, found.upper))
    verdict: Verdict = "higher" if lower > 0 else "lower" if upper < 0 else "untold"
    return Change(verdict, points, lower, upper, None, None, None, str(found.method))


def _tested(
    release: Release,
    indicator: Indicator,
    before: Figure,
    headline: Figure,
    held: Sequence[Figure],
    parted: RecordingChange | None,
) -> Progress:
    """The two compared, unless they share months or something unknown or a break lies between them."""
    assert before.period and headline.period
    if headline.period.start <= before.period.end:
        return Progress(before, None, parted, "overlap")
    first, last = before.period.end, headline.period.end
    between = [one for one in held if one.period and first < one.period.end < last and not one.settled]
    if between:
        return Progress(before, None, parted, "between", between[0])
    if parts := release.catalogue.parts_between(indicator, before.period.start, last):
        return Progress(before, None, parted, parts)
    if not _mature(indicator, headline):
        return Progress(before, None, parted, "unsettled")
    change = change_between(indicator, before, headline)
    return Progress(before, change, parted, "" if change else "not_tested")


def _mature(indicator: Indicator, figure: Figure) -> bool:
    """Whether a figure is whole and, of outcomes that take months to be known, settled."""
    return figure.settled and not (indicator.mature_after_months and figure.marker == "provisional")


def _parting(release: Release, indicator: Indicator, baseline: Period, period: Period) -> RecordingChange | None:
    """The last recording change that parts the baseline from the headline's period."""
    changes = release.catalogue.changes_for(indicator)
    parting = [one for one in changes if one.breaks and baseline.start < one.month <= period.end]
    return parting[-1] if parting else None


def _unbroken(release: Release, indicator: Indicator, row: Sequence[Figure]) -> bool:
    """Whether each year begins when the one before has ended, and no break lies in them."""
    periods = [one.period for one in row if one.period]
    gaps = any(month_number(after.start) != month_number(before.end) + 1 for before, after in pairwise(periods))
    first, last = periods[0].start, periods[-1].end
    return not gaps and not any(first < month <= last for month in release.catalogue.breaks_for(indicator))
