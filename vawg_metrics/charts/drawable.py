"""Which figures may be drawn, how large, and the words that stand at them."""

from dataclasses import replace
from typing import Final

from vawg_metrics.narrative import period_words
from vawg_metrics.reading import Figure, Reading
from vawg_metrics.wording import MARKER_WORDS, bare_value, count_words, finding_words, marker_words

SMALL: Final = 5
SMALL_WORDS: Final = "under 5: only in the table"
SMALL_NOTE: Final = "A district's quarter under 5 is in the table and is not drawn."


def counted(reading: Reading) -> bool:
    """Whether counts are drawn: they were asked for, or the measure is a count."""
    return reading.selection.measure == "count" or reading.indicator.denominator is None


def small_quarter(reading: Reading, figure: Figure) -> bool:
    """A district's published quarter under 5: kept in tables and files, never drawn alone, mapped or spoken."""
    return (
        reading.indicator.native_period == "quarter"
        and figure.grain == "quarter"
        and figure.area.kind == "district"
        and figure.numerator is not None
        and figure.numerator < SMALL
    )


def drawn_value(reading: Reading, figure: Figure) -> float | None:
    """What is drawn of a figure in the measure asked for; None where it is unknown or too small a quarter."""
    if small_quarter(reading, figure):
        return None
    return figure.measured("count" if counted(reading) else "rate")


def speakable(reading: Reading) -> Reading:
    """The reading with small quarters as gaps, for sentences that name its lowest and highest."""
    figures = tuple(
        replace(one, numerator=None, value=None) if small_quarter(reading, one) else one for one in reading.figures
    )
    return replace(reading, figures=figures)


def value_label(reading: Reading, figure: Figure) -> str:
    """The words at a bar's end, value and count together: `4.1 (201)`, `13 % (116 of 917)`, `201`, `not known`."""
    if small_quarter(reading, figure):
        return SMALL_WORDS
    if drawn_value(reading, figure) is None:
        return MARKER_WORDS[figure.marker] or MARKER_WORDS["missing"]
    if counted(reading):
        return count_words(figure.numerator)
    if reading.indicator.unit == "rate":
        return f"{bare_value(reading.indicator, figure.value)} ({count_words(figure.numerator)})"
    return finding_words(reading.indicator, figure)


def hover_words(reading: Reading, figure: Figure, group: str = "") -> str:
    """The sentence shown at a point: place, period, finding, and the marker where there is one."""
    where = f"{figure.area.name}, {period_words(figure)}"
    said = f"{where}, {group}" if group else where
    if small_quarter(reading, figure):
        return f"{said}: {SMALL_WORDS}"
    marked = f"; {marker_words(figure)}" if figure.known and marker_words(figure) else ""
    return f"{said}: {finding_words(reading.indicator, figure)}{marked}"
