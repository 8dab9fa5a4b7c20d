"""Words compared as a person would, without regard to case, spaces or kinds of dash; the nearest within two edits."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final
from unicodedata import category, normalize

from rapidfuzz.distance import OSA

MOST_EDITS: Final = 2
MOST_COMPARED: Final = 300  # characters; no word or label of a return is longer
MOST_READ: Final = 2_400  # characters; the longest text of the template is shorter
_ALIKE: Final[dict[int, str]] = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})
_NUMBERS: Final = (
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def plain(text: str) -> str:
    """Text without signs that cannot be seen, its spaces folded and its letters in their ordinary form."""
    if text.isascii() and text.isprintable():
        return " ".join(text[:MOST_READ].split())
    usual = normalize("NFKC", text[:MOST_READ])[:MOST_READ]  # some signs become many
    unseen = {ord(sign): " " if sign.isspace() else "" for sign in set(usual) if category(sign) in ("Cf", "Cc")}
    return " ".join(usual.translate(_ALIKE | unseen).split())


def folded(text: object) -> str:
    """Text as it is compared."""
    return plain(text).casefold() if isinstance(text, str) else ""


@lru_cache(maxsize=4096)
def _ours(words: str) -> str:
    """The catalogue's own words, folded. What stands in a file is never kept in this way."""
    return folded(words)


def same(text: object, words: str) -> bool:
    """Whether a cell holds these words."""
    return folded(text) == _ours(words)


def named(text: object, words: Iterable[str]) -> str:
    """Which of these words a cell holds; '' for none."""
    wanted = folded(text)
    return next((one for one in words if _ours(one) == wanted), "") if wanted else ""


def nearest(text: object, words: Iterable[str]) -> str:
    """Which of these words a cell is nearest to, within two edits (fewer for short words); '' for none or several."""
    wanted = folded(text)
    if not wanted or len(wanted) > MOST_COMPARED:
        return ""
    near: dict[str, int] = {}
    for one in words:
        allowed = min(MOST_EDITS, len(one) // 3)
        edits = OSA.distance(wanted, _ours(one), score_cutoff=allowed)
        if edits <= allowed:
            near[one] = int(edits)
    least = [one for one, edits in near.items() if edits == min(near.values())]
    return least[0] if len(least) == 1 else ""


def number_words(number: int) -> str:
    """A small number in words."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def words_in(text: str) -> list[str]:
    """The words of a text, folded, without figures and signs."""
    return re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", plain(text).casefold())
