"""A trend: a line for each area over the strategy's years, its gaps left open; or bars where there is one period."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import ceil
from typing import Final

from vawg_metrics.areas import Area
from vawg_metrics.charts.axes import history, place_of, scale_of, span_of
from vawg_metrics.charts.credit import credit
from vawg_metrics.charts.drawable import (
    UNPEOPLED_NOTE,
    drawn_value,
    hover_words,
    small_notes,
    spoken,
    unpeopled,
    value_label,
    withheld_line,
)
from vawg_metrics.charts.gaps import gap_notes, incomplete_notes
from vawg_metrics.charts.lettering import NAME_CHARACTERS, spread, staggered, wrapped
from vawg_metrics.charts.plan import Band, Bar, BarsPlan, Line, Mark, Plan, Point, Span, TrendPlan
from vawg_metrics.narrative import caption, heading, period_words, unbroken_from
from vawg_metrics.periods import month_number, month_words
from vawg_metrics.reading import Figure, Reading

MOST_SIGNS: Final = 24  # points of a line that all carry their sign; with more only some do
SIGNS_ON_LONG: Final = 8
MOST_GAPS: Final = 4
NEW_DOWNLOAD: Final = "New download"
BEGINS: Final = "Strategy begins"
NOT_HELD: Final = "Not held here"


def plan_trend(reading: Reading, all_years: bool = False) -> Plan:
    """The trend of a reading. `all_years` begins the axis with the oldest figure that the reading has."""
    drawn = [one for one in reading.figures if drawn_value(reading, one) is not None]
    if not drawn:
        return Plan(title=heading(reading), subtitle="", empty=_why_empty(reading))
    if len({one.period for one in drawn}) == 1:
        return _one_period(reading, drawn[0])
    span = span_of(reading, all_years)
    scale = scale_of(reading, [drawn_value(reading, one) for one in drawn])
    series = [(area, run) for area in reading.areas for run in _series(reading, area)]
    lines = _labelled([_line(reading, area, run) for area, run in series], scale.low, scale.high)
    marks, band = _lettered(reading, span)
    return TrendPlan(
        title=heading(reading),
        subtitle=caption(reading),
        alternative=spoken(reading),
        notes=_notes(reading, lines, band),
        cautions=reading.indicator.caveats,
        footer=credit(reading),
        scale=scale,
        span=span,
        lines=lines,
        marks=marks,
        band=band,
    )


def _why_empty(reading: Reading) -> str:
    if small := small_notes(reading):
        return f"Nothing is drawn. {' '.join(small)}"
    if reading.areas and all(unpeopled(reading, area) for area in reading.areas):
        return UNPEOPLED_NOTE
    names = " and ".join(area.name for area in reading.areas) or "the areas chosen"
    if not reading.newest:
        return f"No figure is held for {names}."
    held = f"{month_words(reading.oldest)} to {month_words(reading.newest)}"
    return f"No figure is held for {names} in the months chosen. The measure is held from {held}."


def _one_period(reading: Reading, drawn: Figure) -> Plan:
    """Bars of the areas at the only period that has a value: one point is no trend."""
    figures = [one for one in reading.figures if one.period == drawn.period and not withheld_line(reading, one.area)]
    bars = tuple(
        Bar(
            name=one.area.name,
            value=drawn_value(reading, one),
            text=value_label(reading, one),
            hover=hover_words(reading, one),
            role="chosen",
            style=reading.areas.index(one.area),
        )
        for one in figures
    )
    return BarsPlan(
        title=heading(reading),
        subtitle=caption(reading),
        alternative=spoken(reading),
        notes=(_only_words(reading, drawn), *small_notes(reading), *_unpeopled_note(reading)),
        cautions=reading.indicator.caveats,
        footer=credit(reading),
        scale=scale_of(reading, [bar.value for bar in bars]),
        blocks=(bars,),
    )


def _only_words(reading: Reading, only: Figure) -> str:
    """That there is one period only, and whether it is all that is held."""
    if only.period is None:
        return "One edition only: there is no trend."
    name = {"year": "year", "rolling12": "run of 12 months"}.get(only.grain, only.grain)
    if reading.oldest == only.period.start and reading.newest == only.period.end:
        return f"One {name} only: {period_words(only)}. There is no trend."
    return f"One complete {name} only in the span shown: {period_words(only)}. There is no trend."


def _series(reading: Reading, area: Area) -> Iterable[list[Figure]]:
    """The figures of an area as runs that may be joined: years that end in different months may not."""
    if withheld_line(reading, area):
        return []
    figures = [one for one in reading.figures if one.area == area and one.period]
    if reading.grain != "year":
        return [figures] if figures else []
    ends = dict.fromkeys(one.period.end[5:] for one in figures if one.period)
    return [[one for one in figures if one.period and one.period.end[5:] == month] for month in ends]


def _line(reading: Reading, area: Area, figures: Sequence[Figure]) -> Line:
    """The points of a run, with a point without a value wherever a break keeps its neighbours apart."""
    values = [drawn_value(reading, one) for one in figures]
    joined = [None if one.marker == "incomplete" else value for one, value in zip(figures, values, strict=True)]
    broken = {at for at in range(1, len(figures)) if not unbroken_from(reading, figures[at - 1], figures[at])}
    newest = max((place for place, value in enumerate(values) if value is not None), default=-1)
    stride = 1 if len(values) <= MOST_SIGNS else ceil(len(values) / SIGNS_ON_LONG)
    points: list[Point] = []
    for place, (figure, value) in enumerate(zip(figures, values, strict=True)):
        if place in broken:
            points.append(Point((points[-1].place + place_of(figure)) / 2, None, ""))
        before = joined[place - 1] if place and place not in broken else None
        after = joined[place + 1] if place + 1 < len(joined) and place + 1 not in broken else None
        hollow = figure.marker in ("provisional", "incomplete")
        points.append(
            Point(
                place=place_of(figure),
                value=value,
                text=hover_words(reading, figure),
                hollow=hollow,
                crossed=figure.marker == "incomplete",
                marked=hollow or (before is None and after is None) or (newest - place) % stride == 0,
            )
        )
    return Line(area.name, reading.areas.index(area), tuple(points))


def _labelled(lines: Sequence[Line], low: float, high: float) -> tuple[Line, ...]:
    """The lines with their names at their ends, spread so that none covers another: one name for each area."""
    ends: dict[str, tuple[float, int]] = {}
    for number, line in enumerate(lines):
        if line.newest and line.newest.place >= ends.get(line.name, (0.0, 0))[0]:
            ends[line.name] = (line.newest.place, number)
    named = sorted(number for _, number in ends.values())
    labels = [wrapped(lines[number].name, NAME_CHARACTERS) for number in named]
    wanted = [point.value or 0.0 for number in named if (point := lines[number].newest)]
    heights = spread(wanted, [len(label) for label in labels], low, high)
    found = list(lines)
    for number, label, height in zip(named, labels, heights, strict=True):
        found[number] = replace(lines[number], label=label, label_at=height)
    return tuple(found)


def _lettered(reading: Reading, span: Span) -> tuple[tuple[Mark, ...], Band | None]:
    """The upright lines inside the span and the hatched band after the newest month held, their labels staggered."""
    begins = Mark(float(month_number(reading.strategy.start)), (BEGINS,), dashed=False)
    changes = [Mark(float(month_number(one.month)), (one.label,)) for one in reading.changes]
    joins = [Mark(float(month_number(month)), (NEW_DOWNLOAD,)) for month in reading.joins]
    marks = [mark for mark in (begins, *changes, *joins) if span.first < mark.place < span.last]
    newest = month_number(reading.newest) + 1.0
    if newest >= span.last or history(reading):
        return staggered(marks, span), None
    placed = staggered([*marks, Mark(span.last, (NOT_HELD,))], span)
    band = Band(max(newest, span.first), span.last, next(mark for mark in placed if mark.place == span.last))
    return tuple(mark for mark in placed if mark.place != span.last), band


def _unpeopled_note(reading: Reading) -> tuple[str, ...]:
    return (UNPEOPLED_NOTE,) if any(unpeopled(reading, area) for area in reading.areas) else ()


def _notes(reading: Reading, lines: Sequence[Line], band: Band | None) -> tuple[str, ...]:
    points = [point for line in lines for point in line.points if point.value is not None]
    notes = []
    if any(point.hollow and not point.crossed for point in points):
        notes.append("Hollow points are provisional.")
    if any(point.crossed for point in points):
        notes.append("Crossed points are incomplete.")
    if band:
        notes.append(f"Nothing after {month_words(reading.newest)} is held here.")
    partial = _first_few(incomplete_notes(reading), "Further incomplete points")
    gaps = _first_few(gap_notes(reading), "Further gaps")
    return (*notes, *partial, *small_notes(reading), *_unpeopled_note(reading), *gaps)


def _first_few(notes: Sequence[str], further: str) -> tuple[str, ...]:
    more = [f"{further}: {len(notes) - MOST_GAPS}, in the table."] if len(notes) > MOST_GAPS else []
    return (*notes[:MOST_GAPS], *more)
