"""Small charts of one measure over time, a place each in fixed order, all on one scale and one span."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from vawg_metrics.areas import LLR, Area
from vawg_metrics.charts.axes import scale_of, span_of, unit_words
from vawg_metrics.charts.credit import credit
from vawg_metrics.charts.drawable import counted, drawn_value, small_quarters, unpeopled, withheld_line
from vawg_metrics.charts.made_up import says_so
from vawg_metrics.charts.plan import Line, Mark, Plan, Point
from vawg_metrics.charts.plan_places import MultiplesPlan
from vawg_metrics.charts.timeline import BEGINS, MOST_SIGNS, lettered, line_of, runs_of, time_notes, why_empty
from vawg_metrics.narrative import GRAIN_PHRASES, measured_words, named, period_words, span_words, unbroken_from
from vawg_metrics.periods import month_text, month_words
from vawg_metrics.reading import Figure, Reading
from vawg_metrics.statements.claims import the_period
from vawg_metrics.wording import bare_value, count_words, listed

SCALED: Final = "All places have one scale and stand in a fixed order."
WITHHELD: Final = "some quarters are under 5, so no quarterly share is drawn; choose rolling 12 months"
ALL_SMALL: Final = "every quarter is under 5: only in the table"
FLATTENED: Final = "left out, for its counts would flatten every other place on one scale"


@says_so
def plan_multiples(reading: Reading) -> Plan:
    """A panel for each area of a reading, LLR last and, where rates or shares are drawn, behind every other one."""
    title = f"{named(reading.indicator)} by place over time"
    places = _ordered(reading.areas)
    drawn = {area: figures for area in places if (figures := _drawn(reading, area))}
    if why := _why_none(reading, drawn):
        return Plan(title=title, subtitle="", empty=why)
    flattened = counted(reading)
    kept = tuple(area for area in drawn if area != LLR or not flattened)
    shown = replace(reading, figures=tuple(one for one in reading.figures if one.area in kept))
    lines = {area: _lines(shown, area) for area in kept}
    span = span_of(shown)
    marks, band = lettered(shown, span)
    empty = tuple((area.name, _reason(reading, area)) for area in places if area not in kept)
    every = [line for own in lines.values() for line in own]
    return MultiplesPlan(
        title=title,
        subtitle=f"{measured_words(shown)}. {span_words(shown)}, {GRAIN_PHRASES[reading.grain]}. {SCALED}",
        alternative=_alternative(shown, lines, drawn, empty),
        notes=(*_mark_notes(marks), *time_notes(replace(shown, areas=kept), every, marks, band)),
        cautions=reading.indicator.caveats,
        footer=credit(reading),
        scale=scale_of(shown, [drawn_value(shown, one) for one in shown.figures]),
        span=span,
        panels=tuple((area.name, own) for area, own in lines.items()),
        behind=tuple(replace(line, calm=True, label=()) for line in lines.get(LLR, ())) if len(lines) > 1 else (),
        behind_name=LLR.name if LLR in lines and len(lines) > 1 else "",
        empty_panels=empty,
        marks=marks,
        band=band,
    )


def end_of(line: Line) -> Point | None:
    """The newest whole point of a line, at which its value stands."""
    return next((point for point in reversed(line.points) if point.value is not None and not point.crossed), None)


def _ordered(areas: Iterable[Area]) -> tuple[Area, ...]:
    """The places in the order given, LLR after them."""
    given = dict.fromkeys(areas)
    return (*(area for area in given if area != LLR), *(area for area in given if area == LLR))


def _drawn(reading: Reading, area: Area) -> list[Figure]:
    """The figures of an area that have a value to draw, the oldest first."""
    own = [one for run in runs_of(reading, area) for one in run if drawn_value(reading, one) is not None]
    return sorted(own, key=lambda one: one.period.end if one.period else "")


def _why_none(reading: Reading, drawn: Mapping[Area, Sequence[Figure]]) -> str:
    """Why there are no panels, in a sentence; '' where there are some."""
    if not drawn:
        return why_empty(reading)
    periods = list(dict.fromkeys(one.period for figures in drawn.values() for one in figures))
    if len(periods) < 2:
        only = next(iter(drawn.values()))[0]
        return f"One period only, {period_words(only)}: there are no lines to draw."
    if set(drawn) == {LLR}:
        why = [f"{area.name}: {_reason(reading, area)}." for area in reading.areas if area != LLR]
        return " ".join(["Only LLR as a whole has a line: there are no places to set side by side.", *why])
    return ""


def _reason(reading: Reading, area: Area) -> str:
    """In a few words, why a place has no panel."""
    if area == LLR and _drawn(reading, area):
        return FLATTENED
    if unpeopled(reading, area):
        return "no rate, for nobody lives there; choose counts"
    if withheld_line(reading, area):
        return WITHHELD
    own = [one for one in reading.figures if one.area == area]
    if any(one.marker == "protected" for one in own) and any(one.known for one in own):
        return "protected: too few for a value; the counts are in the table"
    return ALL_SMALL if small_quarters(reading, area) else "not known in the months shown"


def _lines(reading: Reading, area: Area) -> tuple[Line, ...]:
    """The lines of a place, all in one style; the newest carries its value as its label."""
    lines = [_sparing(replace(line_of(reading, area, run), style=0)) for run in runs_of(reading, area)]
    ends = [end.place if (end := end_of(line)) else -1.0 for line in lines]
    newest = ends.index(max(ends))
    point = end_of(lines[newest])
    if point is not None and point.value is not None:
        lines[newest] = replace(lines[newest], label=(_value(reading, point.value),), label_at=point.value)
    return tuple(lines)


def _sparing(line: Line) -> Line:
    """A line whose points have signs only where they must: a panel has one line, which no sign need tell apart."""
    if len(line.points) <= MOST_SIGNS:
        return line
    end, joined = end_of(line), (None, *line.joined, None)
    alone = [joined[at] is None and joined[at + 2] is None for at in range(len(line.points))]
    points = (
        replace(point, marked=point.hollow or point is end or lonely)
        for point, lonely in zip(line.points, alone, strict=True)
    )
    return replace(line, points=tuple(points))


def _value(reading: Reading, value: float) -> str:
    return count_words(round(value)) if counted(reading) else bare_value(reading.indicator, value)


def _mark_notes(marks: Sequence[Mark]) -> tuple[str, ...]:
    """What the upright lines are: the panels are too small to letter them."""
    starts = [mark for mark in marks if " ".join(mark.label) == BEGINS]
    others = [mark for mark in marks if mark not in starts]
    said = [f"The solid upright line is {_month(mark)}: {BEGINS.lower()}." for mark in starts]
    if others:
        names = "; ".join(f"{' '.join(mark.label)}, {_month(mark)}" for mark in others)
        said.append(f"Dashed upright lines, from the left: {names}." if others[1:] else f"Dashed line: {names}.")
    return tuple(said)


def _month(mark: Mark) -> str:
    return month_words(month_text(int(mark.place)))


def _alternative(
    reading: Reading,
    lines: Iterable[Area],
    drawn: Mapping[Area, Sequence[Figure]],
    empty: Iterable[tuple[str, str]],
) -> str:
    """The first and the newest value of each place, the months said once where they are the same for all."""
    whole = {area: [one for one in drawn[area] if one.marker != "incomplete"] or list(drawn[area]) for area in lines}
    ends = {area: (figures[0], figures[-1]) for area, figures in whole.items()}
    spans = {(first.period, last.period) for first, last in ends.values()}
    shared = len(spans) == 1
    said = [_ends_words(reading, area, first, last, shared) for area, (first, last) in ends.items()]
    first, last = next(iter(ends.values()))
    when = f" in {the_period(first)} and in {the_period(last)}" if shared else ""
    broken = [a.name for a, (one, other) in ends.items() if one is not other and not unbroken_from(reading, one, other)]
    parted = " a break lies between, so the two are not compared" if broken else ""
    if parted and len(broken) < len(ends):
        parted = f" a break lies between those of {listed(broken)}, which are not compared"
    lacking = "".join(f"; {name}: {why}" for name, why in empty)
    tail = f";{parted}" if parted else ""
    unit = unit_words(reading)
    return f"{reading.indicator.title}, {unit}, first and newest value{when}: {'; '.join(said)}{tail}{lacking}."


def _ends_words(reading: Reading, area: Area, first: Figure, last: Figure, shared: bool) -> str:
    values = [_value(reading, drawn_value(reading, one) or 0.0) for one in (first, last)]
    if first is last:
        return f"{area.name} {values[0]} only{'' if shared else f' in {the_period(first)}'}"
    if shared:
        return f"{area.name} {values[0]} and {values[1]}"
    return f"{area.name} {values[0]} in {the_period(first)} and {values[1]} in {the_period(last)}"
