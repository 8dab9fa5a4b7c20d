"""What a sentence answers at once: what a word of this dashboard means, and whether a month is held."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from vawg_metrics.holdings import months_of
from vawg_metrics.periods import MONTH_NAMES, month_words
from vawg_metrics.reading import Release
from vawg_metrics.search.words import IDLE, singular, words_of

ASKED_OF_WORDS: Final = frozenset({"mean", "means", "meaning", "word", "definition", "explain"})
MONTHS: Final = {name.casefold(): number for number, name in enumerate(MONTH_NAMES, 1)}


def meanings(query: str, terms: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """What the words asked for mean: those of `terms` (name, meaning) that the question names, and nothing besides."""
    asked = _telling(query)
    return tuple(f"{name}: {meaning}" for name, meaning in terms if asked and asked == _telling(name))


def months_told(release: Release, query: str) -> tuple[str, ...]:
    """For a month named with its year: which monthly sources hold it, which do not, and what a gap is."""
    words = words_of(query)
    pairs = [(MONTHS[one], two) for one, two in pairwise(words) if one in MONTHS]
    months = [f"{year}-{number:02}" for number, year in pairs if len(year) == 4 and year.isdigit()]
    return tuple(_month_told(release, month) for month in dict.fromkeys(months))


def _month_told(release: Release, month: str) -> str:
    said = []
    for source in release.catalogue.sources:
        if source.rhythm != "monthly" or not (held := months_of(release, source)):
            continue
        name = f"{source.publisher}, {source.dataset}"
        if month in held:
            said.append(f"{name}: held")
        elif min(held) < month < max(held):
            said.append(
                f"{name}: not in the copy held, a gap and never a zero; {source.why_gaps or 'why is not known'}"
            )
        else:
            said.append(f"{name}: not held, which is from {month_words(min(held))} to {month_words(max(held))}")
    return f"{month_words(month)}: {'; '.join(said)}." if said else ""


def _telling(text: str) -> frozenset[str]:
    return frozenset(singular(word) for word in words_of(text)) - IDLE - ASKED_OF_WORDS
