"""A figure before and after, and how far apart they are: in words, with `about` where counts were rounded."""

from math import floor, log10
from typing import Final

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.changes.figures_held import told
from vawg_metrics.changes.found import Revision
from vawg_metrics.figure import Figure
from vawg_metrics.wording import MARKER_WORDS, finding_words, marker_words, signed

NOT_HELD: Final = "not held"
MOST_DECIMALS: Final = 4


def figure_words(indicator: Indicator, figure: Figure | None) -> str:
    """A figure with its mark: `13 % (116 of 917)`, `30, marked incomplete (under half its usual count)`, `not held`."""
    if figure is None:
        return NOT_HELD
    if not told(figure):
        return marker_words(figure) or "not known"
    found = finding_words(indicator, figure)
    if not figure.marker or not figure.known:
        return found
    return f"{found}, marked {MARKER_WORDS[figure.marker]}{f' ({figure.note})' if figure.note else ''}"


def difference_words(one: Revision) -> str:
    """How far apart the two are: of the count, then of a rate or a share; `none` where the mark alone is another."""
    old, new = one.before, one.after
    if old is None or new is None or not (told(old) and told(new)):
        return "–"
    if not one.numbers_differ:
        return "none"
    said = [_counts(old.numerator, new.numerator, bool(old.within or new.within))]
    if one.indicator.denominator is not None:
        said.append(_counts(old.denominator, new.denominator, bool(old.denominator_within), "out of "))
        said.append(_values(one.indicator, old.value, new.value))
    return "; ".join(part for part in said if part) or "none"


def size_of(one: Revision) -> float:
    """How large a revision is beside the others of its measure."""
    old, new = one.before, one.after
    if old is None or new is None:
        return 0.0
    if old.value is not None and new.value is not None and old.value != new.value:
        return abs(new.value - old.value)
    return float(abs((new.numerator or 0) - (old.numerator or 0)))


def _counts(old: int | None, new: int | None, rounded: bool, of: str = "") -> str:
    if old is None or new is None or old == new:
        return ""
    return f"{of}{'about ' if rounded else ''}{'+' if new > old else '−'}{abs(new - old):,}"


def _values(indicator: Indicator, old: float | None, new: float | None) -> str:
    """The difference of two values, with as many decimals as show that it is not zero."""
    if old is None or new is None or old == new:
        return ""
    apart = abs(new - old)
    decimals = max(1, -floor(log10(apart)))
    unit = "percentage points" if indicator.share else indicator.unit_words
    if decimals > MOST_DECIMALS:
        return f"under {10**-MOST_DECIMALS:.{MOST_DECIMALS}f} {unit}".rstrip()
    about = "about " if indicator.rounded else ""
    return f"{about}{signed(new - old, decimals)} {unit}".rstrip()
