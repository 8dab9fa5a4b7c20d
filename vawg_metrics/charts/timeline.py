"""What every chart over time has: its lines with their gaps, the marks above it, the hatched end, and its notes."""

from collections.abc import Sequence
from math import ceil
from typing import Final

from vawg_metrics.areas import Area
from vawg_metrics.charts.axes import history, place_of
from vawg_metrics.charts.drawable import (
    UNPEOPLED_NOTE,
    drawn_value,
    hover_words,
    small_notes,
    unpeopled,
    withheld_line,
)
from vawg_metrics.charts.gaps import gap_notes, incomplete_notes
from vawg_metrics.charts.lettering import staggered
from vawg_metrics.charts.plan import Band, Line, Mark, Point, Span
from vawg_metrics.narrative import unbroken_from
from vawg_metrics.periods import month_number, month_words
from vawg_metrics.reading import Figure, Reading

MOST_SIGNS: Final = 24  # points of a line that all carry their sign; with more only some do
SIGNS_ON_LONG: Final = 8
MOST_GAPS: Final = 4
NEW_DOWNLOAD: Final = "New download"
JOINED: Final = "A new download holds outcomes as at another day: nothing is compared across it."
BEGINS: Final = "Strategy begins"
NOT_HELD: Final = "Not held here"


def why_empty(reading: Reading) -> str:
    """Why nothing can be drawn of a reading."""
    if small := small_notes(reading):
        return f"Nothing is drawn. {' '.join(small)}"
    if reading.areas and all(unpeopled(reading, area) for area in reading.areas):
        return UNPEOPLED_NOTE
    names = " and ".join(area.name for area in reading.areas) or "the areas chosen"
    if not reading.newest:
        return f"No figure is held for {names}."
    if any(one.known for one in reading.figures) and reading.indicator.denominator:
        if any(one.marker == "protected" for one in reading.figures):
            return f"No share is given for {names}: the counts are too few, and stand in the table."
        return f"Nothing is drawn for {names}: {reading.indicator.denominator.name} are not held. Choose counts."
    held = f"{month_words(reading.oldest)} to {month_words(reading.newest)}"
    return f"No figure is held for {names} in the months chosen. The measure is held from {held}."


def runs_of(reading: Reading, area: Area) -> list[list[Figure]]:
    """The figures of an area as runs that may be joined: years that end in different months may not."""
    if withheld_line(reading, area):
        return []
    figures = [one for one in reading.figures if one.area == area and one.period]
    if reading.grain != "year":
        return [figures] if figures else []
    ends = dict.fromkeys(one.period.end[5:] for one in figures if one.period)
    return [[one for one in figures if one.period and one.period.end[5:] == month] for month in ends]


def line_of(reading: Reading, area: Area, figures: Sequence[Figure]) -> Line:
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


def lettered(reading: Reading, span: Span) -> tuple[tuple[Mark, ...], Band | None]:
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


def unpeopled_note(reading: Reading) -> tuple[str, ...]:
    """That a place without residents has no rate, where one was asked for."""
    return (UNPEOPLED_NOTE,) if any(unpeopled(reading, area) for area in reading.areas) else ()


def time_notes(reading: Reading, lines: Sequence[Line], marks: Sequence[Mark], band: Band | None) -> tuple[str, ...]:
    """What the points, a line between two downloads, the hatched end and the gaps of a chart over time mean."""
    points = [point for line in lines for point in line.points if point.value is not None]
    notes = []
    if any(point.hollow and not point.crossed for point in points):
        notes.append("Hollow points are provisional.")
    if any(point.crossed for point in points):
        notes.append("Crossed points are incomplete.")
    if band:
        notes.append(f"Nothing after {month_words(reading.newest)} is held here.")
    if any(" ".join(mark.label) == NEW_DOWNLOAD for mark in marks):
        notes.append(JOINED)
    partial = first_few(incomplete_notes(reading), "Further incomplete points")
    gaps = first_few(gap_notes(reading), "Further gaps")
    return (*notes, *partial, *small_notes(reading), *unpeopled_note(reading), *gaps)


def first_few(notes: Sequence[str], further: str) -> tuple[str, ...]:
    """The first of many notes, and how many more there are."""
    more = [f"{further}: {len(notes) - MOST_GAPS}, in the table."] if len(notes) > MOST_GAPS else []
    return (*notes[:MOST_GAPS], *more)
