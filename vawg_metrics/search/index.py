"""What is searched: the phrases of every measure, and how much each word tells."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Final, Literal

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.reading import Release
from vawg_metrics.search.words import IDLE, singular, words_of
from vawg_metrics.standing import standing_of

Field = Literal["code", "title", "asked as", "question", "counted", "includes", "why"]
STANDINGS: Final = ("held", "history", "awaited")
IDLE_WEIGHT: Final = 0.1
UNKNOWN_SHARE: Final = 0.5  # a word that no measure has may be a name, a place or chatter


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a measure: where it stands, its text, its words and what they weigh together."""

    field: Field
    text: str
    words: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Entry:
    """A measure with its phrases, and what decides where two answer equally well."""

    indicator: Indicator
    tie: tuple[int, bool, int, str]
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True)
class Index:
    """Every measure that is not retired, and how rare each telling word is among them."""

    entries: tuple[Entry, ...]
    rarity: Mapping[str, float]


@lru_cache(maxsize=4)
def index_of(release: Release) -> Index:
    """The index of a release's catalogue, made once."""
    measures = [one for one in release.catalogue.indicators if not one.retired]
    texts = {one.id: list(_texts(one)) for one in measures}
    having = Counter(word for own in texts.values() for word in {w for _, text in own for w in plain_words(text)})
    rarity = {word: log(1 + len(measures) / count) for word, count in having.items() if word not in IDLE}
    entries = (
        Entry(
            one,
            (STANDINGS.index(standing_of(release, one)), not one.core, one.order, one.id),
            tuple(_phrase(field, text, rarity) for field, text in texts[one.id]),
        )
        for one in measures
    )
    return Index(tuple(entries), rarity)


def weight_of(word: str, rarity: Mapping[str, float]) -> float:
    """How much a word tells: the rarer it is among the measures, the more."""
    if word in IDLE:
        return IDLE_WEIGHT
    return rarity[word] if word in rarity else UNKNOWN_SHARE * max(rarity.values(), default=1.0)


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a text, plurals as singulars, each once."""
    return tuple(dict.fromkeys(singular(word) for word in words_of(text)))


def _texts(indicator: Indicator) -> Iterator[tuple[Field, str]]:
    yield "title", indicator.title
    for phrase in indicator.asked_as:
        yield "asked as", phrase
    yield "question", indicator.question
    for term in (indicator.numerator, indicator.denominator):
        if term:
            yield "counted", term.name
    for line in indicator.includes:
        yield "includes", line
    yield "why", indicator.why


def _phrase(field: Field, text: str, rarity: Mapping[str, float]) -> Phrase:
    words = plain_words(text)
    return Phrase(field, text, words, sum(weight_of(word, rarity) for word in words))
