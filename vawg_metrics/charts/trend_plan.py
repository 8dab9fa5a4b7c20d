"""A trend: a line for each area over the strategy's years, its gaps left open; or bars where there is one period."""

from collections.abc import Sequence
from dataclasses import replace

from vawg_metrics.charts.axes import scale_of, span_of
from vawg_metrics.charts.credit import credit
from vawg_metrics.charts.drawable import (
    drawn_value,
    hover_words,
    small_notes,
    spoken,
    value_label,
    withheld_line,
)
from vawg_metrics.charts.lettering import NAME_CHARACTERS, spread, wrapped
from vawg_metrics.charts.made_up import says_so
from vawg_metrics.charts.plan import Bar, BarsPlan, Line, Plan, TrendPlan
from vawg_metrics.charts.timeline import lettered, line_of, runs_of, time_notes, unpeopled_note, why_empty
from vawg_metrics.narrative import caption, heading, period_words
from vawg_metrics.reading import Figure, Reading


@says_so
def plan_trend(reading: Reading, all_years: bool = False) -> Plan:
    """The trend of a reading. `all_years` begins the axis with the oldest figure that the reading has."""
    drawn = [one for one in reading.figures if drawn_value(reading, one) is not None]
    if not drawn:
        return Plan(title=heading(reading), subtitle="", empty=why_empty(reading))
    if len({one.period for one in drawn}) == 1:
        return _one_period(reading, drawn[0])
    span = span_of(reading, all_years)
    scale = scale_of(reading, [drawn_value(reading, one) for one in drawn])
    series = [(area, run) for area in reading.areas for run in runs_of(reading, area)]
    lines = _labelled([line_of(reading, area, run) for area, run in series], scale.low, scale.high)
    marks, band = lettered(reading, span)
    return TrendPlan(
        title=heading(reading),
        subtitle=caption(reading),
        alternative=spoken(reading),
        notes=time_notes(reading, lines, marks, band),
        cautions=reading.indicator.caveats,
        footer=credit(reading),
        scale=scale,
        span=span,
        lines=lines,
        marks=marks,
        band=band,
    )


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
        notes=(_only_words(reading, drawn), *small_notes(reading), *unpeopled_note(reading)),
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
