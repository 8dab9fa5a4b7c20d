"""What a file taken away is called: indicator_area_period_release.ext, each part with hyphens inside."""

import re
import unicodedata
from typing import Final

from vawg_metrics.reading import Reading
from vawg_metrics.wording import DEMONSTRATION

OF_FIRST: Final = {"groups": "by parts", "usual": "usual range"}
OWN_AREAS: Final = {"districts": "by-place", "map": "map-of-districts"}


def file_name(reading: Reading, suffix: str = "", view: str = "trend") -> str:
    """The name of a file of one view; without a suffix the name alone. That of made-up figures begins with that word.

    `sexual-offences-rate_llr-and-charnwood_2024-07-to-2025-06_3f2a9c0b11.csv`
    """
    parts = (reading.indicator.id, _areas(reading, view), _period(reading, view), reading.release)
    stem = marked_stem("_".join(plain(part) for part in parts), reading.demonstration)
    return f"{stem}.{suffix.lstrip('.')}" if suffix else stem


def marked_stem(stem: str, demonstration: bool) -> str:
    """The stem of a file; of made-up figures with that word before it."""
    return f"{DEMONSTRATION}_{stem}" if demonstration else stem


def plain(words: str) -> str:
    """Words in the letters, digits and hyphens that every file system bears; a word that has none is `none`."""
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-") or "none"


def _areas(reading: Reading, view: str) -> str:
    if view in OWN_AREAS:
        return OWN_AREAS[view]
    names = [area.name for area in reading.areas]
    if view in OF_FIRST and names:
        return f"{names[0]} {OF_FIRST[view]}"
    return " and ".join(names)


def _period(reading: Reading, view: str) -> str:
    """The first and the last month of what the view shows."""
    if view in OWN_AREAS:
        periods = [reading.headline.period] if reading.headline and reading.headline.period else []
    else:
        periods = [one.period for one in reading.figures if one.period]
    if not periods:
        return "edition" if reading.grain == "edition" else "none"
    return f"{min(one.start for one in periods)} to {max(one.end for one in periods)}"
