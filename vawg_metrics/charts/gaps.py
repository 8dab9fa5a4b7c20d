"""The gaps and the incomplete points of a trend in words: whose, when and why."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from vawg_metrics.charts.drawable import unpeopled
from vawg_metrics.narrative import period_words
from vawg_metrics.periods import Period, month_words
from vawg_metrics.reading import Figure, Reading
from vawg_metrics.wording import marker_words

UNEXPLAINED: Final = ("", "missing", "incomplete")
NOTED: Final = "noted"
NO_REASON: Final = "not supplied"


def gap_notes(reading: Reading) -> list[str]:
    """Each gap in words: whose it is, the periods, and the reason that its figures share."""
    places: dict[tuple[str, str], list[str]] = {}
    for area in (one for one in reading.areas if not unpeopled(reading, one)):
        own = [one for one in reading.figures if one.area == area and one.period]
        for why, run in groupby(own, key=lambda one: _why(reading, one)):
            if why:
                figures = list(run)
                reason = _reason(figures) if why == NOTED else why
                places.setdefault((_gap_words(figures), reason), []).append(area.name)
    return [f"Gap, {', '.join(names)}: {when} ({reason})." for (when, reason), names in places.items()]


def incomplete_notes(reading: Reading) -> list[str]:
    """Each incomplete period that is drawn: `Harborough, March 2020: incomplete (why).`"""
    places: dict[tuple[str, str], list[str]] = {}
    for one in reading.figures:
        if one.marker == "incomplete" and one.measured(reading.selection.measure) is not None:
            places.setdefault((period_words(one), one.note), []).append(one.area.name)
    return [
        f"{', '.join(names)}, {when}: incomplete{f' ({note})' if note else ''}."
        for (when, note), names in places.items()
    ]


def _why(reading: Reading, figure: Figure) -> str:
    """Why a figure is a gap: its marker and its note in words, or that its note tells; '' where it is none."""
    if figure.measured(reading.selection.measure) is not None:
        return ""
    if figure.marker in UNEXPLAINED:
        return NOTED
    kept = "; its counts are in the table" if figure.known else ""
    return marker_words(figure) + kept


def _gap_words(figures: Sequence[Figure]) -> str:
    periods = [one.period for one in figures if one.period]
    first, last = periods[0], periods[-1]
    if len(periods) == 1:
        return first.words()
    if figures[0].grain == "rolling12":
        return f"runs of 12 months ending {month_words(first.end)} to {month_words(last.end)}"
    if figures[0].grain == "year":
        return f"{first.words()} to {last.words().removeprefix('year to ')}"
    return Period(first.start, last.end).words()


def _reason(figures: Sequence[Figure]) -> str:
    """The part of the notes that all the figures have in common, or that there is none."""
    parts = [one.note.split("; ") for one in figures]
    shared = "; ".join(part for part in parts[0] if part and all(part in others for others in parts))
    if shared or any(one.note for one in figures):
        return shared or "reasons in the table"
    return "incomplete" if all(one.marker == "incomplete" for one in figures) else NO_REASON
