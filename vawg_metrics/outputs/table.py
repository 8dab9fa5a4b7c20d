"""Figures as rows, unrounded: the one shape that the command line, the CSV and every other file share."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from vawg_metrics.areas import BESIDE
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.charts.groups_plan import parts_shown
from vawg_metrics.matrix import verdict_of
from vawg_metrics.outputs.safe_text import harmless
from vawg_metrics.reading import Figure, Reading
from vawg_metrics.wording import DEMONSTRATION

Record = dict[str, object]
MADE_UP_ROW: Final = f"{DEMONSTRATION}: made up"
COLUMNS: Final = (
    "indicator", "area", "area_code", "grain", "period_start", "period_end", "breakdown", "group", "numerator",
    "denominator", "value", "lower", "upper", "method", "comparison", "comparison_verdict", "rest_value", "usual_lower",
    "usual_mean", "usual_upper", "signal", "marker", "note", "denominator_year",
    "release",
)  # fmt: skip
VIEW_COLUMNS: Final = (COLUMNS[0], "title", *COLUMNS[1:])


def as_record(indicator: Indicator, figure: Figure, release: str) -> Record:
    """One figure of a measure as a row: None where a number is unknown, never zero; its marker or note says why."""
    value = figure.value
    return {
        "indicator": figure.indicator,
        "area": figure.area.name,
        "area_code": figure.area.code,
        "grain": figure.grain,
        "period_start": figure.period.start if figure.period else "",
        "period_end": figure.period.end if figure.period else "",
        "breakdown": figure.breakdown,
        "group": figure.group,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "value": int(value) if value is not None and value.is_integer() else value,
        "lower": figure.lower,
        "upper": figure.upper,
        "method": figure.method,
        "comparison": figure.compared.label if figure.compared else "",
        "comparison_verdict": verdict_of(indicator, figure),
        "rest_value": figure.compared.rest_value if figure.compared else None,
        "usual_lower": figure.usual.lower if figure.usual else None,
        "usual_mean": figure.usual.centre if figure.usual else None,
        "usual_upper": figure.usual.upper if figure.usual else None,
        "signal": figure.usual.signal if figure.usual else "",
        "marker": figure.marker,
        "note": figure.note,
        "denominator_year": figure.denominator_period,
        "release": release,
    }


def view_records(reading: Reading, view: str = "trend") -> list[Record]:
    """The rows of exactly what a view shows, with the measure's title."""
    rows = [as_record(reading.indicator, figure, reading.release) for figure in figures_of(reading, view)]
    return [{"indicator": row["indicator"], "title": reading.indicator.title, **row} for row in rows]


def figures_of(reading: Reading, view: str = "trend") -> tuple[Figure, ...]:
    """The figures that a view shows: over time for the areas asked for, or every place at the headline's period."""
    if view == "groups":
        return parts_shown(reading)
    if view == "usual":
        return tuple(one for one in reading.figures if reading.areas and one.area == reading.areas[0])
    if view not in ("districts", "map"):
        return reading.figures
    named = {area.code for area in BESIDE} if view == "districts" else set()
    return (*reading.districts, *(one for one in reading.comparators if one.area.code in named))


def with_mark(columns: tuple[str, ...], records: Iterable[Record]) -> tuple[tuple[str, ...], tuple[Record, ...]]:
    """Made-up rows under their columns: the first column says so in every row, wherever a row is copied to."""
    return (DEMONSTRATION, *columns), tuple({DEMONSTRATION: MADE_UP_ROW, **one} for one in records)


def records_as_csv(records: Iterable[Mapping[str, object]], columns: Sequence[str] = COLUMNS) -> str:
    """Rows as CSV under a header, which stands there even when there are no rows; harmless in a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([harmless(column) for column in columns])
    for record in records:
        writer.writerow([harmless(record.get(column)) for column in columns])
    return text.getvalue()
