"""The change since the baseline and the trend of five years, in words with their tests."""

from math import isfinite
from typing import Final

from vawg_metrics.figure import Figure
from vawg_metrics.narrative import period_words
from vawg_metrics.periods import month_words
from vawg_metrics.progress import Change, Progress
from vawg_metrics.reading import Reading
from vawg_metrics.statements.claims import Evidence, Statement, the_period
from vawg_metrics.wording import (
    bare_value,
    denominator_words,
    finding_words,
    marker_words,
    numerator_words,
    p_words,
    signed,
)

MOST_SEEN: Final = 2.0
PARTED: Final = {"change": "recording changed", "join": "a new download began"}
TWICE: Final = 2.0


def change(reading: Reading) -> Statement:
    """The change since the baseline with its test, or why there is none."""
    progress, headline = reading.progress, reading.headline
    if headline is None or progress.obstacle == "no_headline":
        return Statement("")
    if progress.before is None:
        return Statement(_without(reading, progress, headline))
    lead = _since(reading, progress, progress.before)
    if progress.change is None:
        return Statement(f"{lead}: {_untested(reading, progress, headline)}.")
    told = told_words(progress.change, progress.before, headline)
    evidence = _tested_by(reading, progress.change, progress.before, headline)
    return Statement(f"{lead}: {told}.", (evidence,), progress.change.verdict != "untold")


def _since(reading: Reading, progress: Progress, before: Figure) -> str:
    found = f"{finding_words(reading.indicator, before)}, {before.area.name}"
    if progress.parted is None or before.period is None:
        return f"Since the baseline, {the_period(before)} ({found})"
    span = f"{month_words(before.period.start)} to {month_words(before.period.end)}"
    return f"{_parted(progress)} Since the first full 12 months after it, {span} ({found})"


def _parted(progress: Progress) -> str:
    parted = progress.parted
    when = (parted.date_words or month_words(parted.month)) if parted else ""
    return f"No like-for-like baseline: recording changed in {when}."


def _without(reading: Reading, progress: Progress, headline: Figure) -> str:
    """Why there is no earlier figure at all."""
    if progress.obstacle == "edition":
        return "No baseline: this is counted for the present edition only."
    if progress.obstacle == "unplaced":
        return "No change is given: what has no district tells how places are recorded, and not what happened."
    if progress.obstacle == "is_baseline":
        return f"This is the baseline: {period_words(headline)}."
    if progress.obstacle == "history":
        return "No baseline: what is shown ends before the year before the strategy begins."
    if progress.parted:
        return f"{_parted(progress)} So it cannot be told whether it changed since then."
    if progress.blocking:
        why = marker_words(progress.blocking).partition("; cannot be formed")[0]
        return f"No baseline: {the_period(progress.blocking)} is not known for {headline.area.name} ({why})."
    return "No baseline: the series held here does not reach back to the year before the strategy."


def _untested(reading: Reading, progress: Progress, headline: Figure) -> str:
    """Why an earlier figure is not compared with the headline."""
    if progress.obstacle == "overlap":
        return f"not compared with {the_period(headline)}, for the two share months"
    if progress.obstacle == "between" and progress.blocking:
        return f"not compared, for {the_period(progress.blocking)} lies between and is not known"
    if progress.obstacle in PARTED:
        return f"not compared, for {PARTED[progress.obstacle]} between"
    if progress.obstacle == "unsettled":
        return f"not compared, for the outcomes of {the_period(headline)} are not settled"
    found = f"{finding_words(reading.indicator, headline)} in {the_period(headline)}"
    return f"{found}; nothing is tested, for no events are counted"


def told_words(found: Change, before: Figure, after: Figure) -> str:
    """The verdict in words, with the size of the change where one may be given."""
    if found.p is None:
        points = signed(found.estimate, 1)
        limits = f"95 % limits {signed(found.lower, 1)} to {signed(found.upper, 1)}"
        if found.verdict == "untold" and round(found.estimate, 1) == 0:
            return f"no difference in {the_period(after)} ({limits})"
        if found.verdict == "untold":
            size = f"a difference of {points} percentage points in {the_period(after)}"
            return f"{size}, which cannot be told from chance ({limits})"
        return f"{abs(found.estimate):.1f} percentage points {found.verdict} in {the_period(after)} ({limits})"
    if found.verdict == "untold":
        return f"{_same_or_untold(found, before, after)}{_seen(found)}"
    if found.percent is None:
        few = f"{numerator_words(after)} from {numerator_words(before)}, too few for a percentage"
        return f"{found.verdict} in {the_period(after)}, {few}"
    if found.estimate >= TWICE:
        limits = f"95 % limits {found.lower:.1f} to {found.upper:.1f} times"
        return f"{found.estimate:.1f} times as high in {the_period(after)} ({limits})"
    limits = f"95 % limits {signed((found.lower - 1) * 100, 1)} % to {signed((found.upper - 1) * 100, 1)} %"
    return f"{abs(found.percent):.1f} % {found.verdict} in {the_period(after)} ({limits})"


def _same_or_untold(found: Change, before: Figure, after: Figure) -> str:
    if (before.numerator, before.denominator) == (after.numerator, after.denominator):
        return f"the same number in {the_period(after)}"
    count = f" ({numerator_words(after)})"
    return f"a change to {the_period(after)}{count} cannot be told from chance"


def _seen(found: Change) -> str:
    """The smallest rise and the smallest fall that could have been seen, where they are of any use."""
    if found.seen is None:
        return ""
    if found.seen.rise > MOST_SEEN or found.seen.fall is None:
        return "; with so few hardly any change could be seen"
    rise, fall = (f"at least about {100 * abs(one):.0f} %" for one in (found.seen.rise, found.seen.fall))
    return f"; with these numbers only a rise of {rise} or a fall of {fall} could be seen"


def _tested_by(reading: Reading, found: Change, before: Figure, after: Figure) -> Evidence:
    numbers = " against ".join(
        f"{numerator_words(one)}{f' of {denominator_words(one)}' if one.denominator is not None else ''}"
        f" in {the_period(one)}"
        for one in (after, before)
    )
    if found.p is None:
        limits = f"95 % limits {signed(found.lower, 1)} to {signed(found.upper, 1)}"
        result = f"difference {signed(found.estimate, 1)} points, {limits}"
    else:
        result = f"{_ratio_words(found)}, {p_words(found.p)}"
    method = f"{found.method}, which allows for chance in the counts alone"
    return Evidence(f"Has {after.area.name} changed since {the_period(before)}?", method, numbers, result)


def _ratio_words(found: Change) -> str:
    """The rate ratio with its limits; a ratio to nothing has no number."""
    if not isfinite(found.estimate):
        return "no ratio, for nothing was counted before"
    return f"ratio {found.estimate:.3f}, 95 % limits {found.lower:.3f} to {found.upper:.3f}"


def trend(reading: Reading) -> Statement:
    """Whether five years in a row rise or fall more than chance explains; nothing where there are not five."""
    found = reading.trend
    if found is None:
        return Statement("")
    judged, first, last = found.trend, found.figures[0], found.figures[-1]
    span = f"Over five years, from {the_period(first)} to {the_period(last)}, {first.area.name}"
    if judged.chi_square is None or judged.p is None:
        return Statement(f"{span}: no trend can be calculated, for {judged.reason}.")
    word = {"increasing": "rising", "decreasing": "falling"}.get(judged.marker)
    told = f"{word} by more than chance explains" if word else "no trend that can be told from chance"
    numbers = ", ".join(bare_value(reading.indicator, one.value) for one in found.figures)
    steady = "" if judged.steady else "; the slope changes sign when one year is left out"
    evidence = Evidence(
        f"Is there a trend over the five years to {period_words(last)}?",
        judged.method,
        f"{numbers}; counts {', '.join(numerator_words(one) for one in found.figures)}",
        f"chi-square {judged.chi_square:.1f} with 1 degree of freedom, {p_words(judged.p)}{steady}",
    )
    return Statement(f"{span}: {told}.", (evidence,), word is not None)
