"""The baseline of a measure: the last complete year before the strategy, or why there is none like it."""

from vawg_metrics.catalogue.definitions import RecordingChange
from vawg_metrics.periods import Period, month_words
from vawg_metrics.reading import Figure, Reading, Release, select_figures
from vawg_metrics.wording import finding_words, marker_words


def since_baseline(release: Release, reading: Reading) -> str:
    """The baseline beside the finding, or why there is none; no direction is claimed without a test."""
    headline = reading.headline
    if headline is None or headline.period is None:
        return "No baseline: this is counted for the present edition only."
    baseline = release.catalogue.strategy.baseline
    held = select_figures(release, reading.indicator.id, (headline.area.code,), headline.grain)
    figures = [one for one in held if one.known and one.period and one.marker in ("", "revised")]
    change = _crossed(reading, baseline, headline.period)
    if change:
        return _after_change(reading, headline, change, figures)
    figures = [one for one in figures if one.period and one.period.end[5:] == headline.period.end[5:]]
    fitting = [one for one in figures if one.period and baseline.start <= one.period.end <= baseline.end]
    if not fitting or fitting[-1].period is None:
        return _no_baseline(headline, baseline, held)
    found = finding_words(reading.indicator, fitting[-1])
    return f"In the baseline, {fitting[-1].period.words()}: {found}, {headline.area.name}."


def _no_baseline(headline: Figure, baseline: Period, held: tuple[Figure, ...]) -> str:
    """Why there is no baseline: the series begins later, or the year cannot be formed for the area."""
    month = headline.period.end[5:] if headline.period else ""
    unknown = [one for one in held if one.period and baseline.start <= one.period.end <= baseline.end]
    same = [one for one in unknown if one.period and one.period.end[5:] == month and not one.known]
    if same and same[-1].period:
        return (
            f"No baseline: {same[-1].period.words()} is not known for {headline.area.name} ({marker_words(same[-1])})."
        )
    return f"No baseline: the series held here does not reach back to a year that ends in {baseline.words()}."


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
    found = finding_words(reading.indicator, after[0])
    return f"{said} In the first full 12 months after it, {span}: {found}, {headline.area.name}."
