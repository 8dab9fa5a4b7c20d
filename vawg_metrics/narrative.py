"""Sentences from a Reading: its heading, its caption, its text alternative. No direction word without a test."""

from collections.abc import Sequence
from itertools import permutations
from typing import Final

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.disclosure.rules import BASE, WITHIN, WITHIN_REVISED
from vawg_metrics.periods import month_words
from vawg_metrics.reading import Figure, Reading
from vawg_metrics.selection import ALL_YEARS
from vawg_metrics.wording import bare_value, finding_words, in_sentence, listed, marked, numerator_words

MOST_NAMED: Final = 3
GRAIN_PHRASES = {
    "month": "by month",
    "quarter": "by quarter",
    "year": "by year",
    "rolling12": "by rolling 12 months",
    "edition": "in this edition",
}


def named(indicator: Indicator) -> str:
    """The measure's title with whom it counts, where readers would otherwise think of women and girls only."""
    return f"{indicator.title} ({indicator.whom})" if indicator.whom.endswith("both sexes") else indicator.title


def never_joined(measures: Sequence[Indicator]) -> tuple[str, ...]:
    """For each two of some measures that count not the same under like names, why, once."""
    said: dict[frozenset[str], str] = {}
    for one, other in permutations(measures, 2):
        if f'"{other.title}"' in one.unlike:
            said.setdefault(frozenset((one.id, other.id)), f'"{one.title}": {in_sentence(one.unlike)}')
    return tuple(said.values())


def period_words(figure: Figure) -> str:
    """The figure's period by name."""
    return figure.period.words() if figure.period else "in this edition"


def in_period(figure: Figure) -> str:
    """The figure's period with the word that a sentence needs before it: `in 2024/25`, `from April to June 2024`."""
    words = period_words(figure)
    if figure.period is None:
        return words
    if words.startswith("year"):
        return f"in the {words}"
    return f"from {words}" if " to " in words else f"in {words}"


def in_time(indicator: Indicator, figure: Figure) -> str:
    """`in_period`, but of what is counted on the last day of a period: `at the end of March 2026`."""
    if figure.period is None or not _counted_on_a_day(indicator):
        return in_period(figure)
    return f"at the end of {month_words(figure.period.end)}"


def _counted_on_a_day(indicator: Indicator) -> bool:
    """Whether it is a stock: people waiting or posts filled, of which the newest count stands for a longer period."""
    return indicator.numerator is not None and indicator.numerator.over_time == "latest"


def heading(reading: Reading) -> str:
    """The finding: measure, value with its count, place, period. Its first word is Demonstration if it is made up."""
    return marked(_finding(reading), reading.demonstration)


def _finding(reading: Reading) -> str:
    figure = reading.headline
    if figure is None:
        return f"{named(reading.indicator)}: no figure is held"
    found = finding_words(reading.indicator, figure)
    unsettled = ", provisional" if figure.marker == "provisional" else ""
    stock = _counted_on_a_day(reading.indicator)
    when = in_time(reading.indicator, figure).removeprefix("at the ") if stock else period_words(figure)
    return f"{named(reading.indicator)}: {found}, {figure.area.name}, {when}{unsettled}"


def beside(reading: Reading) -> str:
    """The other areas chosen, each at the headline's period, in one sentence; '' when there is one area."""
    at = {one.area.code: one for one in reading.districts}
    others = [at[area.code] for area in reading.areas[1:] if area.code in at]
    return " ".join(f"{one.area.name}: {finding_words(reading.indicator, one)}." for one in others)


def caption(reading: Reading) -> str:
    """What the chart shows: the measure, the places, the span and the grain, in words."""
    places = [area.name for area in reading.areas] or ["No place"]
    where = places[0] if len(places) == 1 else f"{', '.join(places[:-1])} and {places[-1]}"
    when = dict.fromkeys((span_words(reading), GRAIN_PHRASES[reading.grain]))  # an edition is both
    return marked(f"{measured_words(reading)}. {where}, {', '.join(when)}.", reading.demonstration)


def measured_words(reading: Reading) -> str:
    """What the numbers are: a count of something, or something as a share of or per something else."""
    indicator = reading.indicator
    what = indicator.numerator.name if indicator.numerator else indicator.title
    capital = what[0].upper() + what[1:]
    if indicator.unit in ("pounds", "days") and (reading.selection.measure == "count" or not indicator.denominator):
        return capital if indicator.unit == "days" else f"{capital}, in pounds"
    if reading.selection.measure == "count" or not indicator.denominator:
        return f"Number of {what}"
    what = capital
    if indicator.unit == "ratio":
        return f"{what}, as a ratio to {indicator.denominator.name}"
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
    """What stands for the chart: where the last unbroken line begins and ends, its lowest and highest, its gaps."""
    return marked(_told(reading), reading.demonstration)


def _told(reading: Reading) -> str:
    first = reading.areas[0].name if reading.areas else ""
    line = [one for one in reading.figures if one.area.name == first]
    known = [one for one in line if one.measured(reading.selection.measure) is not None]
    whole = [one for one in known if not _partial(one)]
    if not whole:
        held = "No complete figure" if known else "No figure"
        return f"{held} of {in_sentence(reading.indicator.title)} is held for {first or 'the areas chosen'}."
    stretch, since = _last_stretch(reading, whole)
    if since:
        line = line[line.index(stretch[0]) :]
    return f"{_stretch_words(reading, stretch, since)}{_lacking_words(reading, line)}"


def breaks(reading: Reading) -> tuple[str, ...]:
    """The months across which nothing is compared: further downloads, and changes that break a series."""
    return tuple(sorted({*reading.joins, *(one.month for one in reading.changes if one.breaks)}))


def unbroken_from(reading: Reading, first: Figure, second: Figure) -> bool:
    """Whether two periods may be joined: no break begins after the first month of one and by the end of the other."""
    if first.period is None or second.period is None:
        return True
    start, end = first.period.start, second.period.end
    return not any(start < month <= end for month in breaks(reading))


def _last_stretch(reading: Reading, whole: Sequence[Figure]) -> tuple[Sequence[Figure], str]:
    """The figures after the last break, and the month of that break; all and '' where there is none."""
    cut = max((at for at in range(1, len(whole)) if not unbroken_from(reading, whole[at - 1], whole[at])), default=0)
    period = whole[cut].period
    if not cut or period is None:
        return whole, ""
    return whole[cut:], max(month for month in breaks(reading) if month <= period.end)


def _stretch_words(reading: Reading, stretch: Sequence[Figure], since: str) -> str:
    measure, first = reading.selection.measure, stretch[0]
    place = first.area.name
    if since and first.period and first.period.start < since:
        found = f"{_drawn(reading, first)} in {period_words(first)}"
        return f"{place}: {found}; it spans a break in {month_words(since)} and is not compared."
    after = f" since {month_words(since)}" if since else ""
    if len(stretch) == 1:
        return f"One period only{after}, {period_words(first)}: {_drawn(reading, first)} for {place}."
    low = min(stretch, key=lambda one: _size(one, measure))
    high = max(stretch, key=lambda one: _size(one, measure))
    return (
        f"{place}{after}: {_drawn(reading, first)} in {period_words(first)} and {_drawn(reading, stretch[-1])} in "
        f"{period_words(stretch[-1])}; lowest {_drawn(reading, low)} ({period_words(low)}), "
        f"highest {_drawn(reading, high)} ({period_words(high)})."
    )


def _lacking_words(reading: Reading, line: Sequence[Figure]) -> str:
    """The gaps of a line by number, and its incomplete periods by name where they are few."""
    values = [one.measured(reading.selection.measure) for one in line]
    gaps = values.count(None)
    holes = "" if not gaps else f" {gaps} period{'s are gaps' if gaps > 1 else ' is a gap'}."
    part = [period_words(one) for one, value in zip(line, values, strict=True) if value is not None and _partial(one)]
    if not part:
        return holes
    which = f"{len(part)} periods" if len(part) > MOST_NAMED else listed(part)
    return f"{holes} {which} {'is' if len(part) == 1 else 'are'} incomplete."


def _partial(figure: Figure) -> bool:
    return figure.marker == "incomplete"


def _size(figure: Figure, measure: str) -> float:
    return figure.measured(measure) or 0.0


def _drawn(reading: Reading, figure: Figure) -> str:
    if reading.selection.measure == "count":
        return numerator_words(figure)
    return bare_value(reading.indicator, figure.value)


def neighbour_words(reading: Reading) -> str:
    """The range of the area's statistical neighbours, with how many of them a figure is held for."""
    found, headline = reading.neighbours, reading.headline
    if found is None or headline is None:
        return ""
    low, middle, high = (bare_value(reading.indicator, value) for value in (found.low, found.middle, found.high))
    when = with_article(period_words(headline))
    return (
        f"Of the {found.neighbours} places that the Office for National Statistics finds most like "
        f"{headline.area.name}, {found.found} have a figure for {when}: from {low} to {high}, "
        f"half of them at or under {middle}."
    )


def with_article(period: str) -> str:
    """`the year to June 2025`, where a sentence needs the article."""
    return f"the {period}" if period.startswith("year") else period


def rounding_words(reading: Reading) -> str:
    """How far the truth may lie from counts of people that partners sent; '' where counts are exact."""
    shown = (*reading.figures, *reading.districts)
    most = max((max(one.within, one.denominator_within) for one in shown), default=0)
    if not most:
        return ""
    longer = f"; over four quarters it lies within {most}" if most > WITHIN else ""
    return (
        f"Counts of people from partners are rounded to base {BASE}: the true count lies within {WITHIN} of the one "
        f"shown ({WITHIN_REVISED} if its return was revised later), and 0 may be 0 to {WITHIN}{longer}."
    )


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
