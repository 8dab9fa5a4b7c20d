"""The baseline of a measure: the last complete year before the strategy, or why there is none like it."""

from vawg_metrics.catalogue.definitions import RecordingChange
from vawg_metrics.periods import Period, month_words
from vawg_metrics.reading import Figure, Reading, Release, headline_grain, select_figures
from vawg_metrics.wording import finding_words


def since_baseline(release: Release, reading: Reading) -> str:
    """The baseline beside the finding, or why there is none; no direction is claimed without a test."""
    headline = reading.headline
    if headline is None or headline.period is None:
        return "No baseline: this is counted for the present edition only."
    baseline = release.catalogue.strategy.baseline
    figures = _settled(release, reading, headline)
    change = _crossed(reading, baseline, headline.period)
    if change:
        return _after_change(reading, headline, change, figures)
    figures = [one for one in figures if one.period and one.period.end[5:] == headline.period.end[5:]]
    fitting = [one for one in figures if one.period and baseline.start <= one.period.end <= baseline.end]
    if not fitting or fitting[-1].period is None:
        return f"No baseline: nothing like it is held for {baseline.words()}."
    return f"In the baseline, {fitting[-1].period.words()}: {finding_words(reading.indicator, fitting[-1])}."


def _settled(release: Release, reading: Reading, headline: Figure) -> list[Figure]:
    """Settled figures of the headline's area and length, in order of time."""
    figures = select_figures(release, reading.indicator.id, (headline.area.code,), headline_grain(reading.indicator))
    return [one for one in figures if one.known and one.period and one.marker in ("", "revised")]


def _crossed(reading: Reading, baseline: Period, period: Period) -> RecordingChange | None:
    """The last recording change that parts the baseline from the headline's period."""
    parting = [one for one in reading.changes if one.breaks and baseline.start < one.month <= period.end]
    return parting[-1] if parting else None


def _after_change(reading: Reading, headline: Figure, change: RecordingChange, figures: list[Figure]) -> str:
    """The sentence for a baseline that a recording change cuts off, with the first full year after it."""
    said = f"No like-for-like baseline: recording changed in {change.date_words or month_words(change.month)}."
    after = [one for one in figures if one.period and one.period.start > change.month]
    if not after or after[0].period is None or headline.period is None or after[0].period.end >= headline.period.end:
        return said
    first = after[0].period
    span = f"{month_words(first.start)} to {month_words(first.end)}"
    return f"{said} In the first full 12 months after it, {span}: {finding_words(reading.indicator, after[0])}."
