"""Sentences that claim something, each with the test behind it: what was compared, by what method, with what result."""

from typing import Final

from vawg_metrics.reading import Reading
from vawg_metrics.statements.board_words import board_words
from vawg_metrics.statements.claims import Evidence, Statement, small_point
from vawg_metrics.statements.finding import finding, rest_words
from vawg_metrics.statements.point import judged_word, newest_point, point_word, range_ends, verdict
from vawg_metrics.statements.progress_words import change, trend
from vawg_metrics.statements.year_words import year_words

__all__ = [
    "REPORTING",
    "Evidence",
    "Statement",
    "board_words",
    "change",
    "finding",
    "further",
    "judged_word",
    "leading",
    "newest_point",
    "point_word",
    "range_ends",
    "rest_words",
    "small_point",
    "statements",
    "trend",
    "verdict",
    "year_words",
]
REPORTING: Final = "This does not tell us whether harm rose or fell; more reporting also raises it."


def statements(reading: Reading) -> tuple[Statement, ...]:
    """All that is said of a reading beyond its heading."""
    return (*leading(reading), *further(reading))


def leading(reading: Reading) -> tuple[Statement, ...]:
    """What stands above a chart: the finding and its change since the baseline."""
    return tuple(one for one in (finding(reading), change(reading)) if one.text)


def further(reading: Reading) -> tuple[Statement, ...]:
    """What stands beneath it: the trend, the newest point, and what a number without direction does not tell."""
    said = tuple(one for one in (newest_point(reading), trend(reading)) if one.text)
    indicator = reading.indicator
    volume = indicator.direction == "neither" and indicator.unit in ("rate", "count")
    if volume and any(one.directed for one in (*leading(reading), *said)):
        return (*said, Statement(REPORTING))
    return said
