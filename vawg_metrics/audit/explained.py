"""What the released counts explain: every figure of a measure worked out again from them alone, in plain loops.

A number that a reader receives and that follows from the released counts tells nothing more than they do. One that
does not follow from them must come from somewhere else, and is treated as if it came from the truth.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.catalogue.terms import Term
from vawg_metrics.disclosure import Cell
from vawg_metrics.disclosure.rules import two_significant
from vawg_metrics.methods.intervals import wilson
from vawg_metrics.methods.rates import rate
from vawg_metrics.periods import MONTHS_IN, Period, shifted
from vawg_metrics.sources.contract import Fact

CLOSE = 1e-9
Key = tuple[str, str, str, Period]  # line, place, split, period


@dataclass(frozen=True, slots=True)
class Expected:
    """A figure as the released counts give it, and the cells behind its counts."""

    numerator: int | None
    denominator: int | None
    above: tuple[Cell, ...]
    below: tuple[Cell, ...]


class Explained:
    """The released counts by line, place, split and period, and what follows from them."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._counts: Mapping[Key, int | None] = {
            (fact.item, fact.area, fact.part, Period(fact.start, fact.end)): fact.count for fact in facts
        }

    def figure(self, indicator: Indicator, area: str, grain: str, end: str, group: str) -> Expected:
        """The counts of one figure: sums of its native periods, or the newest of a stock; None where one is unknown."""
        assert indicator.numerator is not None
        whole = {one.id: one.denominator for one in indicator.breakdown.groups} if indicator.breakdown else {}
        below = group if whole.get(group) else ""
        above_count, above = self._term(indicator, indicator.numerator, area, grain, end, group)
        below_count, under = self._term(indicator, indicator.denominator, area, grain, end, below)
        return Expected(above_count, below_count, above, under)

    def _term(
        self, indicator: Indicator, term: Term | None, area: str, grain: str, end: str, split: str
    ) -> tuple[int | None, tuple[Cell, ...]]:
        if term is None or term.view != "returned":
            return None, ()
        line = term.condition.removeprefix("line = '").removesuffix("'")
        native = MONTHS_IN[indicator.native_period]
        parts = MONTHS_IN[grain] // native if term.over_time == "sum" else 1
        periods = [Period.ending(shifted(end, -native * number), native) for number in range(parts)]
        counts = [self._counts.get((line, area, split, period)) for period in periods]
        cells = tuple(Cell(line, area, split, f"{one.start} to {one.end}") for one in periods)
        return (None if None in counts else sum(count or 0 for count in counts)), cells


def values_of(indicator: Indicator, numerator: int, denominator: int | None) -> Mapping[str, float]:
    """The value and the limits that two counts give: `value`, `lower`, `upper`; only those that they give."""
    if indicator.denominator is None:
        value, scale = float(numerator), 1.0
    elif not denominator:
        return {}
    else:
        scale = (indicator.per or 1) / denominator
        value = numerator * scale
    value = two_significant(value) if indicator.rounded and indicator.denominator and value else value
    found = {"value": value}
    if indicator.limits_by == "poisson":
        limits = rate(float(numerator), 1.0, per=1.0)
        found |= {"lower": float(limits.lower) * scale, "upper": float(limits.upper) * scale}
    if indicator.limits_by == "wilson" and denominator and numerator <= denominator:
        limits = wilson(float(numerator), float(denominator))
        found |= {"lower": float(limits.lower) * indicator.per, "upper": float(limits.upper) * indicator.per}
    if "lower" in found:  # a value cut to two figures may lie outside its limits, which then reach to it
        found |= {"lower": min(found["lower"], value), "upper": max(found["upper"], value)}
    return found


def same(one: float, other: float) -> bool:
    """Whether two numbers are one, but for the last digits of a machine."""
    return math.isclose(one, other, rel_tol=CLOSE, abs_tol=1e-12)
