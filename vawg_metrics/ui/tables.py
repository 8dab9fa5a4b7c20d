"""The figures behind a view as a real HTML table: readable by every screen reader, newest rows first."""

from typing import Final

from vawg_metrics.narrative import period_words
from vawg_metrics.outputs.table import figures_of
from vawg_metrics.reading import Figure, Reading
from vawg_metrics.statements import range_ends
from vawg_metrics.statements.claims import range_words
from vawg_metrics.ui.markup import folded, html_table
from vawg_metrics.wording import bare_value, denominator_words, marked, marker_words, numerator_words

FIRST_ROWS: Final = 8
OVER_TIME: Final = ("trend", "usual", "groups")


def figure_table(reading: Reading, view: str) -> str:
    """The figures behind a view of a card, the newest eight open and the rest folded beneath."""
    figures = _shown(reading, view)
    header = ("Period" if view in OVER_TIME else "Place", *_columns(reading, view))
    rows = [_row(reading, one, view) for one in figures]
    numbers = range(2, len(header) - (2 if view == "usual" else 1))
    title = marked(reading.indicator.title, reading.demonstration)
    caption = f"{title}, newest first" if view in OVER_TIME else title
    if len(rows) <= FIRST_ROWS or view not in OVER_TIME:
        return html_table(caption, header, rows, numbers)
    whole = html_table(f"{caption}: all {len(rows)} rows", header, rows, numbers)
    first = html_table(f"{caption}: first {FIRST_ROWS} rows", header, rows[:FIRST_ROWS], numbers)
    return f"{first}{folded(f'All {len(rows)} rows', whole)}"


def _shown(reading: Reading, view: str) -> list[Figure]:
    figures = figures_of(reading, view)
    if view in ("districts", "map"):
        return list(figures)
    return sorted(figures, key=lambda one: one.period.end if one.period else "", reverse=True)


def _columns(reading: Reading, view: str) -> tuple[str, ...]:
    place = "Period" if view in ("districts", "map") else "Group" if view == "groups" else "Place"
    divided = (_value_head(reading), "Numerator", "Denominator") if reading.indicator.denominator else ("Count",)
    each = "%" if reading.indicator.share else f"number a {reading.grain}"
    judged = (f"Usual range, {each}", "Unusual") if view == "usual" else ("95 % limits",)
    return (place, *divided, *judged, "Note")


def _value_head(reading: Reading) -> str:
    indicator = reading.indicator
    return f"Value, {indicator.unit_words}" if indicator.unit_words else "Value"


def _row(reading: Reading, figure: Figure, view: str) -> tuple[str, ...]:
    period, place = period_words(figure), figure.area.name
    labels = {one.id: one.label for one in reading.indicator.breakdown.groups} if reading.indicator.breakdown else {}
    second = labels.get(figure.group, figure.group) if view == "groups" else place
    lead = (place, period) if view in ("districts", "map") else (period, second)
    counts = [numerator_words(figure)]
    if reading.indicator.denominator:
        counts = [bare_value(reading.indicator, figure.value), *counts, denominator_words(figure)]
    return (*lead, *counts, *_judged(reading, figure, view), marker_words(figure))


def _judged(reading: Reading, figure: Figure, view: str) -> tuple[str, ...]:
    """The limits of a figure, or of its usual range with the rule that it breaks."""
    if view != "usual":
        return ("–" if figure.lower is None else range_words(reading.indicator, figure),)
    usual = figure.usual
    if usual is None or usual.centre is None:
        return "–", usual.note if usual else ""
    return " to ".join(range_ends(reading.indicator, usual)), usual.signal or "no"
