"""What is not said of figures from partner returns, and how far the truth may lie from what is said."""

from collections.abc import Mapping
from typing import Final

from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.catalogue.terms import Term
from vawg_metrics.disclosure.rules import LEAST_ANSWERS, LEAST_GROUP, LEAST_SHARE_BASE, SMALL_GROUP, WITHIN
from vawg_metrics.periods import GRAINS, MONTHS_IN
from vawg_metrics.warehouse.store import Warehouse


def withhold(warehouse: Warehouse, catalogue: Catalogue) -> None:
    """Take away, from the rounded figures of returns, what no small group may be told by; round the rest.

    No share of few or of a small group's all or none; no survey group under its least; values to two figures. All is
    decided from rounded counts alone, so that what is left out tells nothing that they do not.
    """
    for one in catalogue.indicators:
        if not one.rounded:
            continue
        if one.disclosure == "survey":
            note = f"fewer than {LEAST_GROUP} people, who are never shown as a group"
            warehouse.run(_HIDE_GROUPS, [one.id, LEAST_GROUP, note])
        if one.unit in ("percent", "ratio"):
            least = least_whole(one)
            warehouse.run(_HIDE_SHARES, [one.id, least, f"no share is given of fewer than {least}"])
            warehouse.run(_HIDE_ALL_OR_NONE, [one.id, SMALL_GROUP, "all or none of a small group is not said"])
        if one.denominator:
            warehouse.run(_TWO_FIGURES, [one.id])


def least_whole(indicator: Indicator) -> int:
    """The smallest rounded denominator that a share of it is given of."""
    usual = LEAST_ANSWERS if indicator.disclosure == "survey" else LEAST_SHARE_BASE
    return indicator.answers_at_least or usual


def possible_errors(catalogue: Catalogue, indicator: Indicator) -> Mapping[str, tuple[int, int]]:
    """For each grain, how far the true numerator and denominator may lie from those given; 0 where they are exact.

    A longer period is a sum of rounded quarters, each within 4 of the truth; a stock is one quarter's.
    """
    if not indicator.rounded:
        return {}
    native = MONTHS_IN[indicator.native_period]
    return {
        grain: (
            _possible_error(catalogue, indicator.numerator, MONTHS_IN[grain] // native),
            _possible_error(catalogue, indicator.denominator, MONTHS_IN[grain] // native),
        )
        for grain in GRAINS
    }


def _possible_error(catalogue: Catalogue, term: Term | None, parts: int) -> int:
    if term is None or term.view != "returned":
        return 0
    return WITHIN * parts if term.over_time == "sum" else WITHIN


_HIDE_GROUPS: Final = """
update figure set numerator = null, denominator = null, value = null, marker = 'protected', note = $3
where indicator = $1 and numerator is not null and coalesce(denominator, numerator) < $2
"""

_HIDE_SHARES: Final = """
update figure set value = null, marker = 'protected', note = $3
where indicator = $1 and numerator is not null and marker <> 'protected' and denominator < $2
"""

_HIDE_ALL_OR_NONE: Final = """
update figure set value = null, marker = 'protected', note = $3
where indicator = $1 and value is not null and denominator < $2 and (numerator = 0 or numerator = denominator)
"""

_TWO_FIGURES: Final = """
update figure set value = round(value, 1 - floor(log10(abs(value)))::integer)
where indicator = $1 and value <> 0
"""
