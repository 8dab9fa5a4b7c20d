"""What a chart of the usual range says: its finding, each point, its shapes, and why a stretch has no range."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.charts.plan import Line, Range
from vawg_metrics.methods.signals import OUTSIDE, SHIFT, TREND, TWO_OF_THREE
from vawg_metrics.narrative import caption, measured_words, named, period_words
from vawg_metrics.periods import Period, month_words
from vawg_metrics.reading import Figure, Reading
from vawg_metrics.statements import newest_point, range_ends, small_point, verdict
from vawg_metrics.wording import finding_words, marked, marker_words, numerator_words

BAND_WORDS: Final = "The band is the usual range: the mean and 2.66 mean moving ranges either side."
SHAPE_WORDS: Final = {
    "concern": "Orange diamonds: unusual, of concern.",
    "improvement": "Blue squares: unusual, an improvement.",
    "changed": "Purple hexagons: changed, no direction.",
}


def newest_judged(figures: Sequence[Figure]) -> Figure | None:
    """The newest of the figures shown that was judged, or for which it is said why it was not."""
    return next((one for one in reversed(figures) if one.usual), None)


def title_words(reading: Reading, judged: Figure | None) -> str:
    """The finding in short: measure, period, what the newest judged point is, place."""
    place = reading.areas[0].name
    indicator = reading.indicator
    counted = indicator.numerator.name if indicator.numerator else indicator.title
    short = f"{counted[0].upper()}{counted[1:]}"
    start = f"{short if indicator.title.startswith(short) else indicator.title}:"
    if judged is None or judged.usual is None or judged.usual.centre is None:
        return f"{start} no usual range can be given, {place}"
    if small_point(judged):
        return f"{start} {period_words(judged)} counts under 5, {place}"
    return f"{start} {period_words(judged)} {verdict(judged)}, {place}"


def subtitle_words(reading: Reading, ranged: bool) -> str:
    """What is counted and of whom, the place, the span and the grain, and what the band is."""
    counted = measured_words(reading)
    whom = reading.indicator.whom if named(reading.indicator) != reading.indicator.title else ""
    told = f"{counted} ({whom})" if whom else counted
    rest = caption(reading).removeprefix(marked(counted, reading.demonstration))
    return f"{told}{rest} {BAND_WORDS if ranged else ''}".strip()


def spoken_finding(reading: Reading, judged: Figure | None, unusual: int, shown: int) -> str:
    """The finding in one sentence, with how many of the points shown are unusual."""
    said = _said(reading, judged)[0]
    if not unusual:
        return said
    return f"{said[:-1]}; {unusual} of the {shown} {reading.grain}s shown {'is' if unusual == 1 else 'are'} unusual."


def _said(reading: Reading, judged: Figure | None) -> tuple[str, str]:
    """The sentence about a point, and what is said after it of later points."""
    if judged is None:
        return f"{reading.indicator.title}: no usual range is given for {reading.areas[0].name}.", ""
    known = [one.period.end for one in reading.figures if one.known and one.period]
    shown = replace(reading, point=judged, newest=max(known, default=reading.newest))  # later months were not asked for
    first, _, rest = newest_point(shown).text.partition(". ")
    return f"{first.rstrip('.')}.", rest


def point_words(indicator: Indicator, figure: Figure) -> str:
    """The sentence at a point: place, period, number, and whether it is unusual and why."""
    number = finding_words(indicator, figure) if indicator.share else numerator_words(figure)
    marker = marker_words(figure) if figure.known else ""
    said = f"{figure.area.name}, {period_words(figure)}: {number}"
    return "; ".join(part for part in (said, marker, _judgement(indicator, figure)) if part)


def _judgement(indicator: Indicator, figure: Figure) -> str:
    usual = figure.usual
    if usual is None or usual.centre is None:
        return ""
    low, high = range_ends(indicator, usual)
    ends, up, step = f"the usual range of {low} to {high}", usual.side > 0, figure.grain
    if not usual.rule:
        return f"within {ends}"
    why = {
        OUTSIDE: f"{'above' if up else 'below'} {ends}",
        TREND: f"one of seven or more {step}s in a row, {'rising' if up else 'falling'} from each to the next",
        TWO_OF_THREE: f"one of at least two in three {step}s near the {'upper' if up else 'lower'} end of {ends}",
        SHIFT: f"one of seven or more {step}s in a row {'above' if up else 'below'} the mean",
    }
    return f"unusual: {why[usual.rule]}"


def shape_notes(line: Line, ranges: Sequence[Range]) -> list[str]:
    """What the shapes and lines shown mean: only those that occur."""
    signals = {point.signal for point in line.points}
    notes = [words for signal, words in SHAPE_WORDS.items() if signal in signals]
    if ranges and notes:
        notes.append("Grey circles: usual, or not judged.")
    if ranges and not any(label.words == "mean" for one in ranges for label in one.labels):
        notes.append("The level dashed line is the mean.")
    return notes


def range_notes(reading: Reading, stretches: Sequence[Sequence[Figure]], judged: Figure | None) -> list[str]:
    """On how few points a range rests, why a stretch has none, and why later points are not judged."""
    few = [stretch[0].usual.points for stretch in stretches if _provisional(stretch[0]) and stretch[0].usual]
    lacking: dict[str, list[str]] = {}
    for stretch in stretches:
        usual = stretch[0].usual
        if usual and usual.centre is None and usual.note:
            lacking.setdefault(usual.note, []).append(_stretch_words(stretch))
    notes = [f"Dotted ends are provisional: the usual range rests on {points} points." for points in dict.fromkeys(few)]
    notes += [f"No usual range for {' and '.join(when)}: {why}." for why, when in lacking.items()]
    return [*notes, *filter(None, [_said(reading, judged)[1]])]


def _provisional(figure: Figure) -> bool:
    usual = figure.usual
    return usual is not None and usual.centre is not None and "provisional" in usual.note


def _stretch_words(stretch: Sequence[Figure]) -> str:
    first, last = stretch[0].period, stretch[-1].period
    if not first or not last:
        return ""
    words = Period(first.start, last.end).words()
    return f"{month_words(first.start)} to {month_words(last.end)}" if words.startswith("year") else words
