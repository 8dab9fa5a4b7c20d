"""The newest point on its control chart, in plain words."""

from math import ceil, floor

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.figure import SMALL, Figure, Usual
from vawg_metrics.methods.signals import OUTSIDE, SHIFT, TREND, TWO_OF_THREE
from vawg_metrics.narrative import period_words
from vawg_metrics.periods import MONTHS_IN, month_words, shifted
from vawg_metrics.reading import Reading
from vawg_metrics.statements.claims import Evidence, Statement, small_point
from vawg_metrics.wording import count_words, denominator_words, exact_words, numerator_words


def newest_point(reading: Reading) -> Statement:
    """Whether the newest point that is judged is unusual, in plain words; or why none is."""
    point = reading.point
    if point is None or point.usual is None or point.period is None:
        return Statement("")
    usual = point.usual
    if small_point(point):
        return Statement(
            f"{_start(point)} counts under {SMALL} and stands in tables only: in Explore, by {point.grain}."
        )
    if usual.centre is None:
        return Statement(f"No usual range is given for {point.area.name}: {usual.note}.")
    behind = _behind(reading, point)
    since = month_words(shifted(point.period.end, 1 - usual.points * MONTHS_IN[point.grain]))
    stretch = f"{usual.points} {point.grain}s since {since}"
    low, high = range_ends(reading.indicator, usual)
    text = f"{_start(point)} ({_number(reading.indicator, point)}) {_signal_words(point, low, high)}."
    if usual.note:
        text = f"{text[:-1]}; {usual.note}."
    evidence = Evidence(
        f"Is {period_words(point)} unusual in {point.area.name}?",
        "XmR control chart, mean and 2.66 mean moving ranges either side (large ones screened out once), with the "
        "rules of NHS Making Data Count; season is not taken out",
        f"the {stretch}, by {'count' if not reading.indicator.share else 'share'}",
        f"mean {_centre(reading.indicator, usual)}, usual range {low} to {high}, "
        f"{f'rule: {usual.rule}' if usual.rule else 'no rule broken'}",
    )
    return Statement(f"{text}{behind}", (evidence,), bool(usual.rule))


def _signal_words(point: Figure, low: str, high: str) -> str:
    assert point.usual is not None
    usual, step = point.usual, point.grain
    up = usual.side > 0
    if usual.rule == OUTSIDE:
        return f"lies {'above' if up else 'below'} the usual range of {low} to {high}"
    if usual.rule == TREND:
        ways = "rising" if up else "falling"
        return f"belongs to seven or more {step}s in a row, {ways} from each to the next"
    if usual.rule == TWO_OF_THREE:
        near = "upper" if up else "lower"
        return f"is one of at least two in three {step}s near the {near} end of the usual range of {low} to {high}"
    if usual.rule == SHIFT:
        side = "above" if up else "below"
        return f"belongs to seven or more {step}s in a row {side} the average, usual range {low} to {high}"
    return f"lies within the usual range of {low} to {high}: not unusual by itself"


def _behind(reading: Reading, point: Figure) -> str:
    """Why the newest months held are not judged, where they are not."""
    if point.period is None or shifted(point.period.end, MONTHS_IN[point.grain]) > reading.newest:
        return ""
    if reading.indicator.mature_after_months:
        return " Later months are not judged: their outcomes are not settled, or too few belong together."
    return f" Later {point.grain}s are not known for {point.area.name}."


def range_ends(indicator: Indicator, usual: Usual) -> tuple[str, str]:
    """The ends of a usual range in words: the least and the greatest whole count within it, or shares."""
    if usual.lower is None or usual.upper is None:
        return "–", "–"
    if indicator.share:
        return exact_words(indicator, usual.lower), exact_words(indicator, usual.upper)
    return count_words(ceil(usual.lower)), count_words(floor(usual.upper))


def _centre(indicator: Indicator, usual: Usual) -> str:
    if usual.centre is None:
        return "–"
    return exact_words(indicator, usual.centre) if indicator.share else f"{usual.centre:,.1f}"


def _number(indicator: Indicator, point: Figure) -> str:
    if not indicator.share:
        return numerator_words(point)
    return f"{exact_words(indicator, point.value)}, {numerator_words(point)} of {denominator_words(point)}"


def _start(point: Figure) -> str:
    words = period_words(point)
    return f"{words[0].upper()}{words[1:]} in {point.area.name}"


def verdict(figure: Figure) -> str:
    """What a judged point is, in a few words: `lies above the usual range`."""
    assert figure.usual is not None
    usual, up = figure.usual, figure.usual.side > 0
    return {
        OUTSIDE: f"lies {'above' if up else 'below'} the usual range",
        TREND: f"belongs to seven or more {figure.grain}s {'rising' if up else 'falling'}",
        TWO_OF_THREE: f"lies near the {'upper' if up else 'lower'} end of the usual range again",
        SHIFT: f"belongs to seven or more {figure.grain}s {'above' if up else 'below'} the mean",
    }.get(usual.rule, "lies within the usual range")


def judged_word(reading: Reading) -> str:
    """What is said of a reading's newest judged point in a few words, and that later ones are not judged if so."""
    word, point = point_word(reading.point), reading.point
    return f"{word}; later {point.grain}s are not judged" if word and point and _behind(reading, point) else word


def point_word(point: Figure | None) -> str:
    """The newest judged point of a place in a cell of a table: its period and its verdict; '' where none is judged."""
    if point is None or point.usual is None:
        return ""
    if small_point(point):
        return f"{period_words(point)}: under {SMALL}"
    if point.usual.centre is None:
        return "no usual range can be given"
    return f"{period_words(point)} {verdict(point)}"
