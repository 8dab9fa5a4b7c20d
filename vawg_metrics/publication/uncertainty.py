"""The limits of every published figure, and each place against the rest of LLR at the same period."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vawg_metrics.areas import DISTRICTS, LEICESTERSHIRE, UPPER_TIERS
from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.methods.funnel import compare_proportions, compare_rates
from vawg_metrics.methods.intervals import Interval, wilson
from vawg_metrics.methods.rates import rate
from vawg_metrics.publication.existing import months_of
from vawg_metrics.warehouse.store import Warehouse

Columns = dict[str, NDArray[Any]]


def add_uncertainty(warehouse: Warehouse, catalogue: Catalogue) -> None:
    """Give every known figure its 95 % limits, and every place of LLR its comparison with the rest.

    Raises MethodError when a published figure is none that its declared method can answer for.
    Source: the OHID technical guide (confidence intervals; comparing to a benchmark).
    """
    _register(warehouse, catalogue)
    _add_limits(warehouse)
    _add_comparisons(warehouse)


def compared_as(indicator: Indicator) -> str:
    """Which places a measure's places are compared with: districts, upper tiers, or none."""
    if indicator.denominator is None or indicator.limits_by == "none" or indicator.geography == "force":
        return ""
    return indicator.places


def _register(warehouse: Warehouse, catalogue: Catalogue) -> None:
    """What the sums below need: the peers of each place, and each measure's formula, unit and peers."""
    tiers = [(area.code, other.code) for area in UPPER_TIERS for other in UPPER_TIERS if area != other]
    nine = [(area.code, other.code) for area in DISTRICTS for other in DISTRICTS if area != other]
    county = [pair for pair in tiers if pair[0] == LEICESTERSHIRE.code]
    warehouse.insert("peer", [("upper", *pair, *months_of(pair[1])) for pair in tiers])
    warehouse.insert("peer", [("district", *pair, *months_of(pair[1])) for pair in (*nine, *county)])
    held = [one for one in catalogue.indicators if one.collected and not one.retired]
    warehouse.insert(
        "judged_measure",
        [(one.id, one.limits_by, one.per if one.denominator else 1, compared_as(one)) for one in held],
    )


def _add_limits(warehouse: Warehouse) -> None:
    found = warehouse.columns(_WITH_LIMITS)
    for formula, judged in (("poisson", _poisson), ("wilson", _wilson)):
        mine = {name: values[found["limits"] == formula] for name, values in found.items()}
        if mine["row"].size:
            limits = judged(mine)
            method = np.broadcast_to(limits.method, mine["row"].shape)
            lower, upper = np.minimum(limits.lower, mine["value"]), np.maximum(limits.upper, mine["value"])
            given = {"row": mine["row"], "lower": lower, "upper": upper, "method": method.astype(object)}
            warehouse.run_over(_SET_LIMITS, given)


def _poisson(found: Columns) -> Interval:
    """Limits of a count, or of a count over people: in the unit of the value, whatever that is per."""
    scale = np.where(np.isnan(found["denominator"]), 1.0, found["per"] / found["denominator"])
    limits = rate(found["numerator"], 1.0, per=1.0)
    return Interval(limits.estimate * scale, limits.lower * scale, limits.upper * scale, 0.95, limits.method)


def _wilson(found: Columns) -> Interval:
    limits = wilson(found["numerator"], found["denominator"])
    per = found["per"]
    return Interval(limits.estimate * per, limits.lower * per, limits.upper * per, 0.95, limits.method)


def _add_comparisons(warehouse: Warehouse) -> None:
    found = warehouse.columns(_AGAINST_REST)
    for formula in ("poisson", "wilson"):
        mine = {name: values[found["limits"] == formula] for name, values in found.items()}
        if not mine["row"].size:
            continue
        rest = mine["rest_numerator"] / mine["rest_denominator"]
        compare = compare_proportions if formula == "wilson" else compare_rates
        options = {} if formula == "wilson" else {"per": 1.0}
        judged = compare(mine["numerator"], mine["denominator"], rest, **options)
        per = mine["per"]
        given = {
            "row": mine["row"],
            "comparison": judged.label.astype(object),
            "rest_numerator": mine["rest_numerator"].astype(np.int64),
            "rest_denominator": mine["rest_denominator"].astype(np.int64),
            "rest_value": rest * per,
            "lower_998": judged.lower_998 * per,
            "upper_998": judged.upper_998 * per,
        }
        warehouse.run_over(_SET_COMPARISON, given)


_WITH_LIMITS: Final = """
select figure.rowid as row, numerator::double as numerator, denominator::double as denominator, value, limits,
    per::double as per
from figure join judged_measure on id = indicator
where limits <> 'none' and value is not null and numerator >= 0 and (limits = 'poisson' or numerator <= denominator)
"""

_SET_LIMITS: Final = """
update figure set lower = given.lower, upper = given.upper, method = given.method from given
where figure.rowid = given.row
"""

# The rest is known only when every other place is whole and known at that period: never from what happens to be there.
_AGAINST_REST: Final = """
with usable as (
    select figure.rowid as row, figure.*, scheme, limits, per from figure join judged_measure on id = indicator
    where scheme <> '' and numerator >= 0 and denominator > 0 and marker in ('', 'provisional', 'revised')
        and (limits = 'poisson' or numerator <= denominator)
), wanted as (
    select peer.scheme, peer.area, period_end, count(*) as others
    from peer join (select distinct period_end from usable) on period_end between first and last group by all
)
select one.row, one.limits, one.per::double as per, one.numerator::double as numerator,
    one.denominator::double as denominator, sum(other.numerator)::double as rest_numerator,
    sum(other.denominator)::double as rest_denominator
from usable as one
join peer on peer.scheme = one.scheme and peer.area = one.area and one.period_end between first and last
join usable as other on other.area = peer.other and other.indicator = one.indicator and other.grain = one.grain
    and other.period_end = one.period_end and other.breakdown = one.breakdown and other.grp = one.grp
join wanted on wanted.scheme = one.scheme and wanted.area = one.area and wanted.period_end = one.period_end
group by one.row, one.limits, one.per, one.numerator, one.denominator, wanted.others
having count(*) = wanted.others
"""

_SET_COMPARISON: Final = """
update figure set comparison = given.comparison, rest_numerator = given.rest_numerator,
    rest_denominator = given.rest_denominator, rest_value = given.rest_value, lower_998 = given.lower_998,
    upper_998 = given.upper_998
from given where figure.rowid = given.row
"""
