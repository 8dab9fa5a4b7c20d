"""A control chart: the months or quarters of one place before its usual range, the unusual ones by shape."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from vawg_metrics.charts.axes import EACH, place_of, scale_of, span_of
from vawg_metrics.charts.credit import credit
from vawg_metrics.charts.drawable import drawn_value
from vawg_metrics.charts.lettering import CHARACTER, WIDTH, clear_height, spread
from vawg_metrics.charts.made_up import says_so
from vawg_metrics.charts.plan import Label, Line, Plan, Point, Range, Scale, Signal, Span, TrendPlan
from vawg_metrics.charts.timeline import lettered, line_of, time_notes, why_empty
from vawg_metrics.charts.usual_words import (
    newest_judged,
    point_words,
    range_notes,
    shape_notes,
    spoken_finding,
    subtitle_words,
    title_words,
)
from vawg_metrics.methods.signals import meaning
from vawg_metrics.narrative import named, period_words, unbroken_from
from vawg_metrics.periods import month_number
from vawg_metrics.reading import Figure, Reading
from vawg_metrics.wording import marked

SIGNALS: Final[dict[str, Signal]] = {"concern": "concern", "improvement": "improvement", "changed": "changed"}


@says_so
def plan_usual(reading: Reading) -> Plan:
    """The control chart of the first place of a reading whose grain is the month or the quarter."""
    own = _narrowed(reading)
    figures = [one for one in own.figures if one.period]
    drawn = [one for one in figures if drawn_value(own, one) is not None]
    if reason := _why_none(own, drawn):
        return Plan(title=f"{named(own.indicator)}: usual range", subtitle="", empty=reason)
    judged = newest_judged(figures)
    stretches = list(_stretches(own, figures))
    span = span_of(own)
    line = _line(own, figures)
    bare = [one for stretch in stretches if (one := _range(stretch, span))]
    ends = [value for one in bare for value in (one.lower, one.upper)]
    scale = scale_of(own, [*(drawn_value(own, one) for one in drawn), *ends])
    if not own.indicator.share:
        scale = replace(scale, words=f"{scale.words}{EACH[own.grain]}")
    ranges = _labelled(bare, line, scale, span)
    marks, band = lettered(own, span)
    signals = sum(bool(point.signal) for point in line.points)
    notes = (*shape_notes(line, ranges), *range_notes(own, stretches, judged), *time_notes(own, (line,), marks, band))
    return TrendPlan(
        title=title_words(own, judged),
        subtitle=subtitle_words(own, bool(ranges)),
        alternative=spoken_finding(own, judged, signals, len(drawn)),
        notes=(*_others(reading), *notes),
        cautions=own.indicator.caveats,
        footer=credit(own),
        scale=scale,
        span=span,
        lines=(line,),
        marks=marks,
        band=band,
        ranges=ranges,
    )


def _narrowed(reading: Reading) -> Reading:
    """The reading of its first place only, of the counts or shares that were judged."""
    areas = reading.areas[:1]
    names = tuple(area.name for area in areas) or reading.selection.areas
    return replace(
        reading,
        areas=areas,
        selection=replace(reading.selection, areas=names, measure="rate" if reading.indicator.share else "count"),
        figures=tuple(one for one in reading.figures if one.area in areas),
    )


def _why_none(reading: Reading, drawn: Sequence[Figure]) -> str:
    """Why there is no chart; '' where there is one."""
    if reading.grain not in EACH:
        return "A usual range is shown for months and quarters only."
    if not drawn:
        return why_empty(reading)
    if len(drawn) == 1:
        return f"One {reading.grain} only, {period_words(drawn[0])}: there is no usual range."
    return ""


def _others(reading: Reading) -> tuple[str, ...]:
    if len(reading.areas) < 2:
        return ()
    return (f"Only {reading.areas[0].name}, the first place chosen, is shown with its usual range.",)


def _stretches(reading: Reading, figures: Sequence[Figure]) -> list[list[Figure]]:
    """Runs of consecutive periods that share one range, or the reason for none; a break always parts them."""
    runs: list[list[Figure]] = [[one] for one in figures[:1]]
    for before, after in pairwise(figures):
        if _told(before) == _told(after) and _follows(before, after) and unbroken_from(reading, before, after):
            runs[-1].append(after)
        else:
            runs.append([after])
    return runs


def _told(figure: Figure) -> tuple[object, ...] | None:
    usual = figure.usual
    return (usual.centre, usual.lower, usual.upper, usual.points, usual.note) if usual else None


def _follows(before: Figure, after: Figure) -> bool:
    assert before.period and after.period
    return month_number(before.period.end) + 1 == month_number(after.period.start)


def _range(stretch: Sequence[Figure], span: Span) -> Range | None:
    """The range of a stretch over the months that it holds; None where it has none."""
    usual, first, last = stretch[0].usual, stretch[0].period, stretch[-1].period
    if not usual or usual.centre is None or usual.lower is None or usual.upper is None or not first or not last:
        return None
    start, end = max(float(month_number(first.start)), span.first), month_number(last.end) + 1.0
    return Range(start, end, usual.centre, usual.lower, usual.upper, "provisional" in usual.note)


def _line(reading: Reading, figures: Sequence[Figure]) -> Line:
    """The line in calm grey, every point marked, with what each unusual point means."""
    line = line_of(reading, reading.areas[0], figures)
    at = {place_of(one): one for one in figures}
    points = tuple(_judged(reading, point, at[point.place]) if point.place in at else point for point in line.points)
    return replace(line, points=points, calm=True)


def _judged(reading: Reading, point: Point, figure: Figure) -> Point:
    if point.value is None:
        return point
    text = marked(point_words(reading.indicator, figure), reading.demonstration)
    return replace(point, marked=True, text=text, signal=_signal(reading, figure))


def _signal(reading: Reading, figure: Figure) -> Signal:
    """What an unusual point means; '' where it is usual or was not judged."""
    if figure.usual is None or not figure.usual.rule:
        return ""
    return SIGNALS[meaning(figure.usual.side, reading.indicator.direction)]


def _labelled(ranges: Sequence[Range], line: Line, scale: Scale, span: Span) -> tuple[Range, ...]:
    """The ranges, the newest with its words: at its right end, or where later points follow, clear of the line."""
    if not ranges or line.newest is None:
        return tuple(ranges)
    last, newest = ranges[-1], line.newest
    if newest.place <= last.last:
        upper, centre = spread([last.upper, last.centre], [1, 1], scale.low, scale.high)
        labels = (Label("usual range", newest.place, upper), Label("mean", newest.place, centre))
        return (*ranges[:-1], replace(last, labels=labels))
    words = "usual range"
    long = (len(words) * CHARACTER + 8) / WIDTH * (span.last - span.first)
    leftward = last.first + long > span.last
    across = (last.last - long, last.last) if leftward else (last.first, last.first + long)
    drawn = [(point.place, point.value) for point in line.points if point.value is not None]
    height = clear_height(drawn, across, (last.lower, last.upper), scale)
    label = Label(words, last.last if leftward else last.first, height, inside=True, leftward=leftward)
    return (*ranges[:-1], replace(last, labels=(label,)))
