"""The places that a question names, well spelt or not, by their own names and by those that people use."""

from collections.abc import Collection, Sequence
from typing import Final

from rapidfuzz.distance import OSA

from vawg_metrics.areas import ALSO_CALLED, HOME, UNPLACED
from vawg_metrics.selection import MOST_AREAS

# `No district recorded` is a subject of measures, and no place to be taken out of a question.
_NAMED: Final = tuple(area for area in HOME if area != UNPLACED)
_CALLED: Final = {other: name for name, others in ALSO_CALLED.items() for other in others}
_ALL: Final = {tuple(area.name.lower().split()): area.name for area in _NAMED} | {
    tuple(other.split()): name for other, name in _CALLED.items()
}
CALLED: Final = tuple(sorted(_ALL.items(), key=lambda one: -len(one[0])))  # the longest first
# What may be misspelt: names that are no words of everyday.
PROPER: Final = frozenset(word for area in _NAMED for word in area.name.lower().split() if len(word) > 4) - {"north"}


def places_in(words: Sequence[str], known: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the places among the words of a question, in its order and at most four, and the words left.

    A word that is `known`, a word of measures, is never taken for a misspelt place.
    """
    found: list[str] = []
    rest: list[str] = []
    at = 0
    while at < len(words):
        length, name = _place_at(words, at, known)
        if name:
            found.append(name)
        else:
            rest.append(words[at])
        at += length
    return tuple(dict.fromkeys(found))[:MOST_AREAS], tuple(rest)


def _place_at(words: Sequence[str], at: int, known: Collection[str]) -> tuple[int, str]:
    """How many words from here on are a place, and which; 1 and '' where none is. Well spelt goes before misspelt."""
    for misspelt in (False, True):
        for own, name in CALLED:
            part = words[at : at + len(own)]
            if len(part) == len(own) and all(
                mine == word or (misspelt and _meant(mine, word, known)) for mine, word in zip(own, part, strict=True)
            ):
                return len(own), name
    return 1, ""


def _meant(own: str, word: str, known: Collection[str]) -> bool:
    """Whether a word is a place's name badly spelt, and neither another place nor a word that measures have."""
    if own not in PROPER or word in PROPER or word in known:
        return False
    most = 1 if len(own) < 9 else 2
    return OSA.distance(own, word, score_cutoff=most) <= most
