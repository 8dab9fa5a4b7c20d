"""Districts side by side in their fixed order, or by value on request, with LLR and the comparators that are free."""

from collections.abc import Iterable
from typing import Final

from vawg_metrics.areas import (
    BESIDE,
    DISTRICTS,
    LEICESTERSHIRE,
    LLR,
    NEIGHBOURING_FORCES,
    UNPLACED,
    UPPER_TIERS,
    Area,
)
from vawg_metrics.charts.axes import scale_of, unit_words
from vawg_metrics.charts.credit import credit
from vawg_metrics.charts.districts_words import careful_note, limit_notes
from vawg_metrics.charts.drawable import (
    SMALL_NOTE,
    counted,
    drawn_value,
    hover_words,
    provisional_words,
    small_quarter,
    value_label,
)
from vawg_metrics.charts.made_up import says_so
from vawg_metrics.charts.plan import Bar, BarsPlan, Plan, Role
from vawg_metrics.narrative import named, neighbour_words, period_words
from vawg_metrics.reading import Figure, Reading
from vawg_metrics.wording import in_sentence, numerator_words

BY_VALUE: Final = "Sorted by value on request; a place's position is not a rank"


@says_so
def plan_districts(reading: Reading, by_value: bool = False) -> Plan:
    """Bars at the headline's period: districts, then LLR and the comparators, which counts leave out.

    `by_value` sorts the districts, the highest first and those without a value last; the other blocks stay.
    """
    indicator, headline = reading.indicator, reading.headline
    title = f"{named(indicator)} by place" + (f", {period_words(headline)}" if headline else "")
    if headline is None:
        return Plan(title=title, subtitle="", empty=f"No figure of {in_sentence(indicator.title)} is held.")
    places = () if indicator.geography == "force" else UPPER_TIERS if indicator.places == "upper" else DISTRICTS
    districts = _bars(reading, places, reading.districts, "plain")
    if by_value:
        districts = tuple(sorted(districts, key=_falling))
    wider = () if counted(reading) else _wider(reading)
    blocks = tuple(block for block in (districts, *wider) if any(bar.value is not None for bar in block))
    bars = [bar for block in blocks for bar in block]
    if len(bars) < 2:
        return Plan(title=title, subtitle="", empty=_why_empty(reading))
    whole = next((bar for bar in bars if bar.name == LLR.name and bar.value is not None), None)
    reference = whole if districts else None
    return BarsPlan(
        title=title,
        subtitle=f"{indicator.title}, {unit_words(reading, headline.grain)}. "
        f"{_order_words(reading, bool(districts), by_value)}",
        alternative=_alternative(reading, bars),
        notes=(
            *careful_note(indicator),
            *limit_notes(indicator, bars, _comparable(reading, places), reference is not None),
            *_notes(reading),
        ),
        cautions=indicator.caveats,
        footer=credit(reading),
        scale=scale_of(reading, [end for bar in bars for end in (bar.value, bar.high)], headline.grain),
        blocks=blocks,
        reference=reference,
    )


def _why_empty(reading: Reading) -> str:
    if reading.indicator.geography == "force" and counted(reading):
        choice = ": choose rates." if reading.indicator.denominator else "."
        return f"Counts of forces of different size are not compared{choice}"
    if reading.indicator.geography == "force":
        return "Only published for the whole force: there are no districts to compare."
    return "No two places have a figure for this period."


def _falling(bar: Bar) -> tuple[bool, float]:
    """What sorts bars by value, the highest first; equal ones keep their fixed order."""
    return bar.value is None, -(bar.value or 0.0)


def _order_words(reading: Reading, districts: bool, by_value: bool) -> str:
    order = BY_VALUE if by_value else "Places stand in a fixed order and are not ranked"
    fixed = order if districts else "LLR and the places beside it"
    behind = "" if counted(reading) or reading.indicator.unit == "percent" else "; counts in brackets"
    period = provisional_words(reading.headline) if reading.headline else ""
    return f"{fixed}{behind}. {period[:1].upper()}{period[1:]}."


def _wider(reading: Reading) -> tuple[tuple[Bar, ...], ...]:
    """LLR, with the county where it was asked for, and the comparators."""
    county = (LEICESTERSHIRE,) if LEICESTERSHIRE in reading.areas and reading.indicator.places != "upper" else ()
    whole = _bars(reading, (LLR, *county), reading.districts, "whole")
    beside = _bars(reading, BESIDE, reading.comparators, "beside")
    return (whole, tuple(bar for bar in beside if bar.value is not None))


def _bars(reading: Reading, areas: Iterable[Area], figures: Iterable[Figure], role: Role) -> tuple[Bar, ...]:
    """A bar for each area that the measure has a figure of, in the order of the areas."""
    found = {one.area.code: one for one in figures}
    return tuple(_bar(reading, found[area.code], role) for area in areas if area.code in found)


def _bar(reading: Reading, figure: Figure, role: Role) -> Bar:
    chosen = figure.area in reading.areas
    value = drawn_value(reading, figure)
    limited = value is not None and not (counted(reading) and reading.indicator.denominator)
    return Bar(
        name=figure.area.name,
        value=value,
        text=value_label(reading, figure),
        hover=hover_words(reading, figure),
        role="chosen" if chosen else role,
        style=reading.areas.index(figure.area) if chosen else 0,
        low=figure.lower if limited else None,
        high=figure.upper if limited else None,
    )


def _comparable(reading: Reading, places: Iterable[Area]) -> list[Figure]:
    """The figures of the places that are drawn, in the order of the places."""
    found = {one.area.code: one for one in reading.districts if drawn_value(reading, one) is not None}
    return [found[area.code] for area in places if area.code in found]


def _notes(reading: Reading) -> tuple[str, ...]:
    """What stands in no bar: the counts without a district, LLR's total beside counts, and small quarters."""
    found = {one.area.code: one for one in reading.districts}
    whole, unplaced = found.get(LLR.code), found.get(UNPLACED.code)
    notes = []
    if whole and counted(reading) and whole.numerator is not None:
        notes.append(f"LLR as a whole: {numerator_words(whole)}.")
    if unplaced and unplaced.numerator is not None:
        share = ""
        if whole and whole.numerator:
            counts = f" {reading.indicator.numerator.name}" if reading.indicator.numerator else ""
            share = f" of LLR's {numerator_words(whole)}{counts} ({100 * unplaced.numerator / whole.numerator:.1f} %)"
        notes.append(f"{UNPLACED.name}: {numerator_words(unplaced)}{share}. They count in LLR and in no district.")
    if any(small_quarter(reading, one) for one in reading.districts):
        notes.append(SMALL_NOTE)
    if not counted(reading):
        notes += [_lacking_forces(reading), neighbour_words(reading)]
    return tuple(note for note in notes if note)


def _lacking_forces(reading: Reading) -> str:
    """The neighbouring forces that no figure is held of, where others have one."""
    held = {one.area.code for one in reading.comparators if drawn_value(reading, one) is not None}
    lacking = [area.name for area in NEIGHBOURING_FORCES if area.code not in held]
    if reading.headline is None or not lacking or len(lacking) == len(NEIGHBOURING_FORCES):
        return ""
    names = lacking[0] if len(lacking) == 1 else f"{', '.join(lacking[:-1])} and {lacking[-1]}"
    return f"{names}: not held for {period_words(reading.headline)}."


def _alternative(reading: Reading, bars: Iterable[Bar]) -> str:
    grain = reading.headline.grain if reading.headline else ""
    said = ", ".join(f"{bar.name} {bar.text}" for bar in bars)
    return f"{reading.indicator.title}, {unit_words(reading, grain)}: {said}."
