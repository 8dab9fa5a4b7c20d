"""The thresholds of the protection policy, one reason each, and the rules that need nothing but numbers."""

import math
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from vawg_metrics.disclosure.grid import DisclosureError

BASE: Final = 5  # a shown count stands for nine true ones, so 0 and 1 cannot be told apart
WITHIN: Final = BASE - 1  # how far a shown count can be from the true one
WITHIN_REVISED: Final = BASE + WITHIN  # a count that was revised after its release, where nothing nearer adds up
LEAST_CANDIDATES: Final = 5  # fewer possible values, and a reader all but knows the count
LEAST_SHARE_BASE: Final = 30  # below it, rounding moves a share by more than it could tell
LEAST_ANSWERS: Final = 30  # a percentage of fewer answers speaks of single people and swings with each of them
LEAST_CHART_MEAN: Final = 20  # a quarter; below it, rounding by up to 4 looks like a signal
SMALL_GROUP: Final = 100  # 0 % or 100 % of so few people says something of each one of them
LEAST_GROUP: Final = 10  # fewer people are recognised by those who know them
DOMINANCE: Final = 0.8  # a supplier of so much of a count can work out nearly all of what the others supplied


def two_significant(value: float) -> float:
    """`value` to two significant figures, halves away from zero: 12.5 gives 13, 1249 gives 1200, 0 stays 0.

    Argument: a finite number of any unit. Raises DisclosureError for one that is missing or infinite.
    """
    if not math.isfinite(value):
        raise DisclosureError(f"{value} cannot be given to two significant figures: leave what is missing out first.")
    if value == 0:
        return 0.0
    exact = Decimal(repr(float(value)))
    return float(exact.quantize(Decimal(1).scaleb(exact.adjusted() - 1), ROUND_HALF_UP))


def share_may_show(numerator: int, denominator: int, answers_at_least: int = LEAST_SHARE_BASE) -> str:
    """Why the share of two shown counts must not be given, as a sentence; '' when it may.

    Arguments: people, as shown and not as counted (a rule applied to true counts tells them); `answers_at_least`, the
    smallest denominator. Raises DisclosureError for a negative count. Source: protection policy, points 5 and 7.
    """
    if numerator < 0 or denominator < 0:
        raise DisclosureError(f"A share of {numerator} in {denominator} is none: counts are 0 or more.")
    if denominator < max(answers_at_least, 1):
        return f"No share: it would be of fewer than {max(answers_at_least, 1)} people."
    if numerator > denominator:
        return "No share: the part is larger than the whole, so the two were not protected together."
    if numerator in (0, denominator) and denominator < SMALL_GROUP:
        return f"No share: 0 % or 100 % of fewer than {SMALL_GROUP} people would say something of each of them."
    return ""


def dominated(contributions: Mapping[str, int]) -> str:
    """The supplier that gives 80 % or more of a cell which two or more supply; '' when there is none.

    Argument: people counted by each supplier of the cell, those that counted 0 included: they supply too. Raises
    DisclosureError for a negative count. Source: protection policy, point 6.
    """
    negative = [name for name, count in sorted(contributions.items()) if count < 0]
    if negative:
        raise DisclosureError(f"Suppliers cannot have counted fewer than 0 people: {', '.join(negative)}.")
    whole = sum(contributions.values())
    if len(contributions) < 2 or whole == 0:
        return ""
    # ten times, so that the comparison is of whole numbers
    large = [name for name, count in sorted(contributions.items()) if 10 * count >= round(10 * DOMINANCE) * whole]
    return large[0] if large else ""
