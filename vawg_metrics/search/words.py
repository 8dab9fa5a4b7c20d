"""The words of a question: taken apart, their other forms and their misspellings."""

import re
import unicodedata
from collections.abc import Collection
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

# Words that every question has: they tell `charge rate` from `charge` and never decide.
_IDLE: Final = """
a about all am an and any are area as at be been by can could did do does each for force from get give had has
have how i in into is it its last led many me much my not number numbers of on or our per percentage rate rates
says share show tell than that the their them there these they this those to us was we were what when where
which who whom whole why will with year years you
"""
IDLE: Final = frozenset(_IDLE.split())
LEAST_SHARED: Final = 4


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, without accents and apostrophes; `&` is `and`."""
    plain = unicodedata.normalize("NFKD", text).casefold().replace("&", " and ")
    return re.findall(r"[a-z0-9]+", re.sub(r"['’‘`\u0300-\u036f]", "", plain))


def singular(word: str) -> str:
    """A word without the s of a plural; words such as `access`, `focus` and `crisis` stay."""
    if word in IDLE or len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    return f"{word[:-3]}y" if len(word) > 4 and word.endswith("ies") else word.removesuffix("s")


def near(word: str, known: Collection[str]) -> dict[str, float]:
    """The known words that a word may stand for, each with how nearly, 0 to 1.

    They are the word itself and its other forms; where it is itself unknown, also those that it may misspell.
    """
    plain = singular(word)
    if plain in IDLE:
        return {plain: 1.0}
    found = {other: likeness for other in known if other[:1] == plain[:1] and (likeness := kinship(plain, other))}
    if plain in found:
        return found
    most = 0 if len(word) < 5 else 1 if len(word) < 8 else 2
    misspelt = process.extract(plain, tuple(known), scorer=OSA.distance, score_cutoff=most, limit=None) if most else ()
    for other, distance, _ in misspelt:
        found[other] = max(found.get(other, 0.0), 1.0 - 0.1 * distance)
    return found


def kinship(word: str, other: str) -> float:
    """1 for the same word, less for one that begins with the other or shares most of its beginning, else 0."""
    if word == other:
        return 1.0
    short, long = sorted((len(word), len(other)))
    if short < LEAST_SHARED or word[:LEAST_SHARED] != other[:LEAST_SHARED]:
        return 0.0
    differing = (at for at, (one, two) in enumerate(zip(word, other, strict=False)) if one != two)
    shared = next(differing, short)
    if shared == short:
        return 0.85 if long - short <= 4 else 0.7
    return 0.7 if shared > LEAST_SHARED and shared >= 0.6 * long else 0.0
