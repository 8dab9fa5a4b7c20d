"""How far a measure that was found reaches, in a few words."""

from typing import Final

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.periods import month_number, month_words
from vawg_metrics.reading import Release
from vawg_metrics.standing import standing_of
from vawg_metrics.supply import not_held_words

ONE_YEAR: Final = 12  # months


def standing_words(release: Release, indicator: Indicator) -> str:
    """`held from ... to ...`, `stops in ...`, or that it is not held and who could supply it."""
    standing = standing_of(release, indicator)
    if standing == "awaited":
        return not_held_words(indicator)
    reach = release.reaches[indicator.id]
    if not reach.newest:
        return "held for this edition"
    if standing == "history":
        return f"stops in {month_words(reach.newest)}"
    held = f"{month_words(reach.oldest)} to {month_words(reach.newest)}"
    if month_number(reach.newest) - month_number(reach.oldest) < ONE_YEAR:
        return f"held for one year only, {held}: nobody can say from it whether it rose or fell"
    return f"held from {held}"
