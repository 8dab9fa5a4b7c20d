"""Sentences from a Reading: its heading, its caption, its text alternative. No direction word without a test."""

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.periods import month_words
from vawg_metrics.reading import Figure, Reading
from vawg_metrics.selection import ALL_YEARS
from vawg_metrics.wording import bare_value, count_words, finding_words

GRAIN_PHRASES = {
    "month": "by month",
    "quarter": "by quarter",
    "year": "by year",
    "rolling12": "by rolling 12 months",
    "edition": "in this edition",
}


def named(indicator: Indicator) -> str:
    """The measure's title with whom it counts, where readers would otherwise think of women and girls only."""
    return f"{indicator.title} ({indicator.whom})" if indicator.whom.startswith("all victims") else indicator.title


def period_words(figure: Figure) -> str:
    """The figure's period by name."""
    return figure.period.words() if figure.period else "in this edition"


def heading(reading: Reading) -> str:
    """The finding: measure, value with its count, place, period."""
    figure = reading.headline
    if figure is None:
        return f"{named(reading.indicator)}: no figure is held"
    found = finding_words(reading.indicator, figure)
    marked = ", provisional" if figure.marker == "provisional" else ""
    return f"{named(reading.indicator)}: {found}, {figure.area.name}, {period_words(figure)}{marked}"


def beside(reading: Reading) -> str:
    """The other areas chosen, each at the headline's period, in one sentence; '' when there is one area."""
    at = {one.area.code: one for one in reading.districts}
    others = [at[area.code] for area in reading.areas[1:] if area.code in at]
    return " ".join(f"{one.area.name}: {finding_words(reading.indicator, one)}." for one in others)


def caption(reading: Reading) -> str:
    """What the chart shows: the measure, the places, the span and the grain, in words."""
    places = [area.name for area in reading.areas] or ["No place"]
    where = places[0] if len(places) == 1 else f"{', '.join(places[:-1])} and {places[-1]}"
    return f"{measured_words(reading)}. {where}, {span_words(reading)}, {GRAIN_PHRASES[reading.grain]}."


def measured_words(reading: Reading) -> str:
    """What the numbers are: a count of something, or something as a share of or per something else."""
    indicator = reading.indicator
    what = indicator.numerator.name if indicator.numerator else indicator.title
    if reading.selection.measure == "count" or not indicator.denominator:
        return f"Number of {what}"
    what = what[0].upper() + what[1:]
    if indicator.unit == "percent":
        return f"{what}, as a share of {indicator.denominator.name}"
    return f"{what}, {indicator.unit_words}"


def span_words(reading: Reading) -> str:
    """The months that the figures shown cover, by name."""
    periods = [one.period for one in reading.figures if one.period]
    if not periods:
        return "in this edition" if reading.grain == "edition" else "no period"
    whole = " (all years held)" if reading.selection.start == ALL_YEARS else ""
    return f"{month_words(min(one.start for one in periods))} to {month_words(max(one.end for one in periods))}{whole}"


def alternative(reading: Reading) -> str:
    """One sentence that stands for the chart: where the line begins and ends, its lowest and highest, its gaps."""
    measure = reading.selection.measure
    first = reading.areas[0].name if reading.areas else ""
    line = [one for one in reading.figures if one.area.name == first]
    known = [one for one in line if one.measured(measure) is not None]
    if not known:
        return f"No figure of {reading.indicator.title.lower()} is held for {first or 'the areas chosen'}."
    if len(known) == 1:
        return f"One period only, {period_words(known[0])}: {_drawn(reading, known[0])} for {first}."
    low, high = min(known, key=lambda one: _size(one, measure)), max(known, key=lambda one: _size(one, measure))
    gaps = len(line) - len(known)
    holes = "" if not gaps else f" {gaps} period{'s are gaps' if gaps > 1 else ' is a gap'}."
    return (
        f"{first}: {_drawn(reading, known[0])} in {period_words(known[0])} and {_drawn(reading, known[-1])} in "
        f"{period_words(known[-1])}; lowest {_drawn(reading, low)} ({period_words(low)}), "
        f"highest {_drawn(reading, high)} ({period_words(high)}).{holes}"
    )


def _size(figure: Figure, measure: str) -> float:
    return figure.measured(measure) or 0.0


def _drawn(reading: Reading, figure: Figure) -> str:
    if reading.selection.measure == "count":
        return count_words(figure.numerator)
    return bare_value(reading.indicator, figure.value)


def neighbour_words(reading: Reading) -> str:
    """The range of the area's statistical neighbours, with how many of them a figure is held for."""
    found, headline = reading.neighbours, reading.headline
    if found is None or headline is None:
        return ""
    low, middle, high = (bare_value(reading.indicator, value) for value in (found.low, found.middle, found.high))
    return (
        f"Of the {found.neighbours} places that the Office for National Statistics finds most like "
        f"{headline.area.name}, {found.found} have a figure for {_the(period_words(headline))}: from {low} to {high}, "
        f"half of them at or under {middle}."
    )


def _the(period: str) -> str:
    """`the year to June 2025`, where a sentence needs the article."""
    return f"the {period}" if period.startswith("year") else period


def population_words(reading: Reading) -> str:
    """Which estimate the denominator is, where it was carried from another year."""
    years = {one.denominator_period for one in reading.figures if one.denominator_period}
    carried = {
        one.denominator_period
        for one in reading.figures
        if one.denominator_period and one.period and one.denominator_period != one.period.end[:4]
    }
    if not years or not reading.indicator.denominator:
        return ""
    if not carried:
        return ""
    name = reading.indicator.denominator.name
    return f"Where no estimate of a period's own year is held, {name} of {' or '.join(sorted(carried))} are used."
