"""Which figures may be drawn, how large, and the words that stand at them."""

from dataclasses import replace
from typing import Final

from vawg_metrics.areas import UNPLACED, Area
from vawg_metrics.figure import SMALL
from vawg_metrics.narrative import alternative, period_words
from vawg_metrics.reading import Figure, Reading
from vawg_metrics.wording import MARKER_WORDS, bare_value, finding_words, marked, marker_words, numerator_words

SMALL_WORDS: Final = "under 5: only in the table"
NO_VALUE: Final = {"protected": "no share given"}
SMALL_NOTE: Final = "A district's quarter under 5 is in the table and is not drawn."
UNPEOPLED_NOTE: Final = f"No rate for '{UNPLACED.name}': nobody lives there. Choose counts."


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


def small_quarters(reading: Reading, area: Area) -> int:
    """How many quarters of an area are too small to be drawn."""
    return sum(one.area == area and small_quarter(reading, one) for one in reading.figures)


def withheld_line(reading: Reading, area: Area) -> bool:
    """Whether no quarterly share of an area is drawn, for a share beside its neighbours tells the small count."""
    shares = reading.indicator.unit == "percent" and reading.grain == "quarter" and not counted(reading)
    return shares and small_quarters(reading, area) > 0


def small_notes(reading: Reading) -> tuple[str, ...]:
    """What is known and not drawn, in words that tell it from a gap: a sentence for each area."""
    return tuple(_small_words(reading, area) for area in reading.areas if small_quarters(reading, area))


def _small_words(reading: Reading, area: Area) -> str:
    if withheld_line(reading, area):
        return (
            f"{area.name}: some quarters count fewer than {SMALL}, so its quarterly shares are not drawn; "
            "choose rolling 12 months."
        )
    number = small_quarters(reading, area)
    said = "1 quarter under 5 is" if number == 1 else f"{number} quarters under 5 are"
    return f"{area.name}: {said} in the table and not drawn; this is not a gap."


def unpeopled(reading: Reading, area: Area) -> bool:
    """Whether a rate is asked for of no place: what has no district has no residents."""
    denominator = reading.indicator.denominator
    return area == UNPLACED and not counted(reading) and denominator is not None and denominator.over_time == "carried"


def drawn_value(reading: Reading, figure: Figure) -> float | None:
    """What is drawn of a figure in the measure asked for; None where it is unknown or too small a quarter."""
    if small_quarter(reading, figure) or (figure.grain == "quarter" and withheld_line(reading, figure.area)):
        return None
    return figure.measured("count" if counted(reading) else "rate")


def spoken(reading: Reading) -> str:
    """The text alternative of what is drawn over time: small quarters are neither named nor counted as gaps."""
    first = reading.areas[0] if reading.areas else None
    small = _small_words(reading, first) if first and small_quarters(reading, first) else ""
    if first and small and withheld_line(reading, first):
        return small
    figures = tuple(one for one in reading.figures if not small_quarter(reading, one))
    return f"{alternative(replace(reading, figures=figures))} {small}".strip()


def provisional_words(figure: Figure) -> str:
    """The figure's period, with the warning that it may change still."""
    return f"{period_words(figure)}{' (provisional)' if figure.marker == 'provisional' else ''}"


def value_label(reading: Reading, figure: Figure) -> str:
    """The words at a bar's end, value and count together: `4.1 (201)`, `13 % (116 of 917)`, `201`, `not known`."""
    if small_quarter(reading, figure):
        return SMALL_WORDS
    if drawn_value(reading, figure) is None and figure.known and not counted(reading):
        return f"{finding_words(reading.indicator, figure)}, {NO_VALUE.get(figure.marker, 'not known')}"
    if drawn_value(reading, figure) is None:
        return MARKER_WORDS[figure.marker] or MARKER_WORDS["missing"]
    if counted(reading):
        return numerator_words(figure)
    if reading.indicator.unit == "rate":
        return f"{bare_value(reading.indicator, figure.value)} ({numerator_words(figure)})"
    return finding_words(reading.indicator, figure)


def hover_words(reading: Reading, figure: Figure, group: str = "") -> str:
    """The sentence shown at a point: place, period, finding, and the marker where there is one."""
    where = marked(f"{figure.area.name}, {period_words(figure)}", reading.demonstration)
    said = f"{where}, {group}" if group else where
    if small_quarter(reading, figure):
        return f"{said}: {SMALL_WORDS}"
    told = f"; {marker_words(figure)}" if figure.known and marker_words(figure) else ""
    return f"{said}: {finding_words(reading.indicator, figure)}{told}"
