"""Changes between two periods, a place a row in fixed order, each with its limits and its test."""

from collections.abc import Iterable
from math import inf, isfinite
from typing import Final

from vawg_metrics.areas import LLR, UNPLACED
from vawg_metrics.charts.around import scale_around
from vawg_metrics.charts.credit import credit
from vawg_metrics.charts.drawable import SMALL_WORDS, small_quarter
from vawg_metrics.charts.made_up import says_so
from vawg_metrics.charts.plan import Plan, Scale
from vawg_metrics.charts.plan_places import ChangeRow, ChangesPlan
from vawg_metrics.comparison import Comparison, Place
from vawg_metrics.narrative import named, period_words, with_article
from vawg_metrics.progress import Change
from vawg_metrics.reading import Figure, Reading
from vawg_metrics.wording import finding_words, in_sentence, listed, marked, numerator_words, signed

MOST: Final = 200.0  # per cent either way: what goes further is cut there, with an arrow
UNTOLD: Final = "cannot be told from chance"
REASONS: Final = {
    "edition": "one edition only",
    "no_headline": "the later period is not known",
    "history": "ends before the strategy begins",
    "unknown": "the earlier period is not known",
    "before_series": "no earlier period is held",
    "change": "recording changed between the two",
    "overlap": "the two periods share months",
    "between": "a period between the two is not known",
    "join": "a new download began between the two",
    "not_tested": "not tested, for no events are counted",
    "unplaced": "not a place",
    "is_baseline": "this is the period itself",
    "unsettled": "outcomes are not settled",
}
LIMITS_NOTE: Final = "Lines are 95 % limits: made in this way, they hold the underlying change 95 times in 100."
DOTS_NOTE: Final = f"Filled signs can be told from chance; hollow ones {UNTOLD}."
TESTS_NOTE: Final = (
    "Each place is tested by itself at 5 %: of 20 places where nothing had changed, about 1 would be told from chance "
    "all the same."
)


@says_so
def plan_changes(comparison: Comparison) -> Plan:
    """The change of every place of a comparison between its two periods."""
    reading = comparison.reading
    places = [place for place in comparison.places if place.area != UNPLACED]
    periods = _periods_words(comparison)
    title = f"{named(reading.indicator)}: change {periods}, by place" if periods else _bare_title(reading)
    rows = tuple(_row(reading, place) for place in places)
    if not periods or not any(row.estimate is not None for row in rows):
        return Plan(title=title, subtitle="", empty=_why_empty(comparison, rows))
    scale = _scale(reading, rows)
    order = "Places stand in a fixed order and are not ranked"
    return ChangesPlan(
        title=title,
        subtitle=f"{reading.indicator.title}, {scale.words}. {order}.{_counted_words(reading)}",
        alternative=f"{reading.indicator.title}, {scale.words} {periods}: {_spoken(rows)}.",
        notes=_notes(rows, scale),
        cautions=reading.indicator.caveats,
        footer=credit(reading),
        scale=scale,
        rows=rows,
    )


def _bare_title(reading: Reading) -> str:
    return f"{named(reading.indicator)}: change by place"


def _periods_words(comparison: Comparison) -> str:
    """`from 2023 to 2025`, `between the year to June 2024 and 2025`; '' where there are not two periods."""
    headline = comparison.reading.headline
    if comparison.since is None or headline is None or headline.period is None:
        return ""
    before, after = with_article(comparison.since.words()), with_article(period_words(headline))
    if " to " in f"{before}{after}":
        return f"between {before} and {after}"
    return f"from {before} to {after}"


def _why_empty(comparison: Comparison, rows: Iterable[ChangeRow]) -> str:
    if comparison.reading.headline is None:
        return f"No figure of {in_sentence(comparison.indicator.title)} is held."
    reasons: dict[str, list[str]] = {}
    for row in rows:
        reasons.setdefault(row.text, []).append(row.name)
    if comparison.since is None or not reasons:
        return "No earlier period is held that the change could be taken from."
    if len(reasons) == 1:
        return f"No change is given: {next(iter(reasons))}."
    said = "; ".join(f"{', '.join(names)}: {why}" for why, names in reasons.items())
    return f"No change is given. {said}."


def _counted_words(reading: Reading) -> str:
    """That rates are compared where counts were chosen: places and periods differ in size."""
    if reading.selection.measure != "count" or not reading.indicator.denominator:
        return ""
    kind = "shares" if reading.indicator.share else "rates"
    return f" The change is that of {kind}, even where counts are chosen."


def _row(reading: Reading, place: Place) -> ChangeRow:
    chosen = place.area in reading.areas
    found, before = place.progress.change, place.progress.before
    sizes = _sizes(found) if found and not _small(reading, place.figure, before) else None
    told = found is not None and sizes is not None and found.verdict != "untold"
    text = _found_words(found, sizes, told) if found and sizes else _reason(reading, place)
    estimate, low, high = sizes or (None, None, None)
    return ChangeRow(
        name=place.area.name,
        estimate=estimate,
        low=low,
        high=high,
        text=text,
        hover=marked(_hover(reading, place, text, sizes is not None), reading.demonstration),
        role="chosen" if chosen else "whole" if place.area == LLR else "plain",
        style=reading.areas.index(place.area) if chosen else 0,
        told=told,
    )


def _sizes(found: Change) -> tuple[float, float, float] | None:
    """The change and its limits in percentage points for shares, else in per cent; None on a base under 20."""
    if found.p is None:
        return found.estimate, found.lower, found.upper
    if found.percent is None or not isfinite(found.estimate):
        return None
    return (found.estimate - 1) * 100, (found.lower - 1) * 100, (found.upper - 1) * 100


def _found_words(found: Change, sizes: tuple[float, float, float], told: bool) -> str:
    """`+12.3 % (−1.0 to +27.4); cannot be told from chance`."""
    estimate, low, high = sizes
    unit = " points" if found.p is None else " %"
    upper = signed(high, 1) if high < inf else "no upper limit"
    said = f"{signed(estimate, 1)}{unit} ({signed(low, 1)} to {upper})"
    return said if told else f"{said}; {UNTOLD}"


def _small(reading: Reading, *figures: Figure | None) -> bool:
    return any(one is not None and small_quarter(reading, one) for one in figures)


def _reason(reading: Reading, place: Place) -> str:
    """In a few words, why a place has no dot."""
    before, after = place.progress.before, place.figure
    if _small(reading, before, after):
        return SMALL_WORDS
    if place.progress.obstacle:
        return REASONS[place.progress.obstacle]
    if before is None or after is None or before.numerator is None or after.numerator is None:
        return "not known"
    return f"too few for a percentage: {numerator_words(before)} then, {numerator_words(after)} after"


def _hover(reading: Reading, place: Place, text: str, shown: bool) -> str:
    """The row's sentence with the two findings that it compares."""
    both = [one for one in (place.progress.before, place.figure) if one is not None and one.known]
    if not both or _small(reading, *both):
        return f"{place.area.name}: {text}"
    found = "; ".join(f"{period_words(one)}: {finding_words(reading.indicator, one)}" for one in both)
    return f"{place.area.name}: {text}{', 95 % limits in brackets' if shown else ''}. {found}"


def _scale(reading: Reading, rows: Iterable[ChangeRow]) -> Scale:
    ends = [end for row in rows for end in (row.estimate, row.low, row.high)]
    if reading.indicator.limits_by == "wilson":
        return scale_around("change in percentage points", ends, MOST)
    return scale_around("change in per cent", ends, MOST, " %")


def _notes(rows: Iterable[ChangeRow], scale: Scale) -> tuple[str, ...]:
    drawn = [row for row in rows if row.estimate is not None]
    cut = [row.name for row in drawn if (row.high or 0.0) > scale.high or (row.low or 0.0) < scale.low]
    arrows = (f"Arrows: what runs beyond the scale ({listed(cut)}).",) if cut else ()
    return (DOTS_NOTE, LIMITS_NOTE, *arrows, TESTS_NOTE)


def _spoken(rows: Iterable[ChangeRow]) -> str:
    return "; ".join(f"{row.name} {row.text.replace('; ', ', ')}" for row in rows)
