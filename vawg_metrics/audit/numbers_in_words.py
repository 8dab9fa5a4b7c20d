"""Numbers in sentences: which of them follow from the figures that the sentence speaks of."""

import math
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Final

from vawg_metrics.against_rest import claim_beside_rest
from vawg_metrics.areas import LLR
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.reading import Figure, Reading

# What is said with a number in it that counts nobody: years, months, levels of confidence, units, thresholds.
SAID: Final = re.compile(
    r"\bEdition \w+|\b(?:19|20)\d\d(?:/\d\d)?\b|\b\d{4}-\d\d\b|(?:95|99\.8|99) %|\bper [\d,]+|"
    r"\b(?:fewer than|under|within) \d+\b|\b95 times in 100\b|\b2\.66\b|\bgaps: \d+|"
    r"\b\d+ (?:files|of the others|quarters?|months?|years?|periods?|points?|places?|districts?|degrees?|others)\b|"
    r"\b\d+ to \d+(?= months| kinds)|\bQ[1-4]\b|\d+\+|\bbase 5\b|\b36\b|P\d\.\d+"
)
NUMBER: Final = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")


def unexplained_in(text: str, reading: Reading) -> tuple[str, ...]:
    """The numbers of a text that no figure of its reading explains, as printed."""
    left = SAID.sub(" ", _without_own_words(text, reading.indicator))
    return tuple(token for token in NUMBER.findall(left) if not _explained(token, reading))


def _explained(token: str, reading: Reading) -> bool:
    plain = token.rstrip(",").replace(",", "")
    decimals = len(plain.partition(".")[2])
    return plain in _printed(id(reading), decimals, _Held(reading))


class _Held:
    """A reading under its identity, so that what it explains is worked out once."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def __hash__(self) -> int:
        return id(self.reading)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.reading is self.reading


@lru_cache(maxsize=400)
def _printed(_: int, decimals: int, held: _Held) -> frozenset[str]:
    """Every number that a reading explains, as it would be printed to so many decimals."""
    found = set()
    for number in _numbers_of(held.reading):
        for value in (number, 100 * number, 100 * (number - 1)):
            if math.isfinite(value):
                found |= {f"{abs(value):.{decimals}f}", f"{abs(round(value, 6)):.{decimals}f}"}
                found |= {str(math.floor(abs(value))), str(math.ceil(abs(value)))} if decimals == 0 else set()
    return frozenset(found)


def _numbers_of(reading: Reading) -> Iterator[float]:
    """The numbers of a reading: of its figures, with the reach of the truth, and of its tests."""
    figures = [*reading.figures, *reading.groups, *reading.headline_groups, *reading.districts, *reading.comparators]
    figures += [one for one in (reading.headline, reading.point, reading.progress.before) if one]
    for figure in figures:
        yield from _all(figure)
        yield from _reach(figure)
    yield from _all(reading.progress)
    yield from _all(reading.trend)
    yield from _shares_of_llr(reading)
    yield from _shares_of_groups(reading)
    if reading.headline and reading.headline.compared:
        yield from _all(claim_beside_rest(reading.indicator, reading.headline))


def _shares_of_llr(reading: Reading) -> Iterator[float]:
    """What share of LLR's count each place has, as released: said of what has no district."""
    whole = next((one.numerator for one in reading.districts if one.area == LLR), None)
    for one in reading.districts if whole else ():
        yield (one.numerator or 0) / (whole or 1)


def _shares_of_groups(reading: Reading) -> Iterator[float]:
    """The groups of each figure with their sum, and as shares of it."""
    by_whole: dict[tuple[object, ...], list[int]] = {}
    each = {(one.area, one.grain, one.period, one.group): one for one in (*reading.groups, *reading.headline_groups)}
    for (area, grain, period, _), one in each.items():
        if one.numerator is not None:
            by_whole.setdefault((area, grain, period), []).append(one.numerator)
    for parts in by_whole.values():
        yield float(sum(parts))
        yield from (part / sum(parts) for part in parts if sum(parts))


def _reach(figure: Figure) -> Iterator[float]:
    """Both ends of where the true count may lie, and the share of a figure's groups."""
    if figure.numerator is not None:
        yield max(figure.numerator - figure.within, 0)
        yield figure.numerator + figure.within
    if figure.numerator is not None and figure.denominator:
        yield figure.numerator / figure.denominator


def _all(held: object) -> Iterator[float]:
    if isinstance(held, bool) or held is None:
        return
    if isinstance(held, int | float):
        yield float(held)
    elif is_dataclass(held):
        for field in fields(held):
            yield from _all(getattr(held, field.name))
    elif isinstance(held, tuple | list):
        for one in held:
            yield from _all(one)


def _without_own_words(text: str, indicator: Indicator) -> str:
    """The text without the words that the measure's own file has a number in."""
    terms = [term for term in (indicator.numerator, indicator.denominator) if term]
    for words in (
        indicator.title, indicator.whom, indicator.unit_words,
        *(words for term in terms for words in (term.name, term.one, term.many)), *indicator.caveats,
    ):  # fmt: skip
        if words and re.search(r"\d", words):
            text = re.sub(re.escape(words), " ", text, flags=re.IGNORECASE)
    return text
