"""Every sentence that the screen can say, collected by asking for every measure, place, grain and period."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vawg_metrics.areas import HOME
from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.narrative import alternative, beside, caption, heading, neighbour_words, population_words
from vawg_metrics.periods import MONTH_NAMES
from vawg_metrics.publication import grains_of
from vawg_metrics.reading import Reading, Release, headline_grain, read, select_figures
from vawg_metrics.selection import Selection
from vawg_metrics.statements import Statement, board_words, statements
from vawg_metrics.unusual import unusual_in
from vawg_metrics.wording import in_sentence

MONTH = f"(?:{'|'.join(MONTH_NAMES)})"
PERIOD = re.compile(
    rf"(?:the )?year to {MONTH} \d{{4}}|{MONTH}(?: \d{{4}})? to {MONTH} \d{{4}}|{MONTH} \d{{4}}|\b\d{{4}}/\d{{2}}\b"
    r"|\b(?:19|20)\d{2}\b"
)
NUMBER = re.compile(r"£?[+−]?(?:under )?\d+(?:,\d{3})*(?:\.\d+)?(?: %|%)?")


@dataclass(frozen=True)
class Said:
    """A sentence with the reading that it was said of."""

    reading: Reading
    statement: Statement
    kind: str


def said_of(reading: Reading) -> Iterator[Said]:
    """Everything that is said of a reading: claims with their tests, and words that claim nothing."""
    for statement in statements(reading):
        yield Said(reading, statement, "claim")
    words = (heading, caption, alternative, beside, neighbour_words, population_words)
    for one in words:
        if text := one(reading):
            yield Said(reading, Statement(text), one.__name__)


def usual_readings(release: Release) -> Iterator[Reading]:
    """The reading of every collected measure for every place, as a page opens it."""
    for indicator in release.catalogue.indicators:
        for area in HOME if indicator.public or release.holds(indicator) else ():
            yield read(release, indicator, Selection((area.name,)))


def every_reading(release: Release, indicator: Indicator) -> Iterator[Reading]:
    """The readings of a measure for every place and grain, and for every period of it that can lead."""
    grains = grains_of(indicator) if indicator.public else ("",)
    for area in HOME:
        for grain in grains:
            asked = "" if grain == "edition" else grain
            yield read(release, indicator, Selection((area.name,), grain=asked))
            if not indicator.public or grain not in ("year", "rolling12", headline_grain(indicator)):
                continue
            for one in select_figures(release, indicator.id, (area.code,), grain):
                if one.period:
                    yield read(release, indicator, Selection((area.name,), grain=asked, end=one.period.end))


def board_said(release: Release) -> Statement:
    """What the list of the newest month says of itself."""
    return board_words(unusual_in(release))


class Shapes:
    """Sentences without what varies: numbers, places, periods, and the measures' own words."""

    def __init__(self, catalogue: Catalogue) -> None:
        public = [one for one in catalogue.indicators if one.public]
        terms = [term for one in public for term in (one.numerator, one.denominator) if term]
        words = {word for term in terms for word in (term.one, term.many, term.name) if word}
        words |= {one.title for one in catalogue.indicators} | {in_sentence(one.title) for one in catalogue.indicators}
        words |= {word[0].upper() + word[1:] for word in words}
        self._measures = _any_of(words)
        self._units = _any_of({one.unit_words for one in catalogue.indicators if one.unit_words})
        self._places = _any_of(area.name for area in HOME)
        changes = {one.date_words for one in catalogue.recording_changes if one.date_words}
        self._dates = _any_of(changes)

    def of(self, text: str) -> str:
        """The shape of a sentence."""
        for pattern, word in (
            (self._dates, "DATE"),
            (self._units, "UNIT"),
            (self._measures, "MEASURE"),
            (self._places, "PLACE"),
            (PERIOD, "PERIOD"),
            (NUMBER, "N"),
        ):
            text = pattern.sub(word, text)
        text = re.sub(r"PLACE(?:(?:, and |, | and )PLACE)+", "PLACES", text)
        return re.sub(r"PERIOD(?:(?:, | and )PERIOD)+", "PERIODS", text)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(re.escape(word) for word in ordered)})(?![\w-])")
