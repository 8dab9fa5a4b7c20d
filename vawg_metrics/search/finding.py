"""How well each measure answers a question, and which do."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.reading import Release
from vawg_metrics.search.index import Entry, Field, Phrase, index_of, weight_of
from vawg_metrics.search.places import places_in
from vawg_metrics.search.words import IDLE, near, singular, words_of

MOST_CHARACTERS, MOST_WORDS = 300, 24
LEAST_SCORE: Final = 0.3
LEAST_SHARE: Final = 0.55  # of the nearest answer's score: what answers far less well is left out
BY_CODE: Final = 2.0
CODE: Final = re.compile(r"\b[cp]\d+(?:\.\d+)?[a-z]?\b", re.I)
# What an answer is worth by where it stands.
WORTH: Final[Mapping[Field, float]] = {
    "title": 1.0, "asked as": 1.0, "question": 0.9, "counted": 0.8, "includes": 0.7, "why": 0.55,
}  # fmt: skip
OFTEN: Final = 4  # phrases that a measure has to have a word in to be wholly about it


@dataclass(frozen=True, slots=True)
class Hit:
    """A measure that answers: how well (0 to 1, 2 by its code), and the words of it that do, with where they stand."""

    indicator: Indicator
    score: float
    through: str
    field: Field


@dataclass(frozen=True, slots=True)
class Found:
    """The measures that answer a question, the nearest first, and the names of the places in it, in its order."""

    hits: tuple[Hit, ...] = ()
    areas: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Asked:
    """A question: its words without places, with what each tells and may stand for; and whole, as a phrase has it."""

    words: tuple[str, ...]
    weights: tuple[float, ...]
    near: tuple[Mapping[str, float], ...]
    whole: tuple[str, ...]
    codes: frozenset[str]


def find(release: Release, query: str, limit: int = 6) -> Found:
    """The measures that a question asks for, at most `limit`, and the places it names, at most four.

    Place names are taken out before the search. At equal score what is held stands before what stopped and what is
    awaited, core measures before others. Nothing is found where no telling word of the question is anywhere.
    """
    text = query[:MOST_CHARACTERS]
    index = index_of(release)
    words = words_of(text)[:MOST_WORDS]
    areas, rest = places_in(words, index.rarity)
    asked = _asked(text, words, tuple(dict.fromkeys(rest)), index.rarity)
    found = [(entry.tie, _hit(entry, asked)) for entry in index.entries]
    found = [one for one in found if one[1].score >= LEAST_SCORE]
    best = max((hit.score for _, hit in found), default=0.0)
    found = [one for one in found if one[1].score >= LEAST_SHARE * best]
    found.sort(key=lambda one: (-round(one[1].score, 2), one[0]))
    return Found(tuple(hit for _, hit in found[:limit]), areas)


def _asked(text: str, words: Sequence[str], rest: tuple[str, ...], rarity: Mapping[str, float]) -> _Asked:
    return _Asked(
        rest,
        tuple(weight_of(singular(word), rarity) for word in rest),
        tuple(near(word, rarity) for word in rest),
        tuple(dict.fromkeys(singular(word) for word in words)),
        frozenset(code.lower() for code in CODE.findall(text)),
    )


def _hit(entry: Entry, asked: _Asked) -> Hit:
    """A measure's score: by the phrase that answers most nearly, by how much it holds anywhere, and how often."""
    if entry.indicator.code.lower() in asked.codes:
        return Hit(entry.indicator, BY_CODE, entry.indicator.code, "code")
    best, nearest, often = 0.0, entry.phrases[0], 0
    held = [0.0] * len(asked.words)
    for phrase in entry.phrases:
        likeness = [max((like.get(word, 0.0) for word in phrase.words), default=0.0) for like in asked.near]
        score = _score(phrase, asked, likeness)
        often += score > 0
        if score > best:
            best, nearest = score, phrase
        held = [max(before, WORTH[phrase.field] * one) for before, one in zip(held, likeness, strict=True)]
    if not best:
        return Hit(entry.indicator, 0.0, "", nearest.field)
    score = 0.7 * best + 0.25 * max(_covered(held, asked), best == 1) + 0.05 * min(often / OFTEN, 1)
    return Hit(entry.indicator, score, nearest.text, nearest.field)


def _score(phrase: Phrase, asked: _Asked, likeness: Sequence[float]) -> float:
    """How nearly a phrase answers: how much of the question it has, and how much of it the question has.

    A phrase in its own words is wholly meant, whether or not there is the name of a place in it.
    """
    if phrase.words == asked.whole:
        return 1.0
    if not any(like for like, word in zip(likeness, asked.words, strict=True) if word not in IDLE):
        return 0.0
    told = sum(like * weight for like, weight in zip(likeness, asked.weights, strict=True))
    return WORTH[phrase.field] * _covered(likeness, asked) * (0.6 + 0.4 * min(1.0, told / phrase.weight))


def _covered(likeness: Sequence[float], asked: _Asked) -> float:
    """The share of what a question tells that is answered."""
    whole = sum(asked.weights)
    return sum(like * weight for like, weight in zip(likeness, asked.weights, strict=True)) / whole if whole else 0.0
