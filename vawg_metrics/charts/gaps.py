"""The gaps of a trend in words: whose, when and why."""

from collections.abc import Sequence
from itertools import groupby

from vawg_metrics.periods import Period, month_words
from vawg_metrics.reading import Figure, Reading


def gap_notes(reading: Reading) -> list[str]:
    """Each gap in words: whose it is, the periods, and the reason that its figures share."""
    places: dict[tuple[str, str], list[str]] = {}
    for area in reading.areas:
        own = [one for one in reading.figures if one.area == area and one.period]
        for unknown, run in groupby(own, key=lambda one: one.measured(reading.selection.measure) is None):
            if unknown:
                figures = list(run)
                places.setdefault((_gap_words(figures), _reason(figures)), []).append(area.name)
    return [
        f"Gap, {', '.join(names)}: {when}{f' ({reason})' if reason else ''}."
        for (when, reason), names in places.items()
    ]


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
    """The part of the notes that all the figures have in common."""
    parts = [one.note.split("; ") for one in figures]
    return "; ".join(part for part in parts[0] if part and all(part in others for others in parts))
